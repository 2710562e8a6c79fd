import type { PairKey, TallyView } from '@/lib/detectors/detector'
import type { CountedLookup, DnsEvent } from '@/lib/domain/dns-event'
import { registeredDomain } from '@/lib/names/registered-domain'
import type { GapHistogram } from '@/lib/stats/gap-histogram'
import { Arrivals, type ArrivalsSnapshot, TypeCounts, type TypeCountsSnapshot } from './arrivals'
import { addToCell, type CellSnapshot, cellSnapshot, MINUTE_MS, type MinuteCell, newCell, restoreCell } from './minute-cell'
import { type EvictionCount, evictColdest } from './tally-eviction'
import { createTallyView, inOrder, Pair, Zone } from './tally-view'

export interface TallyLimits {
  /** How far back views can look, at least the longest span a detector asks for. */
  readonly retentionMs: number
  /** (source, zone) pairs kept; beyond it the least active, oldest pairs go. */
  readonly maxPairs: number
  /** Distinct names kept over all pairs and minutes, an upper bound; about 500 B each with what they hang on. */
  readonly maxNames: number
}

/** A bound for what is held; the collector's slack comes on top. Measured with random names in `bench/README.md`. */
export const DEFAULT_LIMITS: TallyLimits = { retentionMs: 61 * MINUTE_MS, maxPairs: 100_000, maxNames: 400_000 }

interface TalliesSnapshot {
  readonly pairs: readonly {
    readonly zone: string
    readonly source: string
    readonly cells: readonly CellSnapshot[]
    readonly arrivals?: ArrivalsSnapshot
  }[]
  readonly sources: readonly (readonly [string, number])[]
  readonly minutes: readonly (readonly [number, number])[]
  readonly evicted: EvictionCount
  readonly touched: readonly PairKey[]
  readonly types?: TypeCountsSnapshot
}

/**
 * Rolling minute tallies of client lookups below a registered domain. Memory is bounded by `limits` whatever arrives.
 * Single-threaded and deterministic: the same events in the same order give the same views.
 */
export class Tallies {
  private readonly zones = new Map<string, Zone>()
  /** Pairs with a cell in the minute, so that expiry touches nothing else. */
  private readonly pairsByMinute = new Map<number, Pair[]>()
  private readonly queriesByMinute = new Map<number, number>()
  /** Source → start of the last minute it was seen in. */
  private readonly lastMinuteBySource = new Map<string, number>()
  private readonly sourceNames = new Map<string, string>()
  private types = new TypeCounts()
  private pairCount = 0
  private weight = 0
  private evicted: EvictionCount = { pairs: 0, queries: 0 }
  private touched: Pair[] = []
  /** Touched in the step before; their tallies are let go of when the next step begins. */
  private viewed: readonly Pair[] = []
  private step = 0
  /** The minute under way, counted apart from the table of minutes. */
  private minute = Number.NEGATIVE_INFINITY
  private minuteQueries = 0

  constructor(
    private readonly limits: TallyLimits = DEFAULT_LIMITS,
    snapshot?: unknown,
  ) {
    if (snapshot !== undefined) this.restore(snapshot as TalliesSnapshot)
  }

  /** Pairs dropped for lack of room so far, with the lookups they held. */
  get evictions(): EvictionCount {
    return this.evicted
  }

  /** Pairs and names held now. */
  get size(): { readonly pairs: number; readonly names: number } {
    return { pairs: this.pairCount, names: this.weight }
  }

  /** Counts a lookup, unless it is none of a client's, has no source or no registered domain. */
  add(event: DnsEvent): void {
    const { scope, source, kind, id, at, qname, qnameRaw, qtype, rcode, queryBytes, responseBytes } = event
    if (scope !== 'client' || source === null) return
    const zone = registeredDomain(qname)
    if (zone !== null) this.count({ kind, id, at, source, zone, qname, qnameRaw, qtype, rcode, queryBytes, responseBytes })
  }

  /** Counts a lookup that was sorted out already. */
  count(event: CountedLookup): void {
    const minute = event.at - (event.at % MINUTE_MS)
    if (minute !== this.minute) this.turnMinute(minute)
    this.minuteQueries += 1
    const pair = this.pairOf(event.zone, event.source)
    pair.arrivals.add(event.at)
    this.types.add(minute, event.qtype ?? '-')
    this.weight += this.cellAdd(pair, event, minute)
    if (pair.touchedStep !== this.step) {
      pair.touchedStep = this.step
      this.touched.push(pair)
    }
    if (this.pairCount > this.limits.maxPairs || this.weight > this.limits.maxNames) this.evict()
  }

  /** True when nothing was counted since `takeTouched`. */
  get isUntouched(): boolean {
    return this.touched.length === 0
  }

  /** Pairs touched since the last call, ordered by zone then source. */
  takeTouched(): readonly PairKey[] {
    for (const pair of this.viewed) pair.dropView()
    const touched = this.touched
    this.viewed = touched
    this.touched = []
    this.step += 1
    return inOrder(touched).map(({ source, zone }) => ({ source, zone }))
  }

  /** Minutes of one source's lookups of a zone (null: everybody's) that are in memory, from `fromMs` on. */
  cellsOf(source: string | null, zone: string, fromMs: number): readonly MinuteCell[] {
    const known = this.zones.get(zone)
    if (known === undefined) return []
    if (source === null) return known.pairs().flatMap((pair) => pair.cells.filter((cell) => cell.at >= fromMs))
    return known.get(source)?.cells.filter((cell) => cell.at >= fromMs) ?? []
  }

  /** Gaps between the lookups of a pair; null when it is not in memory. */
  gapsOf(source: string, zone: string): GapHistogram | null {
    return this.zones.get(zone)?.get(source)?.arrivals.histogram() ?? null
  }

  /** Everybody's lookups by record type, from `fromMs` on. */
  typesSince(fromMs: number): Readonly<Record<string, number>> {
    return this.types.since(fromMs)
  }

  /** A view whose spans end at `nowMs`. Forgets minutes older than the retention. */
  viewAt(nowMs: number): TallyView {
    this.expire(nowMs - this.limits.retentionMs)
    this.turnMinute(this.minute)
    return createTallyView(
      { zones: this.zones, queriesByMinute: this.queriesByMinute, lastMinuteBySource: this.lastMinuteBySource, touched: this.viewed },
      nowMs,
    )
  }

  snapshot(): unknown {
    this.turnMinute(this.minute)
    const pairs = [...this.zones.values()].flatMap((zone) => zone.pairs())
    return {
      pairs: pairs.map((pair) => ({
        zone: pair.zone,
        source: pair.source,
        cells: pair.cells.map(cellSnapshot),
        arrivals: pair.arrivals.snapshot(),
      })),
      sources: [...this.lastMinuteBySource],
      minutes: [...this.queriesByMinute],
      evicted: this.evicted,
      touched: this.touched.map(({ source, zone }) => ({ source, zone })),
      types: this.types.snapshot(),
    } satisfies TalliesSnapshot
  }

  private restore(snapshot: TalliesSnapshot): void {
    // Oldest first, as expiry expects them.
    for (const [minute] of snapshot.minutes) this.listUnder(minute)
    this.types = new TypeCounts(snapshot.types)
    for (const { zone, source, cells, arrivals } of snapshot.pairs) {
      const pair = this.pairOf(zone, source, arrivals)
      for (const cell of cells) pair.addCell(restoreCell(cell, pair.zone))
      for (const cell of pair.cells) {
        pair.weight += cell.weight
        this.listUnder(cell.at).push(pair)
      }
      this.weight += pair.weight
    }
    for (const [source, minute] of snapshot.sources) this.lastMinuteBySource.set(source, minute)
    for (const [minute, queries] of snapshot.minutes) this.queriesByMinute.set(minute, queries)
    this.evicted = snapshot.evicted
    for (const { source, zone } of snapshot.touched) {
      const pair = this.pairOf(zone, source)
      pair.touchedStep = this.step
      this.touched.push(pair)
    }
  }

  private pairOf(zoneName: string, source: string, arrivals?: ArrivalsSnapshot): Pair {
    let zone = this.zones.get(zoneName)
    if (zone === undefined) {
      zone = new Zone(zoneName)
      this.zones.set(zoneName, zone)
    }
    const known = zone.get(source)
    if (known !== undefined) return known
    const pair = new Pair(zone.zone, this.kept(source), new Arrivals(arrivals))
    zone.add(pair)
    this.pairCount += 1
    return pair
  }

  /** One text for one source, however many events name it. */
  private kept(source: string): string {
    const known = this.sourceNames.get(source)
    if (known !== undefined) return known
    if (this.sourceNames.size >= this.limits.maxPairs) this.sourceNames.clear()
    this.sourceNames.set(source, source)
    return source
  }

  private cellAdd(pair: Pair, event: CountedLookup, minute: number): number {
    let cell = pair.cells[pair.cells.length - 1]
    let grown = 0
    if (cell === undefined || cell.at !== minute) {
      cell = newCell(minute)
      pair.addCell(cell)
      this.listUnder(minute).push(pair)
      grown = cell.weight
      this.noteSource(pair.source, minute)
    }
    grown += addToCell(cell, event, pair.zone)
    pair.weight += grown
    return grown
  }

  private listUnder(minute: number): Pair[] {
    const list = this.pairsByMinute.get(minute)
    if (list !== undefined) return list
    const created: Pair[] = []
    this.pairsByMinute.set(minute, created)
    return created
  }

  private turnMinute(to: number): void {
    if (this.minuteQueries > 0) this.queriesByMinute.set(this.minute, (this.queriesByMinute.get(this.minute) ?? 0) + this.minuteQueries)
    this.minuteQueries = 0
    this.minute = to
  }

  /** Most recently seen last, so that old sources are found at the front. */
  private noteSource(source: string, minute: number): void {
    if (this.lastMinuteBySource.get(source) === minute) return
    this.lastMinuteBySource.delete(source)
    this.lastMinuteBySource.set(source, minute)
    if (this.lastMinuteBySource.size <= this.limits.maxPairs) return
    for (const oldest of this.lastMinuteBySource.keys()) {
      this.lastMinuteBySource.delete(oldest)
      break
    }
  }

  private expire(beforeMs: number): void {
    this.types.expire(beforeMs)
    for (const [minute, pairs] of this.pairsByMinute) {
      if (minute >= beforeMs) break
      for (const pair of pairs) this.dropOldCells(pair, beforeMs)
      this.pairsByMinute.delete(minute)
      this.queriesByMinute.delete(minute)
    }
    for (const [source, minute] of this.lastMinuteBySource) {
      if (minute >= beforeMs) break
      this.lastMinuteBySource.delete(source)
    }
  }

  private dropOldCells(pair: Pair, beforeMs: number): void {
    while (pair.cells.length > 0 && (pair.cells[0]?.at ?? 0) < beforeMs) {
      const weight = pair.cells.shift()?.weight ?? 0
      pair.weight -= weight
      this.weight -= weight
    }
    if (pair.cells.length === 0) this.drop(pair)
  }

  private drop(pair: Pair): void {
    const zone = this.zones.get(pair.zone)
    if (zone?.get(pair.source) !== pair) return
    zone.delete(pair.source)
    if (zone.size === 0) this.zones.delete(pair.zone)
    this.pairCount -= 1
    this.weight -= pair.weight
    pair.weight = 0
  }

  private evict(): void {
    const pairs = [...this.zones.values()].flatMap((zone) => zone.pairs())
    const victims = evictColdest(pairs, { pairs: this.limits.maxPairs, weight: this.limits.maxNames })
    let queries = 0
    for (const pair of victims) {
      for (const cell of pair.cells) queries += cell.queries
      this.drop(pair)
      pair.cells.length = 0
    }
    const gone = new Set(victims)
    this.touched = this.touched.filter((pair) => !gone.has(pair))
    for (const [minute, list] of this.pairsByMinute) {
      const kept = list.filter((pair) => !gone.has(pair))
      this.pairsByMinute.set(minute, kept)
    }
    this.evicted = { pairs: this.evicted.pairs + victims.length, queries: this.evicted.queries + queries }
  }
}
