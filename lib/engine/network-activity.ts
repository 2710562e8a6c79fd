import { TypeCounts, type TypeCountsSnapshot } from './type-counts'

export interface ActivitySnapshot {
  readonly sources: readonly (readonly [string, number])[]
  readonly minutes: readonly (readonly [number, number])[]
  readonly types: TypeCountsSnapshot
}

/** What everybody asked, minute by minute: lookups, by record type, and who was active. */
export class NetworkActivity {
  private readonly queriesByMinute: Map<number, number>
  /** Source → start of the last minute it was seen in, longest unseen first. */
  private readonly lastMinuteBySource: Map<string, number>
  private readonly types: TypeCounts
  /** The minute under way, counted apart from the table of minutes. */
  private minute = Number.NEGATIVE_INFINITY
  private minuteQueries = 0

  /** @param maxSources - beyond it the longest unseen are forgotten. */
  constructor(
    private readonly maxSources: number,
    snapshot?: ActivitySnapshot,
  ) {
    this.queriesByMinute = new Map(snapshot?.minutes)
    this.lastMinuteBySource = new Map(snapshot?.sources)
    this.types = new TypeCounts(snapshot?.types)
  }

  count(minute: number, qtype: string): void {
    if (minute !== this.minute) {
      this.closeMinute()
      this.minute = minute
    }
    this.minuteQueries += 1
    this.types.add(minute, qtype)
  }

  noteSource(source: string, minute: number): void {
    if (this.lastMinuteBySource.get(source) === minute) return
    this.lastMinuteBySource.delete(source)
    this.lastMinuteBySource.set(source, minute)
    if (this.lastMinuteBySource.size <= this.maxSources) return
    for (const oldest of this.lastMinuteBySource.keys()) {
      this.lastMinuteBySource.delete(oldest)
      break
    }
  }

  /** Sources active and lookups counted from `fromMs` on. */
  totalsSince(fromMs: number): { readonly sources: number; readonly queries: number } {
    this.closeMinute()
    let sources = 0
    for (const minute of this.lastMinuteBySource.values()) if (minute >= fromMs) sources += 1
    let queries = 0
    for (const [minute, number] of this.queriesByMinute) if (minute >= fromMs) queries += number
    return { sources, queries }
  }

  typesSince(fromMs: number): Readonly<Record<string, number>> {
    return this.types.since(fromMs)
  }

  expire(beforeMs: number): void {
    this.types.expire(beforeMs)
    for (const minute of this.queriesByMinute.keys()) if (minute < beforeMs) this.queriesByMinute.delete(minute)
    for (const [source, minute] of this.lastMinuteBySource) {
      if (minute >= beforeMs) break
      this.lastMinuteBySource.delete(source)
    }
  }

  snapshot(): ActivitySnapshot {
    this.closeMinute()
    return { sources: [...this.lastMinuteBySource], minutes: [...this.queriesByMinute], types: this.types.snapshot() }
  }

  private closeMinute(): void {
    if (this.minuteQueries === 0) return
    this.queriesByMinute.set(this.minute, (this.queriesByMinute.get(this.minute) ?? 0) + this.minuteQueries)
    this.minuteQueries = 0
  }
}
