import { requirePermission, type ServiceContext } from '@/lib/services/context'

/** People, actions and entities that the audit log can be narrowed to. */
export async function listAuditValues(
  ctx: Pick<ServiceContext, 'actor' | 'audit'>,
): Promise<{ people: string[]; actions: string[]; entities: string[] }> {
  requirePermission(ctx, 'audit:read')
  const { people, actions, entities } = await ctx.audit.values()
  return { people: [...people], actions: [...actions], entities: [...entities] }
}
