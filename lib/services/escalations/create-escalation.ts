import { titleOf } from '@/lib/domain/escalation'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { EscalationOutcome } from '@/lib/store/ports'
import { auditOutcome, readAlarms } from './escalation-change'

export interface CreateEscalation {
  readonly alarmIds: readonly string[]
  /** null: named after the domains and hosts. */
  readonly title: string | null
  readonly note: string | null
}

/** Bundles alarms and escalates those that are open: all of them or none. @throws errors with a `code`: `not-found`, `conflict`. */
export async function createEscalation(ctx: ServiceContext, { alarmIds, title, note }: CreateEscalation): Promise<EscalationOutcome> {
  requirePermission(ctx, 'escalation:manage')
  const { named, tasks } = await readAlarms(ctx, alarmIds)
  const outcome = await ctx.escalations.create({
    title: title || titleOf(named),
    alarmIds: [...new Set(alarmIds)],
    tasks,
    note: note || null,
    by: ctx.actor,
    at: ctx.now(),
  })
  await auditOutcome(ctx, outcome)
  return outcome
}
