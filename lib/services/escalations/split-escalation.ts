import { titleOf } from '@/lib/domain/escalation'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { EscalationOutcome } from '@/lib/store/ports'
import { makeChange, type OnEscalation, readAlarms } from './escalation-change'

/** Moves some of the alarms into a new escalation of the same owner. @param input.title - null: named after their domains. */
export async function splitEscalation(
  ctx: ServiceContext,
  { title, ...input }: OnEscalation & { readonly alarmIds: readonly string[]; readonly title: string | null },
): Promise<EscalationOutcome> {
  requirePermission(ctx, 'escalation:manage')
  const { named, tasks } = await readAlarms(ctx, input.alarmIds)
  return makeChange(ctx, { ...input, alarmIds: [...new Set(input.alarmIds)], kind: 'split', title: title || titleOf(named), tasks })
}
