import { z } from 'zod'
import { refuseForeignOrigin } from '@/lib/api/origin'
import { readJson } from '@/lib/api/read-json'
import type { SignInFailures } from '@/lib/store/prisma/sign-in-failures'

export interface AuthHandlerParts {
  readonly handle: (request: Request) => Promise<Response>
  readonly failures: SignInFailures
  readonly trustedOrigins: readonly string[]
  readonly now: () => number
  /** Told when somebody has changed their own password. */
  readonly onPasswordChange?: (person: { readonly id: string; readonly email: string }) => Promise<void>
}

const SIGN_IN = '/api/auth/sign-in/email'
const CHANGE_PASSWORD = '/api/auth/change-password'
/** What pages call. All else that the library offers (managing users above all) goes around our audit and our rules: not found. */
const OPEN_PATHS: ReadonlySet<string> = new Set([SIGN_IN, '/api/auth/sign-out', '/api/auth/get-session', CHANGE_PASSWORD])

const signInBody = z.looseObject({ email: z.string().max(320) })

/** Handler of `/api/auth/*`: few paths, and a count of failures by account in front of the password check. */
export function createAuthHandler(parts: AuthHandlerParts): (request: Request) => Promise<Response> {
  return async (original) => {
    const { pathname } = new URL(original.url)
    if (!OPEN_PATHS.has(pathname)) return Response.json({ code: 'NOT_FOUND', message: 'Not found' }, { status: 404 })
    const request = withoutForwardedAddress(original)
    if (pathname === SIGN_IN && request.method === 'POST') return signIn(parts, request)
    const response = await parts.handle(request)
    if (pathname === CHANGE_PASSWORD && response.ok) await tellPasswordChange(parts, response.clone())
    return response
  }
}

const changedBody = z.looseObject({ user: z.looseObject({ id: z.string(), email: z.string() }) })

async function tellPasswordChange({ onPasswordChange }: AuthHandlerParts, response: Response): Promise<void> {
  const parsed = changedBody.safeParse(await response.json().catch(() => null))
  if (parsed.success) await onPasswordChange?.(parsed.data.user)
}

async function signIn({ handle, failures, trustedOrigins, now }: AuthHandlerParts, request: Request): Promise<Response> {
  if (isForeign(request, trustedOrigins)) {
    const message = 'This address is not one of the server’s. Set DOWSER_URL to the address you use.'
    return Response.json({ code: 'INVALID_ORIGIN', message }, { status: 403 })
  }
  const parsed = signInBody.safeParse(await readJson(request.clone()).catch(() => null))
  if (!parsed.success) return Response.json({ code: 'INVALID_BODY', message: 'E-mail and password are needed.' }, { status: 400 })
  const { email } = parsed.data
  const blockedUntil = await failures.reserve(email, now())
  if (blockedUntil !== null) return tooMany(Math.max(1, Math.ceil((blockedUntil - now()) / 1000)))
  const response = await handle(request)
  if (response.ok) await failures.clear(email)
  return response
}

function tooMany(seconds: number): Response {
  const message = `Too many failed sign-ins for this account. Try again in ${Math.ceil(seconds / 60)} minutes.`
  return Response.json({ code: 'ACCOUNT_BLOCKED', message }, { status: 429, headers: { 'retry-after': String(seconds) } })
}

function isForeign(request: Request, trusted: readonly string[]): boolean {
  if (!request.headers.has('origin')) return true
  try {
    refuseForeignOrigin(request, trusted)
    return false
  } catch {
    return true
  }
}

/** Any client can write this header and would get a rate limit of its own; without it all share one. */
function withoutForwardedAddress(request: Request): Request {
  const headers = new Headers(request.headers)
  headers.delete('x-forwarded-for')
  return new Request(request, { headers })
}
