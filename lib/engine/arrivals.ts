import { GapHistogram } from '@/lib/stats/gap-histogram'
import { KeyCounts, type KeyCountsSnapshot, sumOf } from './key-counts'

/** Lookups of a pair before its gaps are kept: most pairs have fewer, and a histogram weighs more than they do. */
const FIRST_UNCOUNTED = 3

/** When the lookups of a pair came, as far as its rhythm goes. */
export class Arrivals {
  private lastAt = Number.NEGATIVE_INFINITY
  private seen = 0
  private gaps: GapHistogram | null = null

  constructor(snapshot?: ArrivalsSnapshot) {
    if (snapshot === undefined) return
    const [lastAt, seen, gaps] = snapshot
    this.lastAt = lastAt
    this.seen = seen
    this.gaps = gaps === null ? null : new GapHistogram(gaps)
  }

  /** Lookups come in order of time. */
  add(at: number): void {
    this.seen += 1
    if (this.seen > FIRST_UNCOUNTED) {
      this.gaps ??= new GapHistogram()
      this.gaps.add(at - this.lastAt)
    }
    this.lastAt = at
  }

  /** Gaps since the pair was last silent for longer than tallies are kept. */
  histogram(): GapHistogram {
    return this.gaps ?? new GapHistogram()
  }

  snapshot(): ArrivalsSnapshot {
    return [Number.isFinite(this.lastAt) ? this.lastAt : 0, this.seen, this.gaps?.snapshot() ?? null]
  }
}

export type ArrivalsSnapshot = readonly [lastAt: number, seen: number, gaps: readonly number[] | null]

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
