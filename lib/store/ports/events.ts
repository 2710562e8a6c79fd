import type { CountedLookup, DnsEvent } from '@/lib/domain/dns-event'
import type { LogEvent } from '@/lib/domain/log-event'
import type { Page } from '@/lib/domain/page'
import type { ProcessEvent } from '@/lib/domain/process-event'
import type { TimeRange } from './time-range'

export interface AppendResult {
  readonly added: number
  readonly duplicates: number
  readonly firstAt: number | null
  readonly lastAt: number | null
}

/** Events, in time order. Append-only; the same event twice is stored once. Written by the engine alone. */
export interface EventStore {
  /** One transaction a segment; idempotent by (at, id). */
  append(events: readonly LogEvent[], intakeId: string): AppendResult
  /** All events of the range ordered by (at, id), lazily; `afterId` skips ids up to and including it at `fromMs`. */
  read(range: TimeRange, afterId?: number): Iterable<LogEvent>
  /** What detectors need of the range, in the same order: process starts, and of lookups only those that are tallied. */
  readCounted(range: TimeRange): Iterable<CountedLookup | ProcessEvent>
  /** Range of stored event time, or null when empty. */
  extent(): TimeRange | null
  /** Lookups by filter, newest first, keyset paged. Names match the zone itself and below. */
  findLookups(filter: LookupFilter, limit: number, cursor: string | null): Page<DnsEvent>
  findProcessStarts(filter: { readonly hostId?: string; readonly range: TimeRange }, limit: number): readonly ProcessEvent[]
  /** First and last lookup, count, per source, of one zone in the range. */
  sourcesOfZone(
    zone: string,
    range: TimeRange,
    limit: number,
  ): readonly { source: string; queries: number; firstSeenAt: number; lastSeenAt: number }[]
  /** Removes what the intakes brought (the demo data), with their rejects and accounting. */
  removeIntakes(intakeIds: readonly string[]): void
  close(): void
}

export interface LookupFilter {
  readonly zone?: string
  readonly source?: string
  readonly qtype?: string
  readonly range: TimeRange
}
