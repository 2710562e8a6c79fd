import type { Alarm } from '@/lib/domain/alarm'
import type { AlarmAction, AlarmEvent } from '@/lib/domain/alarm-event'
import type { ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import type { AlarmChange } from '@/lib/store/ports'

export interface DecisionResult {
  readonly alarm: Alarm
  readonly event: AlarmEvent
  /** Other alarms that the decision hid. */
  readonly hiddenAlarms: number
}

const DID: Readonly<Partial<Record<AlarmAction, string>>> = {
  closed: 'closed it',
  escalated: 'escalated it',
  reopened: 'reopened it',
  assigned: 'assigned it',
  undone: 'took the last decision back',
}

/** Stores a decision and its audit line. @throws ServiceError `conflict` when the alarm moved on meanwhile. */
export async function storeDecision(ctx: ServiceContext, change: AlarmChange): Promise<{ alarm: Alarm; event: AlarmEvent }> {
  const outcome = await ctx.alarms.decide(change)
  if ('conflict' in outcome) throw conflictOf(outcome.conflict, outcome.lastEvent)
  const { alarm } = outcome
  await ctx.audit.append({
    at: change.at,
    by: change.by,
    action: `alarm.${change.action}`,
    entity: 'alarm',
    entityId: alarm.id,
    detail: change.detail,
  })
  return outcome
}

/** Refuses a decision that the alarm's state already rules out, as a conflict: someone else was first. */
export async function refuseStatus(ctx: ServiceContext, alarm: Alarm, refused: readonly Alarm['status'][]): Promise<void> {
  if (!refused.includes(alarm.status)) return
  const history = await ctx.alarms.history(alarm.id)
  throw conflictOf(alarm, history.findLast((event) => event.byUserId !== null && event.action !== 'noted') ?? null)
}

/** Says who was first, when and what; carries the alarm as it is now. */
function conflictOf(alarm: Alarm, lastEvent: AlarmEvent | null): ServiceError {
  const did = lastEvent === null ? undefined : DID[lastEvent.action]
  const message =
    lastEvent === null || did === undefined
      ? `The alarm is ${alarm.status} now.`
      : `${lastEvent.byName ?? 'Dowser'} ${did} at ${new Date(lastEvent.at).toISOString()}${lastEvent.detail === null ? '' : `: ${lastEvent.detail}`}.`
  return new ServiceError('conflict', message, [], { alarm, lastEvent })
}
