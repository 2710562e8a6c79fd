import type { PairKey, TallyView } from '@/lib/detectors/detector'
import type { Tally } from '@/lib/domain/tally'
import { CellTally, MINUTE_MS, type MinuteCell } from './minute-cell'

/** A (source, zone) with its minutes, oldest first, silent minutes absent. */
export interface Pair {
  readonly zone: string
  readonly source: string
  readonly cells: MinuteCell[]
  /** Sum of the cells' weights. */
  weight: number
  touchedStep: number
  /** Tallies already made in the step that ends at `nowMs`: several detectors ask for the same span. */
  views: { readonly nowMs: number; readonly bySpan: Map<number, Tally | null> } | null
}

export interface Zone {
  readonly zone: string
  readonly pairs: Map<string, Pair>
}

export interface TallyState {
  readonly zones: ReadonlyMap<string, Zone>
  readonly queriesByMinute: ReadonlyMap<number, number>
  readonly lastMinuteBySource: ReadonlyMap<string, number>
}

/** Order of UTF-16 units: the same on every machine, unlike a locale's. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** First minute that lies wholly in the span, so that "n in 5 minutes" never counts more than five minutes. */
const firstMinute = (nowMs: number, spanMs: number): number => Math.ceil((nowMs - spanMs) / MINUTE_MS) * MINUTE_MS

function cellsFrom(cells: readonly MinuteCell[], fromMs: number): readonly MinuteCell[] {
  let start = cells.length
  while (start > 0 && (cells[start - 1]?.at ?? 0) >= fromMs) start -= 1
  return start === 0 ? cells : cells.slice(start)
}

/** The recent past as detectors see it; spans end at `nowMs`. */
export function createTallyView(state: TallyState, nowMs: number): TallyView {
  const zoneTallies = new Map<string, Tally | null>()
  const totals = new Map<number, { readonly sources: number; readonly queries: number }>()

  const tallyOf = (source: string | null, zone: string, fromMs: number, cells: readonly MinuteCell[]): Tally | null =>
    cells.length === 0 ? null : new CellTally(source, zone, fromMs, nowMs, cells)

  const pairTally = (pair: Pair, spanMs: number): Tally | null => {
    if (pair.views?.nowMs !== nowMs) pair.views = { nowMs, bySpan: new Map() }
    const known = pair.views.bySpan.get(spanMs)
    if (known !== undefined) return known
    const fromMs = firstMinute(nowMs, spanMs)
    const tally = tallyOf(pair.source, pair.zone, fromMs, cellsFrom(pair.cells, fromMs))
    pair.views.bySpan.set(spanMs, tally)
    return tally
  }

  const cellsOfZone = (zone: string, fromMs: number): MinuteCell[] =>
    [...(state.zones.get(zone)?.pairs.values() ?? [])].flatMap((pair) => cellsFrom(pair.cells, fromMs))

  const isActive = (pair: Pair, fromMs: number): boolean => (pair.cells.at(-1)?.at ?? Number.NEGATIVE_INFINITY) >= fromMs

  return {
    pair(source, zone, spanMs) {
      const pair = state.zones.get(zone)?.pairs.get(source)
      return pair === undefined ? null : pairTally(pair, spanMs)
    },
    zone(zone, spanMs) {
      const key = `${spanMs} ${zone}`
      const known = zoneTallies.get(key)
      if (known !== undefined) return known
      const fromMs = firstMinute(nowMs, spanMs)
      const tally = tallyOf(null, zone, fromMs, cellsOfZone(zone, fromMs))
      zoneTallies.set(key, tally)
      return tally
    },
    sourcesOf(zone, spanMs) {
      return [...(state.zones.get(zone)?.pairs.values() ?? [])]
        .map((pair) => pairTally(pair, spanMs))
        .filter((tally): tally is Tally => tally !== null)
        .sort((a, b) => b.queries - a.queries || compareText(a.source ?? '', b.source ?? ''))
    },
    *pairs(spanMs): Iterable<PairKey> {
      const fromMs = firstMinute(nowMs, spanMs)
      for (const zone of [...state.zones.keys()].sort(compareText))
        for (const pair of [...(state.zones.get(zone)?.pairs.values() ?? [])].sort((a, b) => compareText(a.source, b.source)))
          if (isActive(pair, fromMs)) yield { source: pair.source, zone }
    },
    zones(spanMs) {
      const fromMs = firstMinute(nowMs, spanMs)
      return [...state.zones.values()]
        .filter((zone) => [...zone.pairs.values()].some((pair) => isActive(pair, fromMs)))
        .map((zone) => zone.zone)
        .sort(compareText)
    },
    minutes(source, zone, spanMs) {
      const fromMs = firstMinute(nowMs, spanMs)
      const pairCells = source === null ? cellsOfZone(zone, fromMs) : (state.zones.get(zone)?.pairs.get(source)?.cells ?? [])
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
