import type { Person } from '@/lib/domain/escalation'
import { can } from '@/lib/domain/permission'
import { requirePermission, type ServiceContext } from '@/lib/services/context'

/** Who may own an escalation or take a step of it, by name. */
export async function listPeople(ctx: ServiceContext): Promise<{ people: Person[] }> {
  requirePermission(ctx, 'escalation:manage')
  const users = await ctx.users.list()
  const able = users.filter(({ role, disabled }) => !disabled && can(role, 'escalation:manage'))
  return { people: able.map(({ id, name }) => ({ userId: id, name })) }
}
