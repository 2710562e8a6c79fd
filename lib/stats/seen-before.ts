import { BloomFilter, type ItemHash } from './bloom-filter'

/** Periods remembered: the one under way and the two before it. */
const PERIODS = 3

interface Snapshot {
  readonly period: number
  readonly since: number
  /** Newest first, null when nothing was noted. */
  readonly filters: readonly (string | null)[]
}

/**
 * Remembers over three periods which items were noted, in at most 192 KB however many there are. An item is old when it
 * was noted in the period before the last one, so at least one period ago. About 1 in 100 new items is taken for old at
 * 50,000 items a period.
 */
export class SeenBefore {
  private period: number | null
  private since: number
  private filters: (BloomFilter | null)[]

  constructor(
    private readonly periodMs: number,
    snapshot?: Snapshot | null,
  ) {
    this.period = snapshot?.period ?? null
    this.since = snapshot?.since ?? 0
    this.filters = (snapshot?.filters ?? Array.from({ length: PERIODS }, () => null)).map((bits) =>
      bits === null ? null : new BloomFilter(bits),
    )
  }

  /** Instants come in order. */
  note(item: ItemHash, at: number): void {
    this.turnTo(at)
    this.filters[0] ??= new BloomFilter()
    this.filters[0].add(item)
  }

  /** Noted at least one whole period ago. */
  isOld(item: ItemHash, at: number): boolean {
    this.turnTo(at)
    return this.filters[PERIODS - 1]?.has(item) ?? false
  }

  /** Too young to call anything new: nothing was noted two periods ago, because nothing was observed then. */
  isLearning(at: number): boolean {
    this.turnTo(at)
    return Math.floor(at / this.periodMs) - this.since < PERIODS - 1
  }

  /** JSON; null before the first item. */
  snapshot(): Snapshot | null {
    if (this.period === null) return null
    return { period: this.period, since: this.since, filters: this.filters.map((filter) => filter?.base64() ?? null) }
  }

  private turnTo(at: number): void {
    const period = Math.floor(at / this.periodMs)
    if (this.period === null) this.since = period
    else if (period > this.period) {
      const gap = Math.min(PERIODS, period - this.period)
      this.filters = [...Array.from({ length: gap }, () => null), ...this.filters].slice(0, PERIODS)
    } else return
    this.period = period
  }
}
