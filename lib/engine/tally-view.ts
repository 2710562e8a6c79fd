import type { PairKey, TallyView } from '@/lib/detectors/detector'
import type { Tally } from '@/lib/domain/tally'
import { type CellTable, MINUTE_MS } from './cell-table'
import { CellTally } from './cell-tally'
import type { NetworkActivity } from './network-activity'
import { compareText, Pair, type TallyKeeper, type Zone } from './tally-pair'

export interface TallyState {
  readonly table: CellTable
  /** Pairs touched in the step, in the order detectors walk through them. */
  readonly touched: readonly Pair[]
  /** Pairs that hold tallies of the step. */
  readonly tallied: Pair[]
  readonly zones: ReadonlyMap<string, Zone>
  readonly activity: NetworkActivity
  askedIn(minute: number): readonly Pair[]
}

/** First minute that lies wholly in the span, so that "n in 5 minutes" never counts more than five minutes. */
const firstMinute = (nowMs: number, spanMs: number): number => Math.ceil((nowMs - spanMs) / MINUTE_MS) * MINUTE_MS

type Totals = ReturnType<TallyView['totals']>

/** The recent past as detectors see it; spans end at `nowMs`. */
export class StepView implements TallyView, TallyKeeper {
  readonly tallied: Pair[]
  private readonly zoneTallies = new Map<string, Tally | null>()
  private readonly zoneSources = new Map<string, readonly Tally[]>()
  private readonly knownTotals = new Map<number, Totals>()
  private next = 0

  constructor(
    private readonly state: TallyState,
    private readonly nowMs: number,
  ) {
    this.tallied = state.tallied
  }

  lookups(key: PairKey, spanMs: number): number {
    const pair = key instanceof Pair && !key.isGone ? key : this.find(key.source, key.zone)
    return pair === undefined ? 0 : pair.queriesFrom(firstMinute(this.nowMs, spanMs))
  }

  askedIn(minute: number): readonly PairKey[] {
    return this.state.askedIn(minute)
  }

  pair(source: string, zone: string, spanMs: number): Tally | null {
    return this.find(source, zone)?.tally(this, this.nowMs, firstMinute(this.nowMs, spanMs)) ?? null
  }

  tally(key: PairKey, spanMs: number): Tally | null {
    const pair = key instanceof Pair && !key.isGone ? key : this.find(key.source, key.zone)
    return pair?.tally(this, this.nowMs, firstMinute(this.nowMs, spanMs)) ?? null
  }

  zone(zone: string, spanMs: number): Tally | null {
    const key = `${spanMs} ${zone}`
    const known = this.zoneTallies.get(key)
    if (known !== undefined) return known
    const fromMs = firstMinute(this.nowMs, spanMs)
    const rows = this.state.zones.get(zone)?.rowsFrom(fromMs) ?? []
    const tally = rows.length === 0 ? null : new CellTally(null, zone, fromMs, this.nowMs, this.state.table, rows)
    this.zoneTallies.set(key, tally)
    return tally
  }

  sourcesOf(zone: string, spanMs: number): readonly Tally[] {
    const key = `${spanMs} ${zone}`
    const known = this.zoneSources.get(key)
    if (known !== undefined) return known
    const fromMs = firstMinute(this.nowMs, spanMs)
    const sources = (this.state.zones.get(zone)?.pairs() ?? [])
      .map((pair) => pair.tally(this, this.nowMs, fromMs))
      .filter((tally): tally is Tally => tally !== null)
      .sort((a, b) => b.queries - a.queries || compareText(a.source ?? '', b.source ?? ''))
    this.zoneSources.set(key, sources)
    return sources
  }

  *pairs(spanMs: number): Iterable<PairKey> {
    const fromMs = firstMinute(this.nowMs, spanMs)
    for (const zone of [...this.state.zones.keys()].sort(compareText))
      for (const pair of (this.state.zones.get(zone)?.pairs() ?? []).toSorted((a, b) => compareText(a.source, b.source)))
        if (pair.isActive(fromMs)) yield { source: pair.source, zone }
  }

  zones(spanMs: number): readonly string[] {
    const fromMs = firstMinute(this.nowMs, spanMs)
    const active: string[] = []
    for (const zone of this.state.zones.values()) if (zone.isActive(fromMs)) active.push(zone.zone)
    return active.sort(compareText)
  }

  minutes(source: string | null, zone: string, spanMs: number): readonly Tally[] {
    const fromMs = firstMinute(this.nowMs, spanMs)
    const { table } = this.state
    const known = this.state.zones.get(zone)
    const rows = (source === null ? known?.rowsFrom(fromMs) : known?.get(source)?.rowsFrom(fromMs)) ?? []
    const byMinute = new Map<number, number[]>()
    for (const row of rows) {
      const at = table.at[row] ?? 0
      const sameMinute = byMinute.get(at)
      if (sameMinute === undefined) byMinute.set(at, [row])
      else sameMinute.push(row)
    }
    return [...byMinute.entries()]
      .sort(([a], [b]) => a - b)
      .map(([minute, ofMinute]) => new CellTally(source, zone, minute, minute + MINUTE_MS, table, ofMinute))
  }

  totals(spanMs: number): Totals {
    const known = this.knownTotals.get(spanMs)
    if (known !== undefined) return known
    const total = this.state.activity.totalsSince(firstMinute(this.nowMs, spanMs))
    this.knownTotals.set(spanMs, total)
    return total
  }

  /** Detectors walk through the touched pairs one after the other: most often the pair is the last one found, or the next. */
  private find(source: string, zone: string): Pair | undefined {
    const { touched, zones } = this.state
    for (let at = Math.max(0, this.next - 1); at <= this.next; at++) {
      const pair = touched[at]
      if (pair === undefined || pair.source !== source || pair.zone !== zone || pair.isGone) continue
      this.next = at + 1
      return pair
    }
    if (this.next > 0 && touched[0]?.source === source && touched[0].zone === zone) this.next = 1
    return zones.get(zone)?.get(source)
  }
}
