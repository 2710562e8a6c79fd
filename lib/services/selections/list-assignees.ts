import type { Owner } from '@/lib/domain/alarm'
import { can } from '@/lib/domain/permission'
import { requirePermission, type ServiceContext } from '@/lib/services/context'

/** People an alarm may be given to, by name: those who may decide it. */
export async function listAssignees(ctx: ServiceContext): Promise<{ people: Owner[] }> {
  requirePermission(ctx, 'alarm:decide')
  const users = await ctx.users.list()
  return {
    people: users.filter((user) => !user.disabled && can(user.role, 'alarm:decide')).map(({ id, name }) => ({ userId: id, name })),
  }
}
