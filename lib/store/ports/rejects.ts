import type { RecordReader, Reject } from '@/lib/domain/log-event'

/** How much is kept of what could not be read, for one import or log source. */
export interface KeptRejects {
  readonly records: number
  readonly bytes: number
  /** Records that made room for newer ones, since the first was kept. */
  readonly dropped: number
}

/** Rejected records that were kept together: they are read again by one reader, after one preamble. */
export interface KeptPart {
  readonly no: number
  readonly reader: RecordReader
  readonly preamble: string
  /** Count of its records by the reason they were rejected for. */
  readonly reasons: Readonly<Record<string, number>>
  readonly records: readonly Uint8Array[]
}

/**
 * Rejected records as they came, bounded for each owner and together: the oldest make room. An owner is an id that events
 * are stored under: an import's, or `log-source:` and a log source's.
 */
export interface RejectStore {
  /** Keeps the records of rejects that carry one. The same delivery again keeps nothing twice. */
  keep(owner: string, rejects: readonly Reject[], nowMs: number): void
  /** By owner; those of whom nothing is kept are left out. */
  kept(): ReadonlyMap<string, KeptRejects>
  /** Number of the newest part, 0 when there is none. */
  newest(owner: string): number
  /** Parts in the order they came, up to `newest`, read one at a time. */
  parts(owner: string, newest: number): Iterable<KeptPart>
  /** Forgets parts up to `newest` and keeps in their stead what still could not be read. */
  replace(owner: string, newest: number, rejects: readonly Reject[], nowMs: number): void
}
