import type { ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import type { UserAccount } from '@/lib/store/ports'

/** The signed-in person's own account; no right is needed for it. */
export async function getMe(ctx: ServiceContext): Promise<{ user: UserAccount }> {
  const user = await ctx.users.find(ctx.actor.userId)
  if (user === null) throw new ServiceError('unauthenticated', 'Your account is gone.')
  return { user }
}
