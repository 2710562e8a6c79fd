import { requirePermission } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import type { UserAccount } from '@/lib/store/ports'
import type { UserContext } from './user-context'

/** Sets a new password and ends the person's sessions; a disabled account stays disabled. @throws ServiceError `not-found`. */
export async function resetPassword(
  ctx: UserContext,
  { userId, password }: { readonly userId: string; readonly password: string },
): Promise<{ user: UserAccount }> {
  requirePermission(ctx, 'user:manage')
  const at = ctx.now()
  const user = await ctx.users.find(userId)
  if (user === null || !(await ctx.users.setPassword(userId, password, at)))
    throw new ServiceError('not-found', `There is no user ${userId}.`)
  await ctx.audit.append({ at, by: ctx.actor, action: 'user.password-reset', entity: 'user', entityId: user.id, detail: user.email })
  return { user }
}
