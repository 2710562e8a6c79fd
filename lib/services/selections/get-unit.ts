import type { AlarmUnit, LeftAlarm } from '@/lib/domain/alarm-unit'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'

const LEFT_SHOWN = 50

/** How far a unit is, and the first of those it left alone. */
export async function getUnit(
  ctx: ServiceContext,
  input: { readonly unitId: string },
): Promise<{ unit: AlarmUnit; leftAlone: LeftAlarm[] }> {
  requirePermission(ctx, 'alarm:read')
  const unit = await requireUnit(ctx, input.unitId)
  return { unit, leftAlone: unit.left === 0 ? [] : [...(await ctx.selections.leftAlone(unit, LEFT_SHOWN))] }
}

/** @throws ServiceError `not-found` */
export async function requireUnit(ctx: ServiceContext, id: string): Promise<AlarmUnit> {
  const unit = await ctx.selections.findUnit(id)
  if (unit === null) throw new ServiceError('not-found', `There is no decision ${id} on many alarms.`)
  return unit
}
