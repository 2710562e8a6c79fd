import type { PairKey } from '@/lib/detectors/detector'
import type { NameSketch, Tally } from '@/lib/domain/tally'
import { GapHistogram } from '@/lib/stats/gap-histogram'
import type { CellTable } from './cell-table'
import { CellTally, type SketchMemory } from './cell-tally'
import { NONE } from './name-records'

/** Order of UTF-16 units: the same on every machine, unlike a locale's. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Lookups of a pair before its gaps are kept: most pairs have fewer, and a histogram weighs more than they do. */
const FIRST_UNCOUNTED = 3

/** How many lookups came, and their gaps. */
export type RhythmSnapshot = readonly [seen: number, gaps: readonly number[] | null]

/** Sketches of fewer names are not remembered: what is worked out from them costs little. */
const FEWEST_REMEMBERED = 4
const NOTHING_SHOWN: readonly NameSketch[] = []

function isSame(known: NameSketch | null, sketch: NameSketch): known is NameSketch {
  if (known === null || known.distinct !== sketch.distinct || known.sample.length !== sketch.sample.length) return false
  return known.exact === sketch.exact && known.complete === sketch.complete && known.sample.every((name, i) => name === sketch.sample[i])
}

/** Lists the pairs that hold tallies for it, so that they can be told to let go. */
export interface TallyKeeper {
  readonly tallied: Pair[]
}

/** A (source, zone) with its minutes, which are chained cells of a table. Detectors get it as a key. */
export class Pair implements PairKey, SketchMemory {
  readonly zone: string
  /** Oldest cell; silent minutes have none. */
  first = NONE
  last = NONE
  /** Lookups, and sum of the weights, of its cells. */
  queries = 0
  weight = 0
  touchedStep = -1
  /** Number of the minute it was last listed for, see `Tallies.askedIn`. */
  listedIn = -1
  /** Let go of; another may stand for its key by now. */
  isGone = false
  /** Lookups ever, and the gaps between them once there are enough. */
  private seen = 0
  private gaps: GapHistogram | null = null
  /** Tallies that a view asked for, chained, one a span: several detectors ask for the same. */
  private tallied: CellTally | null = null
  private talliedFor: TallyKeeper | null = null
  /** Names last shown by its tallies. */
  private shown: readonly NameSketch[] = NOTHING_SHOWN

  constructor(
    readonly of: Zone,
    readonly source: string,
    private readonly table: CellTable,
    rhythm?: RhythmSnapshot,
  ) {
    this.zone = of.zone
    if (rhythm === undefined) return
    this.seen = rhythm[0]
    this.gaps = rhythm[1] === null ? null : new GapHistogram(rhythm[1])
  }

  /** Notes a lookup at `at`, before its cell is told of it: lookups come in order of time. */
  noteArrival(at: number): void {
    this.seen += 1
    if (this.seen <= FIRST_UNCOUNTED) return
    this.gaps ??= new GapHistogram()
    this.gaps.add(at - this.lastAt)
  }

  /** Gaps since the pair was last silent for longer than tallies are kept. */
  histogram(): GapHistogram {
    return this.gaps ?? new GapHistogram()
  }

  rhythm(): RhythmSnapshot {
    return [this.seen, this.gaps?.snapshot() ?? null]
  }

  /** Its last lookup. */
  get lastAt(): number {
    return this.last === NONE ? 0 : (this.table.lastAt[this.last] ?? 0)
  }

  toJSON(): PairKey {
    return { source: this.source, zone: this.zone }
  }

  addCell(row: number): void {
    if (this.last === NONE) this.first = row
    else {
      this.table.next[this.last] = row
      this.table.previous[row] = this.last
    }
    this.last = row
  }

  /** @returns the oldest cell's row, taken off; its owner frees it. */
  shiftCell(): number {
    const { first: row, table } = this
    this.first = table.next[row] ?? NONE
    if (this.first === NONE) this.last = NONE
    else table.previous[this.first] = NONE
    this.queries -= table.queries[row] ?? 0
    this.weight -= table.weight[row] ?? 0
    return row
  }

  /** Rows of its cells from `fromMs` on, oldest first. */
  rowsFrom(fromMs: number): number[] {
    // Most pairs have one cell; a literal, because an empty array grows to seventeen places at its first push.
    if (this.first === this.last) return this.isActive(fromMs) ? [this.last] : []
    const rows: number[] = []
    this.addRowsFrom(fromMs, rows)
    return rows
  }

  addRowsFrom(fromMs: number, rows: number[]): void {
    const { at, next } = this.table
    for (let row = this.first; row !== NONE; row = next[row] ?? NONE) if ((at[row] ?? 0) >= fromMs) rows.push(row)
  }

  isActive(fromMs: number): boolean {
    return this.last !== NONE && (this.table.at[this.last] ?? 0) >= fromMs
  }

  /** Lookups since `fromMs`: walks from both ends, because the span holds nearly all of its minutes or only the last few. */
  queriesFrom(fromMs: number): number {
    const { at, next, previous, queries } = this.table
    let newer = this.last
    let older = this.first
    let found = 0
    let left = this.queries
    for (;;) {
      if (newer === NONE || (at[newer] ?? 0) < fromMs) return found
      if ((at[older] ?? 0) >= fromMs) return left
      found += queries[newer] ?? 0
      newer = previous[newer] ?? NONE
      left -= queries[older] ?? 0
      older = next[older] ?? NONE
    }
  }

  /** @param view - whose tally it is, of a step that ends at `nowMs`. */
  tally(view: TallyKeeper, nowMs: number, fromMs: number): Tally | null {
    if (this.talliedFor === view) {
      for (let known = this.tallied; known !== null; known = known.other) if (known.fromMs === fromMs) return known
    } else {
      this.tallied = null
      this.talliedFor = view
      view.tallied.push(this)
    }
    const rows = this.rowsFrom(fromMs)
    if (rows.length === 0) return null
    this.tallied = new CellTally(this.source, this.zone, fromMs, nowMs, this.table, rows, this.tallied, this)
    return this.tallied
  }

  same(sketch: NameSketch): NameSketch {
    if (sketch.sample.length < FEWEST_REMEMBERED) return sketch
    const [recent = null, older = null] = this.shown
    const known = isSame(recent, sketch) ? recent : isSame(older, sketch) ? older : null
    // Detectors look at two spans in turn.
    if (known !== recent) this.shown = recent === null ? [sketch] : [known ?? sketch, recent]
    return known ?? sketch
  }

  /** The tallies were for a step that is over. */
  dropTallies(): void {
    this.tallied = null
    this.talliedFor = null
  }
}

/** The pairs of a zone. Most zones have one source, which then costs no table. */
export class Zone {
  private more: Map<string, Pair> | null = null
  private first: Pair | null = null
  /** Pairs touched in a step, while they are put in order. */
  readonly gathered: Pair[] = []

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

  forEach(visit: (pair: Pair) => void): void {
    if (this.first !== null) visit(this.first)
    if (this.more !== null) for (const pair of this.more.values()) visit(pair)
  }

  pairs(): readonly Pair[] {
    const first = this.first === null ? [] : [this.first]
    return this.more === null ? first : [...first, ...this.more.values()]
  }

  isActive(fromMs: number): boolean {
    if (this.first?.isActive(fromMs)) return true
    if (this.more !== null) for (const pair of this.more.values()) if (pair.isActive(fromMs)) return true
    return false
  }

  /** Rows of every pair's cells from `fromMs` on. */
  rowsFrom(fromMs: number): number[] {
    const rows: number[] = []
    this.forEach((pair) => {
      pair.addRowsFrom(fromMs, rows)
    })
    return rows
  }
}

/** By zone, then source. Pairs of a zone are brought together first: there are far fewer zones than pairs to sort. */
export function inOrder(pairs: readonly Pair[]): Pair[] {
  const zones: Zone[] = []
  for (const pair of pairs) if (pair.of.gathered.push(pair) === 1) zones.push(pair.of)
  zones.sort((a, b) => compareText(a.zone, b.zone))
  const ordered: Pair[] = []
  for (const { gathered } of zones) {
    if (gathered.length > 1) gathered.sort((a, b) => compareText(a.source, b.source))
    for (const pair of gathered) ordered.push(pair)
    gathered.length = 0
  }
  return ordered
}
