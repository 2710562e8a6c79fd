import type { PairKey, TallyView } from '@/lib/detectors/detector'
import type { CountedLookup, DnsEvent } from '@/lib/domain/dns-event'
import type { NameSketchBuilder } from '@/lib/names/name-sketch'
import { registeredDomain } from '@/lib/names/registered-domain'
import type { GapHistogram } from '@/lib/stats/gap-histogram'
import { MINUTE_MS } from './cell-table'
import { NONE } from './name-records'
import { type ActivitySnapshot, NetworkActivity } from './network-activity'
import { type PairLimits, type PairSnapshot, PairTable } from './pair-table'
import { Repeats } from './repeats'
import { SourceTable } from './source-table'
import type { EvictionCount } from './tally-eviction'
import { inOrder, type Pair, type Zone } from './tally-pair'
import { StepView } from './tally-view'

export interface TallyLimits extends PairLimits {
  /** How far back views can look, at least the longest span a detector asks for. */
  readonly retentionMs: number
}

/** A bound for what is held; the collector's slack comes on top. Measured with random names in `bench/README.md`. */
export const DEFAULT_LIMITS: TallyLimits = { retentionMs: 61 * MINUTE_MS, maxPairs: 100_000, maxNames: 400_000 }

/** What one source did to one zone in one minute. */
export interface MinuteCell {
  /** Start of the minute, epoch ms. */
  readonly at: number
  readonly lastAt: number
  readonly queries: number
  addNamesTo(builder: NameSketchBuilder): void
}

/** The minutes of a key that are in memory, from `fromMs` on; source null: of all sources. */
export type CellSource = (source: string | null, zone: string, fromMs: number) => readonly MinuteCell[]

interface TalliesSnapshot {
  readonly pairs: readonly PairSnapshot[]
  readonly activity: ActivitySnapshot
  readonly evicted: EvictionCount
  readonly touched: readonly PairKey[]
  readonly asked: { readonly minute: number; readonly pairs: readonly PairKey[] } | null
  readonly repeats: unknown
}

/**
 * Rolling minute tallies of client lookups below a registered domain. Memory is bounded by `limits` whatever arrives.
 * Single-threaded and deterministic: the same events in the same order give the same views.
 */
export class Tallies {
  private readonly pairs: PairTable
  private readonly sources: SourceTable
  private readonly repeats: Repeats
  private readonly activity: NetworkActivity
  private touched: Pair[] = []
  /** Touched in the step before. */
  private viewed: readonly Pair[] = []
  /** Pairs that hold tallies of the step before, which are let go of when the next step begins. */
  private tallied: Pair[] = []
  private step = 0
  /** Pairs touched in the minute under way, see `askedIn`. */
  private asked: Pair[] = []
  private askedMinute: number | null = null
  constructor(
    private readonly limits: TallyLimits = DEFAULT_LIMITS,
    saved?: unknown,
  ) {
    const snapshot = saved as TalliesSnapshot | undefined
    this.pairs = new PairTable(limits, snapshot?.evicted)
    this.activity = new NetworkActivity(limits.maxPairs, snapshot?.activity)
    const { names, qtypes } = this.pairs.cells
    this.sources = new SourceTable(limits.maxPairs)
    this.repeats = new Repeats({ sources: this.sources, names, qtypes }, snapshot?.repeats)
    if (snapshot !== undefined) this.restore(snapshot)
  }

  /** Pairs dropped for lack of room so far, with the lookups they held. */
  get evictions(): EvictionCount {
    return this.pairs.evictions
  }

  /** Pairs and names held now. */
  get size(): { readonly pairs: number; readonly names: number } {
    return this.pairs.size
  }

  /** Counts a lookup, unless it is none of a client's, has no source or no registered domain. */
  add(event: DnsEvent): void {
    const counted = countedOf(event)
    if (counted !== null) this.count(counted)
  }

  /** Counts a lookup, unless it repeats one of the last few seconds or is not counted at all. */
  addOnce(event: DnsEvent | CountedLookup): void {
    const counted = 'zone' in event ? event : countedOf(event)
    if (counted !== null) this.countAs(counted, true)
  }

  /** Counts a lookup that was sorted out already. */
  count(event: CountedLookup): void {
    this.countAs(event, false)
  }

  private countAs(event: CountedLookup, onlyOnce: boolean): void {
    const { at, qname, zone } = event
    const { names, qtypes } = this.pairs.cells
    const known = this.pairs.zones.get(zone)
    const source = this.sources.get(event.source)
    const name = names.hold(qname, known?.zone ?? zone)
    const qtype = qtypes.numberOf(event.qtype)
    if (!onlyOnce || !this.repeats.isRepeat(at, source, name, qtype))
      this.countNumbered(event, known ?? this.pairs.beginZone(zone), source.name, name, qtype)
    names.release(name)
    if (this.pairs.isOverLimits) this.evict()
  }

  private countNumbered(event: CountedLookup, zone: Zone, source: string, name: number, qtype: number): void {
    const { at, qnameRaw: raw, queryBytes, responseBytes } = event
    const { cells } = this.pairs
    const minute = at - (at % MINUTE_MS)
    this.activity.count(minute, cells.qtypes.keyOf(qtype))
    const pair = zone.get(source) ?? this.pairs.beginPair(zone, source)
    pair.noteArrival(at)
    const row = this.cellOf(pair, minute)
    cells.addSizes(row, queryBytes, responseBytes)
    this.pairs.noteGrowth(pair, cells.add(row, at, name, qtype, cells.rcodes.numberOf(event.rcode), raw))
    if (pair.touchedStep === this.step) return
    pair.touchedStep = this.step
    this.touched.push(pair)
  }

  /** True when nothing was counted since `takeTouched`. */
  get isUntouched(): boolean {
    return this.touched.length === 0
  }

  /** Pairs touched since the last call, ordered by zone then source. */
  takeTouched(): readonly PairKey[] {
    this.dropTallies()
    const touched = inOrder(this.touched)
    this.viewed = touched
    this.touched = []
    this.step += 1
    this.listAsked(touched)
    return touched
  }

  /** Pairs of the steps taken in the minute under way, in order of the step they were first touched in, then as in it. */
  askedIn(minute: number): readonly Pair[] {
    return minute === this.askedMinute ? this.asked : []
  }

  /** Minutes of one source's lookups of a zone (null: everybody's) that are in memory, from `fromMs` on. */
  cellsOf(source: string | null, zone: string, fromMs: number): readonly MinuteCell[] {
    const { zones, cells: table } = this.pairs
    const known = zones.get(zone)
    const rows = (source === null ? known?.rowsFrom(fromMs) : known?.get(source)?.rowsFrom(fromMs)) ?? []
    return rows.map((row) => ({
      at: table.at[row] ?? 0,
      lastAt: table.lastAt[row] ?? 0,
      queries: table.queries[row] ?? 0,
      addNamesTo: (builder) => table.addNamesTo(builder, row),
    }))
  }

  /** Gaps between the lookups of a pair; null when it is not in memory. */
  gapsOf(source: string, zone: string): GapHistogram | null {
    return this.pairs.zones.get(zone)?.get(source)?.histogram() ?? null
  }

  /** Everybody's lookups by record type, from `fromMs` on. */
  typesSince(fromMs: number): Readonly<Record<string, number>> {
    return this.activity.typesSince(fromMs)
  }

  /** A view whose spans end at `nowMs`. Forgets minutes older than the retention. */
  viewAt(nowMs: number): TallyView {
    this.expire(nowMs - this.limits.retentionMs)
    this.dropTallies()
    const { activity, viewed: touched, tallied } = this
    const { zones, cells: table } = this.pairs
    const askedIn = (minute: number): readonly Pair[] => this.askedIn(minute)
    return new StepView({ table, zones, activity, touched, tallied, askedIn }, nowMs)
  }

  snapshot(): unknown {
    return {
      pairs: this.pairs.snapshot(),
      activity: this.activity.snapshot(),
      evicted: this.evictions,
      touched: this.touched.map((pair) => pair.toJSON()),
      asked:
        this.askedMinute === null ? null : { minute: this.askedMinute, pairs: this.askedIn(this.askedMinute).map((pair) => pair.toJSON()) },
      repeats: this.repeats.snapshot(),
    } satisfies TalliesSnapshot
  }

  private restore(snapshot: TalliesSnapshot): void {
    this.pairs.restore(
      snapshot.pairs,
      snapshot.activity.minutes.map(([minute]) => minute),
      (name) => this.sources.get(name).name,
    )
    for (const key of snapshot.touched) {
      const pair = this.pairs.pairOf(key)
      pair.touchedStep = this.step
      this.touched.push(pair)
    }
    this.askedMinute = snapshot.asked?.minute ?? null
    this.asked = (snapshot.asked?.pairs ?? []).map((key) => this.pairs.pairOf(key))
    for (const pair of this.asked) pair.listedIn = (this.askedMinute ?? 0) / MINUTE_MS
  }

  private listAsked(touched: readonly Pair[]): void {
    const [one] = touched
    if (one === undefined) return
    // Of the pairs themselves: after a restart nothing was counted yet in this minute.
    const minute = this.pairs.cells.at[one.last] ?? 0
    if (this.askedMinute !== minute) {
      this.askedMinute = minute
      this.asked = []
    }
    const number = minute / MINUTE_MS
    for (const pair of touched) {
      if (pair.listedIn === number) continue
      pair.listedIn = number
      this.asked.push(pair)
    }
  }

  /** The pair's cell of the minute, which is its last one if it has it. */
  private cellOf(pair: Pair, minute: number): number {
    if (pair.last !== NONE && this.pairs.cells.at[pair.last] === minute) return pair.last
    this.activity.noteSource(pair.source, minute)
    return this.pairs.beginCell(pair, minute)
  }

  private dropTallies(): void {
    for (const pair of this.tallied) pair.dropTallies()
    this.tallied = []
  }

  private expire(beforeMs: number): void {
    if (this.askedMinute !== null && this.askedMinute < beforeMs) this.asked = []
    this.activity.expire(beforeMs)
    this.pairs.expire(beforeMs)
  }

  private evict(): void {
    this.pairs.evict()
    this.touched = this.touched.filter((pair) => !pair.isGone)
    this.asked = this.asked.filter((pair) => !pair.isGone)
  }
}

function countedOf(event: DnsEvent): CountedLookup | null {
  const { scope, source, kind, id, at, qname, qnameRaw, qtype, rcode, queryBytes, responseBytes } = event
  if (scope !== 'client' || source === null) return null
  const zone = registeredDomain(qname)
  return zone === null ? null : { kind, id, at, source, zone, qname, qnameRaw, qtype, rcode, queryBytes, responseBytes }
}
