import type { CountEventsResponse } from '@/lib/api/contracts/event-search'
import type { EventField } from '@/lib/domain/event-search'

export interface AddedCounts {
  readonly total: number
  readonly buckets: readonly { readonly at: number; readonly count: number; readonly by: Readonly<Record<string, number>> }[]
  readonly facets: readonly {
    readonly field: EventField
    readonly values: readonly { readonly value: string | null; readonly count: number }[]
    readonly rest: number
  }[]
}

/** The pieces of a count as one; the values of a facet most frequent first. */
export function addCounts(pieces: readonly CountEventsResponse[]): AddedCounts {
  const buckets = new Map<number, { count: number; by: Record<string, number> }>()
  const facets = new Map<EventField, { counts: Map<string | null, number>; rest: number }>()
  for (const piece of pieces) {
    for (const { at, count, by } of piece.buckets) {
      const bucket = buckets.get(at) ?? { count: 0, by: {} }
      bucket.count += count
      for (const [value, some] of Object.entries(by)) bucket.by[value] = (bucket.by[value] ?? 0) + some
      buckets.set(at, bucket)
    }
    for (const { field, values, rest } of piece.facets) {
      const facet = facets.get(field) ?? { counts: new Map<string | null, number>(), rest: 0 }
      facet.rest += rest
      for (const { value, count } of values) facet.counts.set(value, (facet.counts.get(value) ?? 0) + count)
      facets.set(field, facet)
    }
  }
  return {
    total: pieces.reduce((sum, piece) => sum + piece.total, 0),
    buckets: [...buckets].map(([at, bucket]) => ({ at, ...bucket })).sort((a, b) => a.at - b.at),
    facets: [...facets].map(([field, { counts, rest }]) => ({
      field,
      rest,
      values: [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count),
    })),
  }
}

const SERIES = 4

export interface Histogram {
  /** Values drawn on their own, most frequent first; what else there is is `other`. */
  readonly names: readonly string[]
  /** Every bucket of the span, gaps as zeros. */
  readonly data: readonly ({ readonly at: number } & Readonly<Record<string, number>>)[]
}

/** Buckets without gaps over the span, divided by the most frequent values. */
export function histogramOf({ buckets }: AddedCounts, range: { readonly from: number; readonly to: number }, bucketMs: number): Histogram {
  const totals = new Map<string, number>()
  for (const { by } of buckets) for (const [value, count] of Object.entries(by)) totals.set(value, (totals.get(value) ?? 0) + count)
  const ordered = [...totals].filter(([value]) => value !== 'other').sort(([, a], [, b]) => b - a)
  const names = ordered.slice(0, ordered.length > SERIES + 1 ? SERIES : SERIES + 1).map(([value]) => value)
  const known = new Map(buckets.map((bucket) => [bucket.at, bucket]))
  const data: Histogram['data'][number][] = []
  for (let at = Math.floor(range.from / bucketMs) * bucketMs; at < range.to; at += bucketMs) {
    const bucket = known.get(at)
    const row: Record<string, number> & { at: number } = { at, other: bucket?.count ?? 0 }
    names.forEach((name, index) => {
      const count = bucket?.by[name] ?? 0
      // Keyed by place: a value may be any text.
      row[`s${index}`] = count
      row.other = (row.other ?? 0) - count
    })
    data.push(row)
  }
  return { names, data }
}
