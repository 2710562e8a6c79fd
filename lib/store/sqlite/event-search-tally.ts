import type { EventField } from '@/lib/domain/event-search'
import type { EventCounts } from '@/lib/store/ports'
import type { Row } from './event-row'

/** Values of a field that an answer names; the others are counted together. */
const MAX_VALUES = 200
/** Values that divide a bucket; more is no picture. */
const MAX_DIVISIONS = 12
const OTHER = 'other'

interface Bucket {
  count: number
  readonly by: Map<string, number>
}

/** Adds up rows of `[at, …values of the facets]`. */
export class EventTally {
  private total = 0
  private readonly buckets = new Map<number, Bucket>()
  private readonly facets: readonly Map<string | null, number>[]

  constructor(
    private readonly bucketMs: number,
    private readonly fields: readonly EventField[],
  ) {
    this.facets = fields.map(() => new Map())
  }

  add(row: Row): void {
    this.total += 1
    const at = Math.floor(Number(row[0]) / this.bucketMs) * this.bucketMs
    let bucket = this.buckets.get(at)
    if (bucket === undefined) {
      bucket = { count: 0, by: new Map() }
      this.buckets.set(at, bucket)
    }
    bucket.count += 1
    for (let i = 0; i < this.facets.length; i++) {
      const cell = row[i + 1] ?? null
      const value = cell === null ? null : String(cell)
      const facet = this.facets[i]
      facet?.set(value, (facet.get(value) ?? 0) + 1)
      if (i === 0) divide(bucket.by, value ?? 'none')
    }
  }

  result(): EventCounts {
    const buckets = [...this.buckets].sort(([a], [b]) => a - b)
    return {
      total: this.total,
      buckets: buckets.map(([at, { count, by }]) => ({ at, count, by: Object.fromEntries(by) })),
      facets: this.fields.map((field, i) => ({ field, ...topOf(this.facets[i] ?? new Map()) })),
    }
  }
}

function divide(by: Map<string, number>, value: string): void {
  const known = by.get(value)
  const key = known === undefined && by.size >= MAX_DIVISIONS ? OTHER : value
  by.set(key, (by.get(key) ?? 0) + 1)
}

function topOf(counts: ReadonlyMap<string | null, number>) {
  const values = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count)
  const rest = values.slice(MAX_VALUES).reduce((sum, { count }) => sum + count, 0)
  return { values: values.slice(0, MAX_VALUES), rest }
}
