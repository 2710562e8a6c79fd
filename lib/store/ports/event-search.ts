import type { CountedLookup, DnsEvent } from '@/lib/domain/dns-event'
import type { EventField, EventKind, EventTerm } from '@/lib/domain/event-search'
import type { ProcessEvent } from '@/lib/domain/process-event'
import type { TimeRange } from './time-range'

export interface EventQuery {
  readonly terms: readonly EventTerm[]
  readonly range: TimeRange
}

/** What a search found in the time it was given. */
export interface SearchPage<Row> {
  /** Newest first. */
  readonly rows: readonly Row[]
  /** Where to go on; null when the whole range was read. */
  readonly nextCursor: string | null
  /** Everything from here to the end of the range was looked at, epoch ms. */
  readonly searchedFrom: number
}

export interface FacetValue {
  /** null: the record has none. */
  readonly value: string | null
  readonly count: number
}

export interface EventCounts {
  readonly total: number
  /** `at` is the start of a bucket; sparse, oldest first. `by` counts the values of the first facet, the rest under `other`. */
  readonly buckets: readonly { readonly at: number; readonly count: number; readonly by: Readonly<Record<string, number>> }[]
  readonly facets: readonly {
    readonly field: EventField
    readonly values: readonly FacetValue[]
    /** Events whose value did not make it into `values`. */
    readonly rest: number
  }[]
}

export interface CountPiece extends EventCounts {
  readonly nextCursor: string | null
  /** Everything from here to where this piece began was counted, epoch ms. */
  readonly countedFrom: number
}

/** A zone that few other sources asked for. */
export interface RareZone {
  readonly zone: string
  readonly queries: number
  readonly firstSeenAt: number
  readonly lastSeenAt: number
  /** Other sources that asked for it in the range. */
  readonly otherSources: number
}

/** What a sample of lookups is measured on. */
export type SampledLookup = Pick<CountedLookup, 'at' | 'source' | 'zone' | 'qname' | 'qtype'>

/**
 * Searches over stored events that never hold the thread: a few thousand rows at a time, other work in between, and an end
 * after the store's time budget, whatever the range; the answer says how far it came and where to go on.
 */
export interface EventSearch {
  lookups(query: EventQuery, limit: number, cursor: string | null): Promise<SearchPage<DnsEvent>>
  processStarts(query: EventQuery, limit: number, cursor: string | null): Promise<SearchPage<ProcessEvent>>
  /** Counts from the newest event on, by bucket and by value. Pieces add up. */
  count(kind: EventKind, query: EventQuery, bucketMs: number, cursor: string | null): Promise<CountPiece>
  /**
   * Shows the counted lookups of short spans, one span after the other in the given order, as many whole spans as the time
   * allows, at least one. `visit` is given the span's place in the list. @returns how many spans were shown.
   */
  sample(spans: readonly TimeRange[], visit: (lookup: SampledLookup, span: number) => void): Promise<number>
  /**
   * Zones of a source that at most `maxOthers` other sources asked for, in the days the range touches, most asked first.
   * `complete` is false when the time did not suffice.
   */
  rareZones(
    source: string,
    range: TimeRange,
    maxOthers: number,
    limit: number,
  ): Promise<{ readonly zones: readonly RareZone[]; readonly complete: boolean }>
}
