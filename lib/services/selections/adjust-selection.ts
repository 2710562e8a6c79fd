import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { SeenAlarm } from '@/lib/store/ports'
import { type FrozenSelection, requireSelection, withIds } from './create-selection'

/** Takes alarms out of a selection or into it. */
export async function adjustSelection(
  ctx: ServiceContext,
  input: { readonly selectionId: string; readonly add: readonly SeenAlarm[]; readonly remove: readonly string[] },
): Promise<FrozenSelection> {
  requirePermission(ctx, 'alarm:decide')
  const { id } = await requireSelection(ctx, input.selectionId)
  return withIds(ctx, await ctx.selections.adjust(id, input))
}
