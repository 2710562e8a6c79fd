import type { PairKey } from '@/lib/detectors/detector'
import { type CellSnapshot, CellTable, EMPTY_WEIGHT } from './cell-table'
import { type EvictionCount, evictColdest } from './tally-eviction'
import { Pair, type RhythmSnapshot, Zone } from './tally-pair'

export interface PairLimits {
  /** (source, zone) pairs kept; beyond it the least active, oldest pairs go. */
  readonly maxPairs: number
  /** Distinct names kept over all pairs and minutes, an upper bound. */
  readonly maxNames: number
}

export interface PairSnapshot extends PairKey {
  readonly cells: readonly CellSnapshot[]
  readonly rhythm: RhythmSnapshot
}

/** The pairs in memory with their minutes, within limits. */
export class PairTable {
  readonly cells = new CellTable()
  readonly zones = new Map<string, Zone>()
  /** Pairs with a cell in the minute, so that expiry touches nothing else. */
  private readonly byMinute = new Map<number, Pair[]>()
  private count = 0
  private weight = 0
  private evicted: EvictionCount

  constructor(
    private readonly limits: PairLimits,
    evicted: EvictionCount = { pairs: 0, queries: 0 },
  ) {
    this.evicted = evicted
  }

  /** Pairs dropped for lack of room so far, with the lookups they held. */
  get evictions(): EvictionCount {
    return this.evicted
  }

  get size(): { readonly pairs: number; readonly names: number } {
    return { pairs: this.count, names: this.weight }
  }

  get isOverLimits(): boolean {
    return this.count > this.limits.maxPairs || this.weight > this.limits.maxNames
  }

  beginZone(name: string): Zone {
    const zone = new Zone(name)
    this.zones.set(name, zone)
    return zone
  }

  beginPair(zone: Zone, source: string, rhythm?: RhythmSnapshot): Pair {
    const pair = new Pair(zone, source, this.cells, rhythm)
    zone.add(pair)
    this.count += 1
    return pair
  }

  pairOf({ zone: name, source }: PairKey): Pair {
    const zone = this.zones.get(name) ?? this.beginZone(name)
    return zone.get(source) ?? this.beginPair(zone, source)
  }

  /** Gives a pair its cell of a minute, the latest so far. */
  beginCell(pair: Pair, minute: number): number {
    const row = this.cells.begin(minute)
    pair.addCell(row)
    pair.weight += EMPTY_WEIGHT
    this.weight += EMPTY_WEIGHT
    this.listUnder(minute).push(pair)
    return row
  }

  /** A lookup was added to a cell of the pair, which grew by so much. */
  noteGrowth(pair: Pair, grown: number): void {
    pair.queries += 1
    pair.weight += grown
    this.weight += grown
  }

  /** Lets go of minutes before `beforeMs`, and of pairs that have no others. */
  expire(beforeMs: number): void {
    for (const [minute, pairs] of this.byMinute) {
      if (minute >= beforeMs) break
      for (const pair of pairs) this.dropOldCells(pair, beforeMs)
      this.byMinute.delete(minute)
    }
  }

  /** Lets go of the coldest pairs until there is room again. */
  evict(): void {
    const pairs: Pair[] = []
    for (const zone of this.zones.values()) for (const pair of zone.pairs()) pairs.push(pair)
    const victims = evictColdest(pairs, { pairs: this.limits.maxPairs, weight: this.limits.maxNames })
    let queries = 0
    for (const pair of victims) {
      queries += pair.queries
      this.drop(pair)
    }
    for (const [minute, list] of this.byMinute) {
      const kept = list.filter((pair) => !pair.isGone)
      this.byMinute.set(minute, kept)
    }
    this.evicted = { pairs: this.evicted.pairs + victims.length, queries: this.evicted.queries + queries }
  }

  snapshot(): PairSnapshot[] {
    const pairs = [...this.zones.values()].flatMap((zone) => zone.pairs())
    return pairs.map((pair) => ({
      ...pair.toJSON(),
      cells: pair.rowsFrom(Number.NEGATIVE_INFINITY).map((row) => this.cells.snapshot(row)),
      rhythm: pair.rhythm(),
    }))
  }

  /** @param minutes - those there are, oldest first, as expiry expects them. @param sourceOf - one text for one source. */
  restore(pairs: readonly PairSnapshot[], minutes: Iterable<number>, sourceOf: (name: string) => string): void {
    for (const minute of minutes) this.listUnder(minute)
    for (const { zone, source, cells, rhythm } of pairs) {
      const pair = this.beginPair(this.zones.get(zone) ?? this.beginZone(zone), sourceOf(source), rhythm)
      for (const cell of cells) {
        const row = this.cells.restore(cell, pair.zone)
        pair.addCell(row)
        pair.queries += this.cells.queries[row] ?? 0
        pair.weight += this.cells.weight[row] ?? 0
        this.listUnder(cell[0]).push(pair)
      }
      this.weight += pair.weight
    }
  }

  private listUnder(minute: number): Pair[] {
    const list = this.byMinute.get(minute)
    if (list !== undefined) return list
    const created: Pair[] = []
    this.byMinute.set(minute, created)
    return created
  }

  private dropOldCells(pair: Pair, beforeMs: number): void {
    const before = pair.weight
    while (pair.queries > 0 && (this.cells.at[pair.first] ?? 0) < beforeMs) this.cells.free(pair.shiftCell())
    this.weight -= before - pair.weight
    if (pair.queries === 0) this.drop(pair)
  }

  /** Lets go of a pair and of all of its cells. */
  private drop(pair: Pair): void {
    if (pair.isGone) return
    pair.isGone = true
    this.count -= 1
    this.weight -= pair.weight
    while (pair.queries > 0) this.cells.free(pair.shiftCell())
    pair.of.delete(pair.source)
    if (pair.of.size === 0) this.zones.delete(pair.zone)
  }
}
