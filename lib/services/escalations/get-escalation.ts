import type { EscalationDetail } from '@/lib/domain/escalation'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'

/** An escalation with its alarms, tasks and history. @throws ServiceError `not-found`. */
export async function getEscalation(ctx: ServiceContext, { escalationId }: { readonly escalationId: string }): Promise<EscalationDetail> {
  requirePermission(ctx, 'escalation:read')
  const detail = await ctx.escalations.detail(escalationId)
  if (detail === null) throw new ServiceError('not-found', `There is no escalation ${escalationId}.`)
  return detail
}
