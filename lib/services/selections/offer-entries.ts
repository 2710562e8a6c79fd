import type { SelectedZone } from '@/lib/domain/alarm-unit'
import { previewEntry } from '@/lib/services/allowlist/preview-entry'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { requireSelection } from './create-selection'

/** An entry that is offered for a zone of a selection, and what it would do. */
export interface OfferedEntry extends SelectedZone {
  /** Open alarms it would hide, those of the selection included. */
  readonly openAlarms: number
  /** Alarms confirmed as tunnels that it covers. */
  readonly truePositives: number
  readonly refusal: string | null
  readonly warnings: string[]
}

/** The entries that would keep what is selected from coming again: one a zone, at most 50, those with the most alarms first. */
export async function offerEntries(
  ctx: ServiceContext,
  input: { readonly selectionId: string },
): Promise<{ entries: OfferedEntry[]; zonesTotal: number; withoutZone: number }> {
  requirePermission(ctx, 'allowlist:add-from-alarm')
  const { id } = await requireSelection(ctx, input.selectionId)
  const { zones, zonesTotal, withoutZone } = await ctx.selections.outline(id)
  const entries: OfferedEntry[] = []
  for (const zone of zones) {
    const { openAlarms, truePositives, refusal, warnings } = await previewEntry(ctx, { ...zone, domain: zone.zone })
    entries.push({ ...zone, openAlarms, truePositives, refusal, warnings })
  }
  return { entries, zonesTotal, withoutZone }
}
