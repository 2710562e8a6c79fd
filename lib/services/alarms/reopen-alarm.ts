import { decidingEntry } from '@/lib/domain/allowlist'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { type DecisionResult, refuseStatus, storeDecision } from './decide'
import { requireAlarm } from './require-alarm'

export interface ReopenAlarm {
  readonly alarmId: string
  readonly expectedVersion: number
  readonly note: string | null
}

/** Puts a closed or escalated alarm back into the queue. One that an allowlist entry covers would vanish again at once: refused. */
export async function reopenAlarm(ctx: ServiceContext, input: ReopenAlarm): Promise<DecisionResult> {
  requirePermission(ctx, 'alarm:decide')
  const alarm = await requireAlarm(ctx, input.alarmId)
  await refuseStatus(ctx, alarm, ['open'])
  const entries = await ctx.allowlist.list({ includeRemoved: false })
  const deciding = entries.find((entry) => entry.id === decidingEntry(entries, alarm, ctx.now()))
  if (deciding !== undefined) {
    throw new ServiceError('invalid', `The allowlist entry ${deciding.domain} hides this alarm. Remove the entry first.`, [], {
      entry: deciding,
    })
  }
  const stored = await storeDecision(ctx, {
    alarmId: alarm.id,
    expectedVersion: input.expectedVersion,
    action: 'reopened',
    status: 'open',
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
