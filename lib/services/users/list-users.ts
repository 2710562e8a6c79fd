import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { UserAccount } from '@/lib/store/ports'

export async function listUsers(ctx: ServiceContext): Promise<{ users: UserAccount[] }> {
  requirePermission(ctx, 'user:manage')
  return { users: [...(await ctx.users.list())] }
}
