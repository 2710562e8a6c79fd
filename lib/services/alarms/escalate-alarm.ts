import { titleOf } from '@/lib/domain/escalation'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { readAlarms } from '@/lib/services/escalations/escalation-change'
import { type DecisionResult, refuseStatus, storeDecision } from './decide'
import { requireAlarm } from './require-alarm'

export interface EscalateAlarm {
  readonly alarmId: string
  readonly expectedVersion: number
  readonly note: string | null
  /** The escalation to join; null opens one; left out, the best match is joined, and without one an escalation is opened. */
  readonly escalationId?: string | null | undefined
}

/**
 * Hands an alarm over, into an escalation. A closed one is reopened first, so that its reason does not vanish unseen.
 * @throws errors with a `code`: `conflict` when the escalation to join is resolved or merged by now.
 */
export async function escalateAlarm(ctx: ServiceContext, input: EscalateAlarm): Promise<DecisionResult> {
  requirePermission(ctx, 'alarm:decide')
  const alarm = await requireAlarm(ctx, input.alarmId)
  await refuseStatus(ctx, alarm, ['escalated', 'closed'])
  const { scope, tasks, named } = await readAlarms(ctx, [alarm.id])
  const id = input.escalationId === undefined ? ((await ctx.escalations.matches(scope, 1))[0]?.escalation.id ?? null) : input.escalationId
  const stored = await storeDecision(ctx, {
    alarmId: alarm.id,
    expectedVersion: input.expectedVersion,
    action: 'escalated',
    status: 'escalated',
    reason: null,
    family: null,
    note: input.note || null,
    detail: null,
    undoesEventId: null,
    suppressedByEntryId: null,
    by: ctx.actor,
    at: ctx.now(),
    escalation: { id, title: titleOf(named), tasks },
  })
  return { ...stored, hiddenAlarms: 0 }
}
