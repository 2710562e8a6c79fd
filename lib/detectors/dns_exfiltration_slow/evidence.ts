import type { AskingSource, Evidence, EvidenceMinute, Metric } from '@/lib/domain/evidence'
import { emptyEvidence } from '@/lib/domain/evidence'
import type { SampledName } from '@/lib/domain/tally'
import { bytesUp } from '../tunnel-evidence'
import type { Profile } from './profile'
import { HOUR_MS } from './rule'
import { activeSlots, rareLimit, type SlowCase, type Surroundings, spanOf, thresholdsOf } from './slow-case'

const MINUTE = 60_000
const MAX_SAMPLES = 200
const MAX_SOURCES = 100

/** What the alarm was raised on; `zone` is the alarm's own, the names are those of every zone of the case. */
export function evidenceOf(zone: string, found: SlowCase, around: Surroundings, resolver: string | null): Evidence {
  const names = found.profiles.flatMap(({ sample }) => sample).toSorted((a, b) => a.firstAt - b.firstAt || (a.name < b.name ? -1 : 1))
  return {
    ...emptyEvidence,
    metrics: metricsOf(found, around),
    samples: names.slice(-MAX_SAMPLES).map(({ hash: _, raw: __, ...sample }) => sample),
    minutes: minutesOf(names),
    byType: counted(names, ({ qtype }) => qtype),
    byRcode: counted(names, ({ rcode }) => rcode),
    sources: [ownSource(found, around), ...otherSources(zone, found.source, around)],
    bytesUp: bytesOf(found.profiles),
    notices: [...(resolver === null ? [] : [resolver]), ...noticesOf(zone, found, around)],
  }
}

function metricsOf(found: SlowCase, { memory, view, settings }: Surroundings): Metric[] {
  const { profiles, names, information } = found
  const isRotation = profiles.length > 1
  const least = (value: (profile: Profile) => number): number => Math.min(...profiles.map(value))
  const threshold = thresholdsOf(found, settings)
  const sources = Math.max(...profiles.map(({ pair }) => memory.sourcesOf(pair.zone)))
  const metric = (id: string, label: string, value: number, unit: string, threshold: number | null): Metric => ({
    id,
    label,
    value,
    unit,
    threshold,
  })
  return [
    metric('unreadable', 'Distinct unreadable names in 24 hours', names, '', threshold.names),
    metric('information', 'Information in the names, 24 hours', information, 'B', threshold.bytes),
    metric(
      'unreadable-share',
      'Share of names that are unreadable',
      least((one) => one.unreadableShare),
      'ratio',
      settings.unreadableShare ?? null,
    ),
    metric(
      'asked-once',
      'Share of unreadable names asked in one minute only',
      least((one) => one.askedOnce),
      'ratio',
      settings.askedOnce ?? null,
    ),
    metric('sources', 'Sources that asked the domain in 24 hours, at most', sources, '', rareLimit(settings, view)),
    metric('slots', 'Ten-minute spans with unreadable names', activeSlots(profiles), '', settings.activeSlots ?? null),
    metric('readability', 'Readability of the unreadable names', profiles[0].readabilityBits, 'bits/char', 5),
    ...(isRotation
      ? profiles.map(({ pair, names: own }) =>
          metric(`zone-${pair.zone}`, `Distinct unreadable names below ${pair.zone}`, own, '', settings.rotationNames ?? null),
        )
      : []),
  ]
}

/** Minutes in which the names kept were first asked: the tallies reach back an hour only, the names a day. */
function minutesOf(names: readonly SampledName[]): EvidenceMinute[] {
  const byMinute = new Map<number, SampledName[]>()
  for (const name of names) {
    const at = name.firstAt - (name.firstAt % MINUTE)
    const same = byMinute.get(at)
    if (same === undefined) byMinute.set(at, [name])
    else same.push(name)
  }
  return [...byMinute].map(([at, same]) => ({
    at,
    queries: same.length,
    distinctNames: same.length,
    entropyBits: same.reduce((sum, name) => sum + name.entropyBits, 0) / same.length,
    length: same.reduce((sum, name) => sum + name.length, 0) / same.length,
    byType: counted(same, ({ qtype }) => qtype),
  }))
}

function counted(names: readonly SampledName[], key: (name: SampledName) => string | null): Record<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(key(name) ?? '-', (counts.get(key(name) ?? '-') ?? 0) + 1)
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function ownSource(found: SlowCase, { nowMs }: Surroundings): AskingSource {
  const { firstAt, lastAt } = spanOf(found, nowMs)
  return {
    source: found.source,
    queries: found.profiles.reduce((sum, { pair }) => sum + pair.queries, 0),
    distinctNames: found.profiles.reduce((sum, { pair }) => sum + pair.distinct, 0),
    firstSeenAt: firstAt,
    lastSeenAt: lastAt,
  }
}

const otherSources = (zone: string, source: string, { view }: Surroundings): AskingSource[] =>
  view
    .sourcesOf(zone, HOUR_MS)
    .filter((tally) => tally.source !== source)
    .slice(0, MAX_SOURCES - 1)
    .map((tally) => ({
      source: tally.source ?? '',
      queries: tally.queries,
      distinctNames: tally.names.distinct,
      firstSeenAt: tally.firstAt,
      lastSeenAt: tally.lastAt,
    }))

function bytesOf(profiles: readonly Profile[]): Evidence['bytesUp'] {
  let low = 0
  let high = 0
  for (const { sample, names, pair } of profiles) {
    const bytes = bytesUp({ sample, distinct: names, exact: pair.unreadable.isExact, complete: pair.unreadable.isExact }, pair.zone)
    low += bytes?.low ?? 0
    high += bytes?.high ?? 0
  }
  return { low, high }
}

function noticesOf(zone: string, { profiles }: SlowCase, { memory, nowMs }: Surroundings): string[] {
  const notices: string[] = []
  if (profiles.length > 1) {
    const zones = profiles.map(({ pair }) => pair.zone).toSorted()
    notices.push(
      `The names are spread over ${zones.length} domains: ${zones.join(', ')}. The alarm is filed under ${zone}; act on all of them.`,
    )
  }
  if (memory.isLearning(nowMs)) notices.push('The log is younger than two weeks: whether the domain is new here is not known.')
  if (profiles.some(({ pair }) => !pair.unreadable.isExact))
    notices.push('Figures about names come from a uniform sample of 64 names a domain.')
  notices.push('Minutes and record types are those of the unreadable names, each counted when it was first asked.')
  return notices
}
