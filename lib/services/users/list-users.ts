import { requirePermission } from '@/lib/services/context'
import type { UserAccount } from '@/lib/store/ports'
import type { UserContext } from './user-context'

export async function listUsers(ctx: Pick<UserContext, 'actor' | 'users'>): Promise<{ users: UserAccount[] }> {
  requirePermission(ctx, 'user:manage')
  return { users: [...(await ctx.users.list())] }
}
