import type { BenignFamily, CloseReason } from '@/lib/domain/alarm'
import type { Selection } from '@/lib/domain/alarm-unit'
import { sentence } from '@/lib/services/alarms/close-alarm'
import { newEntry } from '@/lib/services/allowlist/new-entry'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import type { NewAllowlistEntry } from '@/lib/store/ports'

const MAY_ALLOW: ReadonlySet<CloseReason> = new Set(['benign-positive', 'false-positive', 'authorised-test'])

interface CloseWithEntries {
  readonly reason: CloseReason
  readonly family: BenignFamily | null
  readonly note: string | null
  readonly allowlist: { readonly zones: readonly string[]; readonly days: number }
}

/** One entry for each zone asked for. @throws ServiceError `invalid` naming every zone that cannot have one. */
export async function selectionEntries(
  ctx: ServiceContext,
  selection: Selection,
  decision: CloseWithEntries,
): Promise<NewAllowlistEntry[]> {
  requirePermission(ctx, 'allowlist:add-from-alarm')
  const { reason, family, note, allowlist } = decision
  const bad: { path: string; message: string }[] = []
  if (!MAY_ALLOW.has(reason)) {
    bad.push({ path: 'decision.allowlist', message: 'an entry needs a benign positive, a false positive or an authorised test' })
  }
  const { zones } = await ctx.selections.outline(selection.id)
  const at = ctx.now()
  const entries: NewAllowlistEntry[] = []
  for (const [index, name] of [...new Set(allowlist.zones)].entries()) {
    const path = `decision.allowlist.zones.${index}`
    const zone = zones.find((each) => each.zone === name)
    if (zone === undefined) {
      bad.push({ path, message: `${name} is no zone of this selection` })
      continue
    }
    const { source, detector } = zone
    const why = (note || `${sentence(reason, family, null)}, decided on ${selection.count} alarms`).slice(0, 500)
    const draft = { domain: name, source, detector, reason: why, family, days: allowlist.days }
    try {
      entries.push(await newEntry(ctx, draft, { alarmId: null, path: `${path}.`, at }))
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      bad.push(...error.fields.map(({ path: field, message }) => ({ path: field, message: `${name}: ${message}` })))
    }
  }
  if (bad.length > 0) throw new ServiceError('invalid', bad.map(({ message }) => message).join('; '), bad)
  return entries
}
