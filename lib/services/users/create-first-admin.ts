import type { ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import type { UserAccount } from '@/lib/store/ports'

/**
 * Creates the first admin. There is no actor yet, so the caller proves itself otherwise before (the set-up token).
 *
 * @throws ServiceError `conflict` once any user exists.
 */
export async function createFirstAdmin(
  ctx: Pick<ServiceContext, 'users' | 'audit' | 'now' | 'newId'>,
  input: { readonly name: string; readonly email: string; readonly password: string },
): Promise<{ user: UserAccount }> {
  const at = ctx.now()
  const user = await ctx.users.createFirst({ ...input, id: ctx.newId(), email: input.email.toLowerCase(), role: 'admin', at })
  if (user === 'exists') throw new ServiceError('conflict', 'Dowser is set up already. Sign in, or ask an admin for an account.')
  await ctx.audit.append({ at, by: null, action: 'user.created', entity: 'user', entityId: user.id, detail: `${user.email}, first admin` })
  return { user }
}
