import type { Alarm } from '@/lib/domain/alarm'
import type { Evidence } from '@/lib/domain/evidence'
import {
  addValues,
  type BaselineBand,
  type BaselineMeasure,
  type BaselinePiece,
  type BaselineValues,
  emptyValues,
  otherTypesShare,
  quantileOf,
  shareBelow,
  weightOf,
} from '@/lib/domain/network-baseline'
import { type EvidenceBucket, type EvidenceSeries, toSeries } from './evidence-series'

/** Minutes of other zones below which a share of them says nothing. */
export const FEWEST = 40

export interface Network {
  readonly range: BaselinePiece['range']
  readonly stepMs: number
  readonly bands: ReadonlyMap<number, BaselineValues>
  readonly whole: BaselineValues
  readonly lookups: number
  readonly minutesRead: number
  readonly minutesOf: number
  readonly minutesPlanned: number
}

/** Pieces of one baseline as one; null before the first. */
export function networkOf(pieces: readonly BaselinePiece[]): Network | null {
  const last = pieces.at(-1)
  if (last === undefined) return null
  const bands = new Map<number, BaselineValues>()
  const add = ({ at, values }: BaselineBand): void => void bands.set(at, addValues(bands.get(at) ?? emptyValues(), values))
  for (const piece of pieces) piece.bands.forEach(add)
  const { range, stepMs, minutesRead, minutesOf, minutesPlanned } = last
  const whole = [...bands.values()].reduce(addValues, emptyValues())
  const lookups = pieces.reduce((sum, piece) => sum + piece.lookups, 0)
  return { range, stepMs, bands, whole, lookups, minutesRead, minutesOf, minutesPlanned }
}

export interface Usual {
  readonly low: number
  readonly middle: number
  readonly high: number
}

/** The middle nine tenths of other zones, and their median; null when too few minutes of them are known. */
function usual(measure: BaselineMeasure, values: BaselineValues): Usual | null {
  const cells = values[measure]
  if (weightOf(cells) < FEWEST) return null
  const of = (share: number) => quantileOf(measure, cells, share) ?? 0
  return { low: of(0.05), middle: of(0.5), high: of(0.95) }
}

/** What is usual at a time: of its own band when enough is known there, else of all hours. */
export function usualAt(network: Network, measure: BaselineMeasure, at: number): Usual | null {
  const start = network.range.from + Math.floor((at - network.range.from) / network.stepMs) * network.stepMs
  const band = network.bands.get(start)
  return (band === undefined ? null : usual(measure, band)) ?? usual(measure, network.whole)
}

export interface Against {
  readonly own: number | null
  readonly usual: Usual | null
  /** Share of the others' minutes that lie below, 0–1. */
  readonly below: number
  /** Minutes of other zones that were measured. */
  readonly minutes: number
}

export function againstNetwork(network: Network | null, measure: BaselineMeasure, own: number | null): Against {
  const cells = network?.whole[measure] ?? []
  return {
    own,
    usual: network === null ? null : usual(measure, network.whole),
    below: own === null ? 0 : shareBelow(measure, cells, own),
    minutes: weightOf(cells),
  }
}

type Own = (bucket: EvidenceBucket) => number | null
const perMinute = (count: number, { activeMinutes }: EvidenceBucket) => (activeMinutes === 0 ? null : count / activeMinutes)

export interface OwnSeries extends EvidenceSeries {
  /** A measure of the alarm itself in a bucket, as a mean over its active minutes or distinct names. */
  readonly of: Readonly<Record<BaselineMeasure, Own>>
  /** The same over the whole alarm. */
  readonly whole: Readonly<Record<BaselineMeasure, number | null>>
}

/** The alarm's minutes in the measures of the network. */
export function ownSeries({ minutes, samples }: Pick<Evidence, 'minutes' | 'samples'>): OwnSeries {
  const series = toSeries(minutes)
  const start = series.buckets[0]?.at ?? 0
  const readable = new Map<number, { sum: number; names: number }>()
  for (const { firstAt, readabilityBits } of samples) {
    if (readabilityBits === null) continue
    const at = start + Math.floor((firstAt - start) / series.stepMs) * series.stepMs
    const { sum, names } = readable.get(at) ?? { sum: 0, names: 0 }
    readable.set(at, { sum: sum + readabilityBits, names: names + 1 })
  }
  const of: OwnSeries['of'] = {
    readabilityBits: ({ at }) => {
      const known = readable.get(at)
      return known === undefined ? null : known.sum / known.names
    },
    entropyBits: (bucket) => bucket.entropyBits,
    length: (bucket) => bucket.length,
    otherTypes: (bucket) => otherTypesShare(bucket.byType),
    names: (bucket) => perMinute(bucket.distinctNames, bucket),
    queries: (bucket) => perMinute(bucket.queries, bucket),
  }
  return { ...series, of, whole: wholeOf(minutes, samples) }
}

function wholeOf(minutes: Evidence['minutes'], samples: Evidence['samples']): OwnSeries['whole'] {
  const judged = samples.flatMap(({ readabilityBits }) => readabilityBits ?? [])
  const names = minutes.reduce((sum, minute) => sum + minute.distinctNames, 0)
  const byName = (of: (minute: Evidence['minutes'][number]) => number) =>
    names === 0 ? null : minutes.reduce((sum, minute) => sum + of(minute) * minute.distinctNames, 0) / names
  const byType: Record<string, number> = {}
  for (const minute of minutes) for (const [type, count] of Object.entries(minute.byType)) byType[type] = (byType[type] ?? 0) + count
  return {
    readabilityBits: judged.length === 0 ? null : judged.reduce((sum, bits) => sum + bits, 0) / judged.length,
    entropyBits: byName((minute) => minute.entropyBits),
    length: byName((minute) => minute.length),
    otherTypes: otherTypesShare(byType),
    names: minutes.length === 0 ? null : names / minutes.length,
    queries: minutes.length === 0 ? null : minutes.reduce((sum, minute) => sum + minute.queries, 0) / minutes.length,
  }
}

/** What the alarm's detector judges a measure by, in the measure's unit; null when it does not judge by it. */
export function thresholdOf(
  { scoreTerms, evidence: { metrics } }: Pick<Alarm, 'scoreTerms' | 'evidence'>,
  measure: BaselineMeasure,
): { readonly value: number; readonly words: string } | null {
  if (measure === 'readabilityBits') {
    const bits = metrics.find(({ id, unit, threshold }) => /readab/.test(id) && unit === 'bits/char' && threshold !== null)?.threshold
    return bits == null ? null : { value: bits, words: String(bits) }
  }
  if (measure === 'length') {
    const bytes = scoreTerms.find(({ id, threshold }) => id === 'length' && threshold !== null)?.threshold
    return bytes == null ? null : { value: bytes, words: `${bytes} B` }
  }
  if (measure !== 'names') return null
  for (const { label, threshold } of metrics) {
    const minutes = /^Distinct (?:unreadable )?names in (\d+) minutes$/.exec(label)?.[1]
    if (minutes !== undefined && threshold !== null)
      return { value: threshold / Number(minutes), words: `${Math.round(threshold)} in ${minutes} min` }
  }
  return null
}
