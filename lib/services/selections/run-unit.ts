import { setImmediate } from 'node:timers/promises'
import type { AlarmUnit } from '@/lib/domain/alarm-unit'
import type { ServiceContext } from '@/lib/services/context'

/** Alarms stored in one transaction; pages and the engine wait for the write lock no longer than this takes. */
const PART = 500

type UnitContext = Pick<ServiceContext, 'selections' | 'alarmSink' | 'now'>

/** Stores the next part. What a close with entries or an undone close hides or shows is settled with its last part. */
export async function advanceUnit(ctx: UnitContext, unitId: string): Promise<AlarmUnit> {
  const unit = await ctx.selections.advance(unitId, PART, ctx.now())
  const { change, finishedAt } = unit
  if (finishedAt !== null && (change.kind === 'undo' || (change.kind === 'close' && change.entries)))
    ctx.alarmSink.applyAllowlist(ctx.now())
  return unit
}

/** Stores all that is left of a unit, letting others have the thread between its parts. */
export async function runUnit(ctx: UnitContext, unitId: string): Promise<AlarmUnit> {
  for (;;) {
    const unit = await advanceUnit(ctx, unitId)
    if (unit.finishedAt !== null) return unit
    await setImmediate()
  }
}
