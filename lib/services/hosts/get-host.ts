import type { AlarmRow } from '@/lib/domain/alarm'
import type { DnsEvent } from '@/lib/domain/dns-event'
import type { EventField, EventTerm } from '@/lib/domain/event-search'
import type { ProcessEvent } from '@/lib/domain/process-event'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { storedRange } from '@/lib/services/events-search/event-query'
import { type ProcessHit, toProcessHit } from '@/lib/services/events-search/search-events'
import type { RareZone, TimeRange } from '@/lib/store/ports'

export interface HostView {
  readonly id: string
  /** How its lookups are found: by counted source, or by what an endpoint said of itself. */
  readonly searchBy: Extract<EventField, 'source' | 'host'>
  readonly names: string[]
  readonly addresses: string[]
  readonly users: string[]
  /** Last time a lookup or process start of it was seen; null when none is stored. */
  readonly lastSeenAt: number | null
  /** Why it is taken for a resolver that hides the real client; null when it looks like any client. */
  readonly resolver: string | null
  /** Of any status, worst first, at most 100, with whether it lies within 48 hours of the newest one. */
  readonly alarms: { readonly alarm: AlarmRow; readonly recent: boolean }[]
  /** Domains that at most `maxOthers` other sources asked for. */
  readonly rare: { readonly zones: RareZone[]; readonly complete: boolean; readonly maxOthers: number }
  /** Newest starts of programs that ask for names. `complete`: the whole stored time was looked through. */
  readonly dnsTools: { readonly starts: ProcessHit[]; readonly complete: boolean }
}

/** Programs whose purpose is asking for names: those of BIND, ldns, Knot and Windows. */
const DNS_TOOLS = [
  'nslookup.exe',
  'nslookup',
  'dig.exe',
  'dig',
  'host',
  'host.exe',
  'delv',
  'drill',
  'kdig',
  'khost',
  'resolvectl',
] as const
const EITHER_SIDE_MS = 48 * 3_600_000
const RARE_DAYS_MS = 30 * 86_400_000
const ALL_TIME: TimeRange = { fromMs: 0, toMs: 8.64e15 }
/** Events that names, addresses and users are gathered from. */
const SAMPLE = 300
const MAX_ALARMS = 100
const MAX_STARTS = 100
const MAX_RARE = 50
const MAX_OTHERS = 2
const MAX_ID = 300

/** What is known of one client: an address, a host name or a host id. @throws ServiceError `not-found` when nothing is. */
export async function getHost(ctx: ServiceContext, input: { readonly id: string }): Promise<HostView> {
  requirePermission(ctx, 'event:read')
  const id = input.id.trim().slice(0, MAX_ID)
  const range = storedRange(ctx, {})
  const term = (field: EventField): EventTerm => ({ field, value: id, not: false })
  const counted = await ctx.eventSearch.lookups({ terms: [term('source')], range }, SAMPLE, null)
  const searchBy = counted.rows.length > 0 ? 'source' : 'host'
  const lookups =
    searchBy === 'source' ? counted.rows : (await ctx.eventSearch.lookups({ terms: [term('host')], range }, SAMPLE, null)).rows
  const starts = await ctx.eventSearch.processStarts({ terms: [term('host')], range }, SAMPLE, null)
  const alarms = await ctx.alarms.related({ id: '', zone: null, source: id, hostId: id, userName: null }, ALL_TIME, MAX_ALARMS)
  if (lookups.length === 0 && starts.rows.length === 0 && alarms.length === 0)
    throw new ServiceError('not-found', 'Nothing stored names this host: no lookup, no process start, no alarm.')
  const tools = await ctx.eventSearch.processStarts({ terms: [term('host'), ...TOOL_TERMS], range }, MAX_STARTS, null)
  const rare = await ctx.eventSearch.rareZones(
    lookups[0]?.source ?? id,
    { fromMs: Math.max(range.fromMs, range.toMs - RARE_DAYS_MS), toMs: range.toMs },
    MAX_OTHERS,
    MAX_RARE,
  )
  return {
    id,
    searchBy,
    ...identityOf(id, lookups, starts.rows),
    resolver: await resolverWarning(ctx, alarms),
    alarms: withRecent(alarms),
    rare: { zones: [...rare.zones], complete: rare.complete, maxOthers: MAX_OTHERS },
    dnsTools: { starts: tools.rows.map(toProcessHit), complete: tools.nextCursor === null },
  }
}

const TOOL_TERMS: readonly EventTerm[] = DNS_TOOLS.map((value) => ({ field: 'process', value, not: false }))

function identityOf(id: string, lookups: readonly DnsEvent[], starts: readonly ProcessEvent[]) {
  const distinct = (values: readonly (string | null)[]): string[] =>
    [...new Set(values.filter((value): value is string => value !== null && value !== '' && value !== id))].slice(0, 20)
  const last = Math.max(lookups[0]?.at ?? Number.NEGATIVE_INFINITY, starts[0]?.at ?? Number.NEGATIVE_INFINITY)
  return {
    names: distinct([...lookups.map(({ hostName }) => hostName), ...starts.map(({ hostName }) => hostName)]),
    addresses: distinct([...lookups.map(({ clientIp }) => clientIp), ...starts.flatMap(({ hostIps }) => hostIps)]),
    users: distinct([...lookups.map(({ userName }) => userName), ...starts.map(({ user }) => user.name)]),
    lastSeenAt: Number.isFinite(last) ? last : null,
  }
}

function withRecent(alarms: readonly AlarmRow[]): HostView['alarms'] {
  const newest = alarms.reduce((last, { lastSeenAt }) => Math.max(last, lastSeenAt), 0)
  return alarms.map((alarm) => ({ alarm, recent: newest - alarm.lastSeenAt <= EITHER_SIDE_MS }))
}

/** As the newest alarm that speaks of it says. */
async function resolverWarning(ctx: ServiceContext, alarms: readonly AlarmRow[]): Promise<string | null> {
  const newest = alarms.toSorted((a, b) => b.lastSeenAt - a.lastSeenAt).slice(0, 5)
  for (const { id } of newest) {
    const alarm = await ctx.alarms.find(id)
    if (alarm?.evidence.resolver) return alarm.evidence.resolver
  }
  return null
}
