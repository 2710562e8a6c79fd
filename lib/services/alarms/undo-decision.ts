import type { Alarm } from '@/lib/domain/alarm'
import type { AlarmAction } from '@/lib/domain/alarm-event'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import type { AlarmStateBefore } from '@/lib/store/ports'
import { type DecisionResult, storeDecision } from './decide'
import { requireAlarm } from './require-alarm'

const REVERSIBLE: ReadonlySet<AlarmAction> = new Set(['closed', 'escalated', 'reopened'])

/**
 * Takes a decision back as one unit: the alarm's state before it, and the allowlist entry it made with all that entry hid.
 * Only the last standing decision can be taken back; the one before it follows by undoing again.
 */
export async function undoDecision(
  ctx: ServiceContext,
  input: { readonly alarmId: string; readonly expectedVersion: number; readonly eventId: string },
): Promise<DecisionResult> {
  requirePermission(ctx, 'alarm:decide')
  const alarm = await requireAlarm(ctx, input.alarmId)
  const before = await requireLastDecision(ctx, alarm, input.eventId)
  const entry = before.entryId === null ? null : await ctx.allowlist.find(before.entryId)
  const entryStands = entry !== null && entry.removedAt === null
  const stored = await storeDecision(ctx, {
    alarmId: alarm.id,
    expectedVersion: input.expectedVersion,
    action: 'undone',
    status: before.status,
    reason: null,
    family: null,
    note: null,
    detail: entryStands ? `${before.event.action}, with the allowlist entry ${entry.domain}` : before.event.action,
    undoesEventId: before.event.id,
    suppressedByEntryId: before.suppressedByEntryId,
    restoredDecision: before.decision,
    by: ctx.actor,
    at: ctx.now(),
    ...(entryStands && { removeEntryId: entry.id }),
  })
  ctx.alarmSink.applyAllowlist(ctx.now())
  // Applying the allowlist may have moved this very alarm.
  return { event: stored.event, alarm: await requireAlarm(ctx, alarm.id), hiddenAlarms: 0 }
}

async function requireLastDecision(ctx: ServiceContext, alarm: Alarm, eventId: string): Promise<AlarmStateBefore> {
  const before = await ctx.alarms.stateBefore(eventId)
  if (before === null || before.event.alarmId !== alarm.id || !REVERSIBLE.has(before.event.action)) {
    throw new ServiceError('not-found', `The alarm ${alarm.id} has no decision ${eventId}.`)
  }
  const history = await ctx.alarms.history(alarm.id)
  const standing = history.findLast((event) => REVERSIBLE.has(event.action) && event.undoneById === null)
  if (standing?.id === eventId) return before
  const lastEvent = history.findLast((event) => event.byUserId !== null && event.action !== 'noted') ?? null
  const why =
    before.event.undoneById === null
      ? `${standing?.byName ?? 'Somebody'} decided after it. Undo that decision first.`
      : 'That decision was taken back already.'
  throw new ServiceError('conflict', why, [], { alarm, lastEvent })
}
