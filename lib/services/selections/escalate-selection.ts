import type { AlarmUnit, Selection } from '@/lib/domain/alarm-unit'
import { MAX_ESCALATION_ALARMS, titleOf } from '@/lib/domain/escalation'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { auditOutcome, requireEscalation } from '@/lib/services/escalations/escalation-change'
import { responseTasks } from '@/lib/services/escalations/response-tasks'
import { undoEscalationChange } from '@/lib/services/escalations/undo-change'
import type { EscalationOutcome } from '@/lib/store/ports'

export interface EscalateSelection {
  /** The escalation to join; null opens one. */
  readonly escalationId: string | null
  readonly note: string | null
}

/**
 * Bundles a selection into one escalation, in one transaction: open and suppressed alarms become escalated; closed ones, those of
 * another escalation and those that someone changed since they were selected are left and counted.
 *
 * @throws ServiceError `conflict` when none of them can be escalated, `invalid` for more than an escalation holds.
 */
export async function escalateSelection(ctx: ServiceContext, selection: Selection, input: EscalateSelection): Promise<AlarmUnit> {
  requirePermission(ctx, 'escalation:manage')
  const alarmIds = await ctx.selections.escalatable(selection.id, MAX_ESCALATION_ALARMS + 1)
  if (alarmIds.length === 0) throw new ServiceError('conflict', 'None of them is open any more, so there is nothing to escalate.')
  if (alarmIds.length > MAX_ESCALATION_ALARMS) {
    throw new ServiceError('invalid', `An escalation holds ${MAX_ESCALATION_ALARMS} alarms at most. Select fewer, or several times.`)
  }
  const outcome = await bundle(ctx, selection, alarmIds, input)
  await auditOutcome(ctx, outcome)
  return ctx.selections.recordEscalation({
    id: outcome.event.id,
    selectionId: selection.id,
    undoesUnitId: null,
    change: { kind: 'escalate', escalationId: outcome.escalation.id, note: input.note },
    total: selection.count,
    by: ctx.actor,
    at: outcome.event.at,
  })
}

async function bundle(
  ctx: ServiceContext,
  selection: Selection,
  alarmIds: readonly string[],
  { escalationId, note }: EscalateSelection,
): Promise<EscalationOutcome> {
  const { detectors, named } = await ctx.selections.outline(selection.id)
  const tasks = responseTasks(detectors)
  const made = { by: ctx.actor, at: ctx.now() }
  if (escalationId === null) return ctx.escalations.create({ title: titleOf(named), alarmIds, tasks, note, ...made })
  const { version } = await requireEscalation(ctx, escalationId)
  return ctx.escalations.change({ kind: 'add', escalationId, expectedVersion: version, alarmIds, tasks, note, ...made })
}

/** Takes a bundling back with what it did to alarms; one that was decided on since keeps that and is counted. */
export async function undoEscalation(ctx: ServiceContext, done: AlarmUnit, escalationId: string): Promise<AlarmUnit> {
  const { version } = await requireEscalation(ctx, escalationId)
  const { event } = await undoEscalationChange(ctx, { escalationId, expectedVersion: version, eventId: done.id })
  return ctx.selections.recordEscalation({
    id: event.id,
    selectionId: null,
    undoesUnitId: done.id,
    change: { kind: 'undo', of: 'escalate' },
    total: done.changed,
    by: ctx.actor,
    at: event.at,
  })
}
