import type { AlarmRow } from '@/lib/domain/alarm'
import { type AllowlistEntry, isUnder } from '@/lib/domain/allowlist'
import type { Decoding } from '@/lib/domain/evidence'
import { BENIGN_CATALOGUE } from '@/lib/names/benign-catalogue/catalogue'
import type { CatalogueEntry } from '@/lib/names/benign-catalogue/entry'
import { registeredDomain } from '@/lib/names/registered-domain'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'

export interface DomainView {
  /** Registered domain of the name that was asked for. */
  readonly zone: string
  /** From the summaries of what is stored; null when nobody asked. */
  readonly seen: { readonly queries: number; readonly sources: number; readonly firstAt: number; readonly lastAt: number } | null
  /** Most asking first, at most 200. `first`: who asked before everybody else. */
  readonly hosts: {
    readonly source: string
    readonly queries: number
    readonly firstSeenAt: number
    readonly lastSeenAt: number
    readonly openAlarms: number
    readonly first: boolean
  }[]
  /** Newest of any status, at most 100. */
  readonly alarms: AlarmRow[]
  /** Live entries that cover it; the one for every source and detector first. */
  readonly allowlist: AllowlistEntry[]
  /** What the newest alarms' names could be decoded to. */
  readonly decodings: { readonly alarmId: string; readonly decoding: Decoding }[]
  readonly catalogue: CatalogueEntry[]
}

const ALL_TIME = { fromMs: 0, toMs: 8.64e15 }
const MAX_HOSTS = 200
const MAX_SOURCES_READ = 100_000
const MAX_ALARMS = 100
/** Alarms whose evidence is read for decodings. */
const MAX_DECODED = 10

/**
 * What is known of one registered domain.
 *
 * @param input.name - any name; a name below a registered domain gives that domain.
 * @throws ServiceError `not-found` for names that nobody can own: public suffixes, single labels, addresses.
 */
export async function getDomain(ctx: ServiceContext, input: { readonly name: string }): Promise<DomainView> {
  requirePermission(ctx, 'event:read')
  const zone = registeredDomain(
    input.name
      .trim()
      .toLowerCase()
      .replace(/(?<!\\)\.$/, ''),
  )
  if (zone === null)
    throw new ServiceError(
      'not-found',
      'This is no name under a registered domain: a public suffix, a single label, an address or a local name.',
    )
  const open = await ctx.alarms.openBySource(zone)
  const sources = ctx.events.sourcesOfZone(zone, ALL_TIME, MAX_SOURCES_READ)
  const firstAt = sources.reduce((first, each) => Math.min(first, each.firstSeenAt), Number.POSITIVE_INFINITY)
  const alarms = await ctx.alarms.list({ zone }, 'newest', MAX_ALARMS, null)
  return {
    zone,
    seen:
      sources.length === 0
        ? null
        : {
            queries: sources.reduce((sum, each) => sum + each.queries, 0),
            sources: sources.length,
            firstAt,
            lastAt: sources.reduce((last, each) => Math.max(last, each.lastSeenAt), 0),
          },
    hosts: sources
      .slice(0, MAX_HOSTS)
      .map((each) => ({ ...each, openAlarms: open[each.source] ?? 0, first: each.firstSeenAt === firstAt })),
    alarms: [...alarms.rows],
    allowlist: await coveringEntries(ctx, zone),
    decodings: await decodingsOf(ctx, alarms.rows),
    catalogue: BENIGN_CATALOGUE.filter(({ suffix }) => isUnder(suffix, zone) || isUnder(zone, suffix)),
  }
}

async function coveringEntries(ctx: ServiceContext, zone: string): Promise<AllowlistEntry[]> {
  const entries = await ctx.allowlist.list({ includeRemoved: false })
  const now = ctx.now()
  const isNarrow = (entry: AllowlistEntry): number => (entry.source === null && entry.detector === null ? 0 : 1)
  return entries.filter((entry) => entry.expiresAt > now && isUnder(zone, entry.domain)).sort((a, b) => isNarrow(a) - isNarrow(b))
}

async function decodingsOf(ctx: ServiceContext, rows: readonly AlarmRow[]): Promise<DomainView['decodings']> {
  const alarms = await Promise.all(rows.slice(0, MAX_DECODED).map(({ id }) => ctx.alarms.find(id)))
  return alarms.flatMap((alarm) => (alarm?.evidence.decoding?.encoding ? [{ alarmId: alarm.id, decoding: alarm.evidence.decoding }] : []))
}
