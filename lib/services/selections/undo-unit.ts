import type { AlarmUnit } from '@/lib/domain/alarm-unit'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { undoEscalation } from './escalate-selection'
import { requireUnit } from './get-unit'
import { advanceUnit } from './run-unit'

/** Takes a unit back as one; alarms that someone decided after it keep that decision and are counted. */
export async function undoUnit(ctx: ServiceContext, input: { readonly unitId: string }): Promise<{ unit: AlarmUnit }> {
  requirePermission(ctx, 'alarm:decide')
  const done = await requireUnit(ctx, input.unitId)
  if (done.change.kind === 'note' || done.change.kind === 'undo')
    throw new ServiceError('invalid', 'Notes and undos are kept; they cannot be taken back.')
  if (done.undoneById !== null) throw new ServiceError('conflict', 'That decision was taken back already.')
  if (done.finishedAt === null) throw new ServiceError('conflict', 'It is still being stored. Take it back when it is done.')
  if (done.change.kind === 'escalate') return { unit: await undoEscalation(ctx, done, done.change.escalationId) }
  const unit = await ctx.selections.startUnit({
    id: ctx.newId(),
    selectionId: null,
    undoesUnitId: done.id,
    change: { kind: 'undo', of: done.change.kind },
    total: done.changed,
    by: ctx.actor,
    at: ctx.now(),
  })
  await ctx.audit.append({
    at: unit.at,
    by: ctx.actor,
    action: 'alarms.undone',
    entity: 'alarm-unit',
    entityId: unit.id,
    detail: `${done.changed} alarms, unit ${done.id}`,
  })
  return { unit: await advanceUnit(ctx, unit.id) }
}
