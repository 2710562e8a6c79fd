import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { requireAlarm } from './require-alarm'

const EITHER_SIDE_MS = 30 * 86_400_000
const MAX_SOURCES = 200

export interface AskingSourceRow {
  readonly source: string
  readonly queries: number
  readonly firstSeenAt: number
  readonly lastSeenAt: number
  /** Open and escalated alarms of this source on the same zone. */
  readonly openAlarms: number
}

export interface AskingSources {
  readonly sources: AskingSourceRow[]
  /** The time looked through, epoch ms. */
  readonly range: { readonly from: number; readonly to: number }
}

/** Everyone who asked for the alarm's zone within 30 days of it, from stored lookups. An alarm without a zone has none. */
export async function listAskingSources(ctx: ServiceContext, input: { readonly alarmId: string }): Promise<AskingSources> {
  requirePermission(ctx, 'alarm:read')
  const { zone, firstSeenAt, lastSeenAt } = await requireAlarm(ctx, input.alarmId)
  const range = { fromMs: firstSeenAt - EITHER_SIDE_MS, toMs: lastSeenAt + EITHER_SIDE_MS }
  const told = { from: range.fromMs, to: range.toMs }
  if (zone === null) return { sources: [], range: told }
  const open = await ctx.alarms.openBySource(zone)
  const sources = ctx.events.sourcesOfZone(zone, range, MAX_SOURCES)
  return { sources: sources.map((row) => ({ ...row, openAlarms: open[row.source] ?? 0 })), range: told }
}
