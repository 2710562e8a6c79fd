import type { LogSourceHealth } from '@/lib/domain/log-source'
import type { LogBatch } from '@/lib/formats/read-log'

/** What a way in hands over at once: one request, one read of a socket, one piece of a file. */
export interface Delivery {
  readonly logSourceId: string
  readonly batch: LogBatch
  /**
   * Where to go on reading once this delivery is stored, kept under `placeKey`; JSON. null where nothing can be read
   * again. It is written after the events: after a kill the reader reads some of them twice, and their ids keep them single.
   */
  readonly place: { readonly key: string; readonly value: unknown } | null
}

export interface Receipt {
  readonly added: number
  readonly duplicates: number
}

/** Nothing was stored: more is waiting than may. Compare `code`: bundles do not share the class. */
export class OverloadError extends Error {
  override readonly name = 'OverloadError'
  readonly code = 'overloaded'
  constructor(readonly retryAfterSeconds: number) {
    super(`More is waiting than the engine can hold; send again in ${retryAfterSeconds} s.`)
  }
}

/** The engine's door for senders that stay. A delivery that was accepted is stored, whatever happens to the process. */
export interface StreamIntake {
  /**
   * Stores the delivery at once; detectors see it when event time has passed it.
   *
   * @throws OverloadError before anything is stored.
   */
  accept(delivery: Delivery): Receipt
  /** The place kept under the key, null when there is none. */
  place(key: string): unknown | null
  /** Notes what a listener knows and events do not tell: connections, an error that keeps it from listening. */
  note(logSourceId: string, fact: { readonly connections?: number; readonly error?: string | null }): void
  /** How every log source does that delivered or was noted, by id. */
  health(): readonly LogSourceHealth[]
}
