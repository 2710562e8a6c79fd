import { KeyCounts, type KeyCountsSnapshot, sumOf } from './key-counts'

export type TypeCountsSnapshot = readonly (readonly [minute: number, counts: KeyCountsSnapshot])[]

/** Everybody's lookups by record type and minute. */
export class TypeCounts {
  private readonly minutes: Map<number, KeyCounts>
  private minute = Number.NaN
  private current = new KeyCounts()

  constructor(snapshot: TypeCountsSnapshot = []) {
    this.minutes = new Map(snapshot.map(([minute, counts]) => [minute, new KeyCounts(counts)]))
  }

  /** @param minute - start of the lookup's minute. */
  add(minute: number, qtype: string): void {
    if (minute !== this.minute) {
      this.minute = minute
      this.current = this.minutes.get(minute) ?? new KeyCounts()
      this.minutes.set(minute, this.current)
    }
    this.current.add(qtype, 1)
  }

  expire(beforeMs: number): void {
    for (const minute of this.minutes.keys()) if (minute < beforeMs) this.minutes.delete(minute)
  }

  /** Counts from `fromMs` on. */
  since(fromMs: number): Record<string, number> {
    return sumOf([...this.minutes].filter(([minute]) => minute >= fromMs).map(([, counts]) => counts))
  }

  snapshot(): TypeCountsSnapshot {
    return [...this.minutes].map(([minute, counts]) => [minute, counts.snapshot()])
  }
}
