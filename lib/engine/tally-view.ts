import type { PairKey, TallyView } from '@/lib/detectors/detector'
import type { Tally } from '@/lib/domain/tally'
import type { Arrivals } from './arrivals'
import { CellTally, MINUTE_MS, type MinuteCell } from './minute-cell'

const NO_CELLS: MinuteCell[] = []

/** A (source, zone) with its minutes. */
export class Pair {
  /** Oldest first, silent minutes absent. */
  cells: MinuteCell[] = NO_CELLS
  /** Sum of the cells' weights. */
  weight = 0
  touchedStep = -1
  /** The tally last asked for, and for which step and span: several detectors ask for the same. */
  private view: Tally | null = null
  private viewNowMs = -1
  private viewSpanMs = 0

  /** @param arrivals - when its lookups came. */
  constructor(
    readonly zone: string,
    readonly source: string,
    readonly arrivals: Arrivals,
  ) {}

  addCell(cell: MinuteCell): void {
    // A literal, because an empty array grows to seventeen places at its first push.
    if (this.cells === NO_CELLS) this.cells = [cell]
    else this.cells.push(cell)
  }

  tally(nowMs: number, spanMs: number): Tally | null {
    if (this.viewNowMs === nowMs && this.viewSpanMs === spanMs) return this.view
    const fromMs = firstMinute(nowMs, spanMs)
    this.view = tallyOf(this.source, this.zone, fromMs, nowMs, cellsFrom(this.cells, fromMs))
    this.viewNowMs = nowMs
    this.viewSpanMs = spanMs
    return this.view
  }

  /** The tally was for a step that is over. */
  dropView(): void {
    this.view = null
    this.viewNowMs = -1
  }
}

/** The pairs of a zone. Most zones have one source, which then costs no table. */
export class Zone {
  private more: Map<string, Pair> | null = null
  private first: Pair | null = null

  constructor(readonly zone: string) {}

  get size(): number {
    return (this.first === null ? 0 : 1) + (this.more?.size ?? 0)
  }

  get(source: string): Pair | undefined {
    if (this.first?.source === source) return this.first
    return this.more?.get(source)
  }

  add(pair: Pair): void {
    if (this.first === null) this.first = pair
    else {
      this.more ??= new Map()
      this.more.set(pair.source, pair)
    }
  }

  delete(source: string): void {
    if (this.first?.source === source) this.first = null
    else this.more?.delete(source)
  }

  pairs(): readonly Pair[] {
    const first = this.first === null ? [] : [this.first]
    return this.more === null ? first : [...first, ...this.more.values()]
  }
}

export interface TallyState {
  /** Pairs touched in the step, in the order detectors walk through them. */
  readonly touched: readonly Pair[]
  readonly zones: ReadonlyMap<string, Zone>
  readonly queriesByMinute: ReadonlyMap<number, number>
  readonly lastMinuteBySource: ReadonlyMap<string, number>
}

/** Order of UTF-16 units: the same on every machine, unlike a locale's. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** By zone, then source. Pairs of a zone are brought together first: there are far fewer zones than pairs to sort. */
export function inOrder(pairs: Pair[]): readonly Pair[] {
  const byZone = new Map<string, Pair[]>()
  for (const pair of pairs) {
    const others = byZone.get(pair.zone)
    if (others === undefined) byZone.set(pair.zone, [pair])
    else others.push(pair)
  }
  pairs.length = 0
  for (const zone of [...byZone.keys()].sort(compareText)) {
    const ofZone = byZone.get(zone) ?? []
    if (ofZone.length > 1) ofZone.sort((a, b) => compareText(a.source, b.source))
    for (const pair of ofZone) pairs.push(pair)
  }
  return pairs
}

/** First minute that lies wholly in the span, so that "n in 5 minutes" never counts more than five minutes. */
const firstMinute = (nowMs: number, spanMs: number): number => Math.ceil((nowMs - spanMs) / MINUTE_MS) * MINUTE_MS

function cellsFrom(cells: readonly MinuteCell[], fromMs: number): readonly MinuteCell[] {
  let start = cells.length
  while (start > 0 && (cells[start - 1]?.at ?? 0) >= fromMs) start -= 1
  return start === 0 ? cells : cells.slice(start)
}

const tallyOf = (source: string | null, zone: string, fromMs: number, nowMs: number, cells: readonly MinuteCell[]): Tally | null =>
  cells.length === 0 ? null : new CellTally(source, zone, fromMs, nowMs, cells)

/** The recent past as detectors see it; spans end at `nowMs`. */
export function createTallyView(state: TallyState, nowMs: number): TallyView {
  const zoneTallies = new Map<string, Tally | null>()
  const totals = new Map<number, { readonly sources: number; readonly queries: number }>()

  let next = 0
  /** Detectors walk through the touched pairs one after the other: most often the pair is the last one found, or the next. */
  const find = (source: string, zone: string): Pair | undefined => {
    for (let at = Math.max(0, next - 1); at <= next; at++) {
      const pair = state.touched[at]
      // A pair that was let go has no cells; another may stand for its key by now.
      if (pair === undefined || pair.source !== source || pair.zone !== zone || pair.cells.length === 0) continue
      next = at + 1
      return pair
    }
    if (next > 0 && state.touched[0]?.source === source && state.touched[0].zone === zone) next = 1
    return state.zones.get(zone)?.get(source)
  }

  const cellsOfZone = (zone: string, fromMs: number): MinuteCell[] =>
    (state.zones.get(zone)?.pairs() ?? []).flatMap((pair) => cellsFrom(pair.cells, fromMs))

  const isActive = (pair: Pair, fromMs: number): boolean => (pair.cells.at(-1)?.at ?? Number.NEGATIVE_INFINITY) >= fromMs

  return {
    pair(source, zone, spanMs) {
      return find(source, zone)?.tally(nowMs, spanMs) ?? null
    },
    zone(zone, spanMs) {
      const key = `${spanMs} ${zone}`
      const known = zoneTallies.get(key)
      if (known !== undefined) return known
      const fromMs = firstMinute(nowMs, spanMs)
      const tally = tallyOf(null, zone, fromMs, nowMs, cellsOfZone(zone, fromMs))
      zoneTallies.set(key, tally)
      return tally
    },
    sourcesOf(zone, spanMs) {
      return (state.zones.get(zone)?.pairs() ?? [])
        .map((pair) => pair.tally(nowMs, spanMs))
        .filter((tally): tally is Tally => tally !== null)
        .sort((a, b) => b.queries - a.queries || compareText(a.source ?? '', b.source ?? ''))
    },
    *pairs(spanMs): Iterable<PairKey> {
      const fromMs = firstMinute(nowMs, spanMs)
      for (const zone of [...state.zones.keys()].sort(compareText))
        for (const pair of (state.zones.get(zone)?.pairs() ?? []).toSorted((a, b) => compareText(a.source, b.source)))
          if (isActive(pair, fromMs)) yield { source: pair.source, zone }
    },
    zones(spanMs) {
      const fromMs = firstMinute(nowMs, spanMs)
      return [...state.zones.values()]
        .filter((zone) => zone.pairs().some((pair) => isActive(pair, fromMs)))
        .map((zone) => zone.zone)
        .sort(compareText)
    },
    minutes(source, zone, spanMs) {
      const fromMs = firstMinute(nowMs, spanMs)
      const pairCells = source === null ? cellsOfZone(zone, fromMs) : (state.zones.get(zone)?.get(source)?.cells ?? [])
      const byMinute = new Map<number, MinuteCell[]>()
      for (const cell of pairCells) {
        if (cell.at < fromMs) continue
        const sameMinute = byMinute.get(cell.at)
        if (sameMinute === undefined) byMinute.set(cell.at, [cell])
        else sameMinute.push(cell)
      }
      return [...byMinute.entries()]
        .sort(([a], [b]) => a - b)
        .map(([minute, cells]) => new CellTally(source, zone, minute, minute + MINUTE_MS, cells))
    },
    totals(spanMs) {
      const known = totals.get(spanMs)
      if (known !== undefined) return known
      const fromMs = firstMinute(nowMs, spanMs)
      let sources = 0
      for (const minute of state.lastMinuteBySource.values()) if (minute >= fromMs) sources += 1
      let queries = 0
      for (const [minute, number] of state.queriesByMinute) if (minute >= fromMs) queries += number
      const total = { sources, queries }
      totals.set(spanMs, total)
      return total
    },
  }
}
