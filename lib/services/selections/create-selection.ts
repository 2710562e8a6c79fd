import type { Selection } from '@/lib/domain/alarm-unit'
import { type ListAlarms, toFilter } from '@/lib/services/alarms/list-alarms'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import type { SeenAlarm } from '@/lib/store/ports'

/** Long enough to write a note, short enough that nobody acts on yesterday's alarms. */
const LIFE_MS = 3_600_000
/** Ids a page marks as selected; rows beyond are counted all the same. */
const IDS_SHOWN = 2_000

export type SelectionFilter = Omit<ListAlarms, 'sort' | 'limit' | 'cursor'>

export interface FrozenSelection {
  readonly selection: Selection
  /** The first 2,000 of them. */
  readonly alarmIds: string[]
}

/** Freezes the alarms named, or all that meet the filter at this moment; what comes in later is not among them. */
export async function createSelection(
  ctx: ServiceContext,
  input: { readonly filter: SelectionFilter } | { readonly alarms: readonly SeenAlarm[] },
): Promise<FrozenSelection> {
  requirePermission(ctx, 'alarm:decide')
  const at = ctx.now()
  await ctx.selections.removeExpired(at)
  const of = 'alarms' in input ? input : { filter: toFilter(ctx, input.filter) }
  const selection = await ctx.selections.freeze({ id: ctx.newId(), by: ctx.actor, at, expiresAt: at + LIFE_MS, of })
  return withIds(ctx, selection)
}

/** A selection with the ids a page marks. */
export const withIds = async (ctx: ServiceContext, selection: Selection): Promise<FrozenSelection> => ({
  selection,
  alarmIds: [...(await ctx.selections.ids(selection.id, IDS_SHOWN))],
})

/** @throws ServiceError `not-found` for one that is another person's or has expired. */
export async function requireSelection(ctx: ServiceContext, id: string): Promise<Selection> {
  const selection = await ctx.selections.find(id)
  if (selection === null || selection.byUserId !== ctx.actor.userId || selection.expiresAt <= ctx.now()) {
    throw new ServiceError('not-found', 'This selection has expired. Select the alarms again.')
  }
  return selection
}
