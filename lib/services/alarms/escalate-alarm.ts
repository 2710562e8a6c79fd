import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { type DecisionResult, refuseStatus, storeDecision } from './decide'
import { requireAlarm } from './require-alarm'

export interface EscalateAlarm {
  readonly alarmId: string
  readonly expectedVersion: number
  readonly note: string | null
}

/** Hands an alarm over. A closed one is reopened first, so that its reason does not vanish unseen. */
export async function escalateAlarm(ctx: ServiceContext, input: EscalateAlarm): Promise<DecisionResult> {
  requirePermission(ctx, 'alarm:decide')
  const alarm = await requireAlarm(ctx, input.alarmId)
  await refuseStatus(ctx, alarm, ['escalated', 'closed'])
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
  })
  return { ...stored, hiddenAlarms: 0 }
}
