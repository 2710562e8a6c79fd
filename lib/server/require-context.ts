import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { isRole } from '@/lib/domain/permission'
import type { ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import type { Actor } from '@/lib/store/ports'
import { auth } from './auth'
import { contextFor } from './context'
import { stores } from './stores'

/** Request header in which the proxy tells a page its own address. */
export const PATH_HEADER = 'x-dowser-path'

/**
 * The context of a page. Nobody signed in: goes to the sign-in page (and back afterwards), or to set-up while there is no account.
 */
export async function requireContext(): Promise<ServiceContext> {
  // First, before anything opens a database: it is what stops the build from rendering the page.
  const requestHeaders = await headers()
  const signedIn = await findSignedInOnce(requestHeaders)
  if (signedIn !== null) return contextFor(signedIn.actor, signedIn.sessionId)
  if (!(await stores().users.any())) redirect('/setup')
  const path = requestHeaders.get(PATH_HEADER)
  redirect(path === null || path === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(path)}`)
}

const askedOf = new WeakMap<Headers, ReturnType<typeof findSignedIn>>()

/** Asked once a request, which has one object of headers: its layout, its title and the page itself each want to know. */
function findSignedInOnce(requestHeaders: Headers): ReturnType<typeof findSignedIn> {
  const known = askedOf.get(requestHeaders)
  if (known !== undefined) return known
  const asked = findSignedIn(requestHeaders)
  askedOf.set(requestHeaders, asked)
  return asked
}

/** The context of a route. @throws ServiceError `unauthenticated` */
export async function requireRouteContext(request: Request): Promise<ServiceContext> {
  const signedIn = await findSignedIn(request.headers)
  if (signedIn === null) throw new ServiceError('unauthenticated', 'Sign in first.')
  return contextFor(signedIn.actor, signedIn.sessionId)
}

/** Who sends the request's session cookie; null for nobody, an ended session or a disabled account. */
async function findSignedIn(requestHeaders: Headers): Promise<{ readonly actor: Actor; readonly sessionId: string } | null> {
  const session = await auth().api.getSession({ headers: requestHeaders })
  if (session === null) return null
  const { id, name, role, banned } = session.user
  return banned === true || !isRole(role) ? null : { actor: { userId: id, name, role }, sessionId: session.session.id }
}
