import type { EscalationRow } from '@/lib/domain/escalation'
import { MAX_ESCALATION_ALARMS } from '@/lib/domain/escalation'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { EscalationFilter } from '@/lib/store/ports'

export interface ListEscalations extends EscalationFilter {
  readonly limit: number
  readonly cursor: string | null
}

/** Escalations, newest first, and the escalated alarms that stand in none: they must not be forgotten. */
export async function listEscalations(
  ctx: ServiceContext,
  { limit, cursor, ...filter }: ListEscalations,
): Promise<{ rows: EscalationRow[]; nextCursor: string | null; loose: { alarmIds: string[]; total: number } }> {
  requirePermission(ctx, 'escalation:read')
  const [page, loose] = await Promise.all([ctx.escalations.list(filter, limit, cursor), ctx.escalations.loose(MAX_ESCALATION_ALARMS)])
  return { rows: [...page.rows], nextCursor: page.nextCursor, loose: { alarmIds: [...loose.alarmIds], total: loose.total } }
}
