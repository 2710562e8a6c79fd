import type { Evidence, EvidenceMinute } from '@/lib/domain/evidence'

const MINUTE_MS = 60_000
const MAX_BUCKETS = 120
/** Bucket lengths that read well on an axis, in minutes. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1_440, 10_080]

export interface EvidenceBucket {
  readonly at: number
  readonly queries: number
  /** Minutes in which anything was asked. */
  readonly activeMinutes: number
  /** Distinct names, counted minute by minute. */
  readonly distinctNames: number
  /** Means weighted by distinct names; null in a silent bucket. */
  readonly entropyBits: number | null
  readonly length: number | null
  readonly byType: Readonly<Record<string, number>>
}

export interface EvidenceSeries {
  readonly stepMs: number
  readonly buckets: readonly EvidenceBucket[]
}

function merge(at: number, minutes: readonly EvidenceMinute[]): EvidenceBucket {
  const distinctNames = minutes.reduce((sum, minute) => sum + minute.distinctNames, 0)
  const mean = (of: (minute: EvidenceMinute) => number) =>
    distinctNames === 0 ? null : minutes.reduce((sum, minute) => sum + of(minute) * minute.distinctNames, 0) / distinctNames
  const byType: Record<string, number> = {}
  for (const minute of minutes) for (const [type, count] of Object.entries(minute.byType)) byType[type] = (byType[type] ?? 0) + count
  return {
    at,
    queries: minutes.reduce((sum, minute) => sum + minute.queries, 0),
    activeMinutes: minutes.length,
    distinctNames,
    entropyBits: mean((minute) => minute.entropyBits),
    length: mean((minute) => minute.length),
    byType,
  }
}

/**
 * The minutes of an alarm as at most 120 equal buckets, silent ones filled with zeros.
 *
 * @param givenStepMs - length of a bucket, whole minutes; chosen when absent.
 */
export function toSeries(minutes: readonly EvidenceMinute[], givenStepMs?: number): EvidenceSeries {
  if (minutes.length === 0) return { stepMs: MINUTE_MS, buckets: [] }
  const first = minutes.reduce((low, minute) => Math.min(low, minute.at), Number.POSITIVE_INFINITY)
  const last = minutes.reduce((high, minute) => Math.max(high, minute.at), Number.NEGATIVE_INFINITY)
  const span = (last - first) / MINUTE_MS + 1
  const step = STEPS.find((each) => span / each <= MAX_BUCKETS) ?? Math.ceil(span / MAX_BUCKETS)
  const stepMs = givenStepMs ?? step * MINUTE_MS
  const start = Math.floor(first / stepMs) * stepMs
  const groups = new Map<number, EvidenceMinute[]>()
  for (const minute of minutes) {
    const index = Math.floor((minute.at - start) / stepMs)
    const group = groups.get(index)
    if (group) group.push(minute)
    else groups.set(index, [minute])
  }
  const count = Math.floor((last - start) / stepMs) + 1
  return { stepMs, buckets: Array.from({ length: count }, (_, index) => merge(start + index * stepMs, groups.get(index) ?? [])) }
}

/** Buckets with the counts of the stored events in place of those kept: a minute may have gone on after the alarm last looked. */
export function withStored(
  { stepMs, buckets }: EvidenceSeries,
  stored: readonly { readonly at: number; readonly count: number; readonly by: Readonly<Record<string, number>> }[],
): EvidenceSeries {
  const byAt = new Map(stored.map((bucket) => [bucket.at, bucket]))
  return {
    stepMs,
    buckets: buckets.map((bucket) => ({ ...bucket, queries: byAt.get(bucket.at)?.count ?? 0, byType: byAt.get(bucket.at)?.by ?? {} })),
  }
}

/** The types that make up most of the traffic, the rest summed as `other`. Most frequent first. */
export function topTypes(byType: Readonly<Record<string, number>>, limit = 4): readonly string[] {
  return Object.entries(byType)
    .toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .slice(0, limit)
    .map(([type]) => type)
}

/** Lookups by type over all minutes of the alarm; those of its last look where it keeps no minutes. */
export const byTypeOf = ({ minutes, byType }: Evidence): Readonly<Record<string, number>> =>
  minutes.length === 0 ? byType : sumOfTypes(minutes)

export function sumOfTypes(parts: readonly { readonly byType: Readonly<Record<string, number>> }[]): Readonly<Record<string, number>> {
  const sum: Record<string, number> = {}
  for (const part of parts) for (const [type, count] of Object.entries(part.byType)) sum[type] = (sum[type] ?? 0) + count
  return sum
}
