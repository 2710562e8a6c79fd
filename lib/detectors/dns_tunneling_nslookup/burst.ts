import type { NameSample } from '@/lib/domain/evidence'
import { nameFeatures } from '@/lib/names/name-features'
import { registeredDomain } from '@/lib/names/registered-domain'
import { accountOf, type KeptIdentity, type MatchedStart } from './matched-start'
import { isScriptHost } from './script-host'
import type { CountedStart } from './start-memory'
import type { Hit } from './threshold-window'

/** What one host's counted starts have in common; the numbers that score, summary and evidence are made from. */
export interface Burst {
  readonly hostId: string
  readonly hostName: string | null
  /** Account of most starts, without its domain. */
  readonly userName: string | null
  /** Counted starts, those without details included. */
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
  /** Starts kept with their details, in order of time. */
  readonly starts: readonly MatchedStart[]
  /** Distinct names asked for, in order of first appearance. */
  readonly targets: readonly string[]
  /** Distinct names a registered domain stands behind, judged. */
  readonly samples: readonly NameSample[]
  /** Registered domain → distinct names under it, most first. */
  readonly zones: readonly (readonly [zone: string, names: number])[]
  /** The one registered domain of all names; null when they disagree, or when a name has none. */
  readonly zone: string | null
  /** Starts by query type; `-` when none is given. */
  readonly byType: Readonly<Record<string, number>>
  readonly withServer: number
  /** Parents by number of starts, most first; one entry a program name. */
  readonly parents: readonly { readonly process: KeptIdentity; readonly starts: number }[]
  readonly scriptedStarts: number
}

function tallied<T>(values: Iterable<T>): readonly (readonly [T, number])[] {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([, left], [, right]) => right - left)
}

const mostFrequent = (values: readonly (string | null)[]): string | null =>
  tallied(values.filter((value) => value !== null))[0]?.[0] ?? null

function samplesOf(starts: readonly MatchedStart[]): readonly { readonly zone: string; readonly sample: NameSample }[] {
  const seen = new Set<string>()
  return starts.flatMap(({ target, queryType, at }) => {
    if (target === null || seen.has(target)) return []
    seen.add(target)
    const zone = registeredDomain(target)
    if (zone === null) return []
    const { length, entropyBits, readabilityBits, unreadable } = nameFeatures(target, zone)
    return { zone, sample: { name: target, qtype: queryType, rcode: null, firstAt: at, length, entropyBits, readabilityBits, unreadable } }
  })
}

function parentsOf(starts: readonly MatchedStart[]): Burst['parents'] {
  const byName = new Map<string, { process: KeptIdentity; starts: number }>()
  for (const { parent } of starts) {
    if (parent.name === null) continue
    const known = byName.get(parent.name.toLowerCase())
    if (known === undefined) byName.set(parent.name.toLowerCase(), { process: parent, starts: 1 })
    else known.starts += 1
  }
  return [...byName.values()].sort((left, right) => right.starts - left.starts)
}

/** @param hit - one group of a run; its events need not be in order. */
export function burstOf(hit: Hit<CountedStart>): Burst {
  const starts = hit.counted.flatMap(({ start }) => start ?? []).sort((left, right) => left.at - right.at || left.id - right.id)
  const targets = [...new Set(starts.flatMap(({ target }) => target ?? []))]
  const judged = samplesOf(starts)
  const zones = tallied(judged.map(({ zone }) => zone))
  return {
    hostId: hit.group,
    hostName: starts.findLast(({ hostName }) => hostName !== null)?.hostName ?? null,
    userName: mostFrequent(starts.map(({ user }) => user)),
    count: hit.count,
    firstAt: hit.firstAt,
    lastAt: hit.lastAt,
    starts,
    targets,
    samples: judged.map(({ sample }) => sample),
    zones,
    zone: zones.length === 1 && judged.length === targets.length ? (zones[0]?.[0] ?? null) : null,
    byType: Object.fromEntries(tallied(starts.map(({ queryType }) => queryType ?? '-'))),
    withServer: starts.filter(({ server }) => server !== null).length,
    parents: parentsOf(starts),
    scriptedStarts: starts.filter(({ parent }) => isScriptHost(parent.name)).length,
  }
}

/** Share of the judged names that no person would have chosen, 0–1; 0 when there is none to judge. */
export function unreadableShare({ samples }: Pick<Burst, 'samples'>): number {
  return samples.length === 0 ? 0 : samples.filter(({ unreadable }) => unreadable).length / samples.length
}

/** Share of the starts that ask for text or raw records, which carry the most data back, 0–1. */
export function dataTypeShare({ byType, starts }: Pick<Burst, 'byType' | 'starts'>): number {
  return starts.length === 0 ? 0 : ((byType.TXT ?? 0) + (byType.NULL ?? 0)) / starts.length
}

export const hostLabel = ({ hostName, hostId }: Pick<Burst, 'hostName' | 'hostId'>): string => hostName ?? hostId

export const accountsOf = ({ starts }: Pick<Burst, 'starts'>): readonly string[] => [
  ...new Set(starts.flatMap((start) => accountOf(start) ?? [])),
]
