import type { CountedLookup } from '@/lib/domain/dns-event'
import type { NameSketch, Tally } from '@/lib/domain/tally'
import { knownName } from '@/lib/names/name-features'
import { createNameSketch, type NameSketchBuilder, SAMPLE_SIZE, type SketchedLookup, sketchOfFew } from '@/lib/names/name-sketch'
import { KeyCounts, type KeyCountsSnapshot, sumOf } from './key-counts'

export const MINUTE_MS = 60_000

/** Names kept as a plain list; most pairs ask for one or two names a minute, and a sketch costs fifty times a list. */
const FEW_NAMES = 24
/** Names a sketch holds at most (its pruning bound), the cap of a cell's weight. */
const SKETCH_NAMES = 1_024
/** What one source did to one zone in one minute, mutable while the minute is open. */
export interface MinuteCell {
  /** Start of the minute, epoch ms. */
  readonly at: number
  firstAt: number
  lastAt: number
  queries: number
  readonly types: KeyCounts
  readonly rcodes: KeyCounts
  queryBytes: number
  responseBytes: number
  /** Distinct names while they are few; null once there is a sketch. */
  few: SketchedLookup[] | null
  sketch: NameSketchBuilder | null
  /** So many names at the front of `few` are known to be readable. */
  readable: number
  /** Names this cell keeps in memory, an upper bound. */
  weight: number
}

/** The minutes of a key that are in memory, from `fromMs` on; source null: of all sources. */
export type CellSource = (source: string | null, zone: string, fromMs: number) => readonly MinuteCell[]

export function newCell(at: number): MinuteCell {
  return {
    at,
    firstAt: Number.POSITIVE_INFINITY,
    lastAt: Number.NEGATIVE_INFINITY,
    queries: 0,
    types: new KeyCounts(),
    rcodes: new KeyCounts(),
    queryBytes: 0,
    responseBytes: 0,
    few: null,
    sketch: null,
    readable: 0,
    weight: 1,
  }
}

/** @param zone - the event's, as one text for all events of the zone. @returns by how much the cell's weight grew. */
export function addToCell(cell: MinuteCell, event: CountedLookup, zone: string): number {
  cell.queries += 1
  if (event.at < cell.firstAt) cell.firstAt = event.at
  if (event.at > cell.lastAt) cell.lastAt = event.at
  cell.types.add(event.qtype ?? '-', 1)
  cell.rcodes.add(event.rcode ?? '-', 1)
  cell.queryBytes += event.queryBytes ?? 0
  cell.responseBytes += event.responseBytes ?? 0
  const before = cell.weight
  addName(cell, event, zone)
  return cell.weight - before
}

/** Texts of record types and response codes, one of each: events bring copies. */
const codes = new Map<string, string>()
const MAX_CODES = 1_024

function oneText(code: string | null): string | null {
  if (code === null) return null
  const known = codes.get(code)
  if (known !== undefined) return known
  if (codes.size < MAX_CODES) codes.set(code, code)
  return code
}

function addName(cell: MinuteCell, event: CountedLookup, zone: string): void {
  const { qname, qnameRaw: raw, at } = event
  const { few } = cell
  if (cell.sketch !== null) {
    cell.sketch.add({ qname, raw, zone, qtype: event.qtype, rcode: event.rcode, at })
    if (cell.weight < SKETCH_NAMES) cell.weight += 1
    return
  }
  if (few !== null) for (const seen of few) if (seen.qname === qname) return
  cell.weight += 1
  const lookup = { qname, raw, zone, qtype: oneText(event.qtype), rcode: oneText(event.rcode), at }
  if (few === null) {
    // A literal, because an empty array grows to seventeen places at its first push.
    cell.few = [lookup]
    return
  }
  few.push(lookup)
  if (few.length <= FEW_NAMES) return
  cell.sketch = sketchOf([cell])
  cell.few = null
}

/** Whether every name is readable, as far as that is known without a sketch. Each name is asked once. */
function isReadable(cell: MinuteCell): boolean {
  if (cell.sketch !== null) return false
  for (let at = cell.readable; at < (cell.few?.length ?? 0); at++) {
    const lookup = cell.few?.[at]
    if (lookup === undefined || knownName(lookup.qname, lookup.zone).unreadable) return false
    cell.readable = at + 1
  }
  return true
}

export function addNamesOf(cell: MinuteCell, builder: NameSketchBuilder): void {
  if (cell.sketch !== null) builder.merge(cell.sketch)
  else for (const lookup of cell.few ?? []) builder.add(lookup)
}

/** Names of all the cells as plain lists, when they are no more than a sketch shows whole; else null. */
function fewOf(cells: readonly MinuteCell[]): readonly SketchedLookup[] | null {
  const [only] = cells
  if (cells.length === 1 && only !== undefined) return only.sketch === null ? (only.few ?? []) : null
  const few: SketchedLookup[] = []
  for (const cell of cells) {
    if (cell.sketch !== null || few.length + FEW_NAMES > SAMPLE_SIZE) return null
    if (cell.few !== null) for (const lookup of cell.few) few.push(lookup)
  }
  return few
}

function namesOf(cells: readonly MinuteCell[]): NameSketch {
  const few = fewOf(cells)
  return few === null ? sketchOf(cells).view() : sketchOfFew(few)
}

/** Names of all the cells, merged. */
export function sketchOf(cells: readonly MinuteCell[]): NameSketchBuilder {
  const merged = createNameSketch()
  for (const cell of cells) addNamesOf(cell, merged)
  return merged
}

/**
 * A tally over some cells. Counts are summed at once; types, codes and names are merged when first asked for, because
 * most pairs are dismissed by their number of lookups. Holds for the step it was made in: the open minute goes on.
 */
export class CellTally implements Tally {
  readonly firstAt: number
  readonly lastAt: number
  readonly queries: number
  readonly queryBytes: number
  readonly responseBytes: number
  private types: Record<string, number> | null = null
  private rcodes: Record<string, number> | null = null
  private sketch: NameSketch | null = null

  constructor(
    readonly source: string | null,
    readonly zone: string,
    readonly fromMs: number,
    readonly toMs: number,
    private readonly cells: readonly MinuteCell[],
  ) {
    let firstAt = Number.POSITIVE_INFINITY
    let lastAt = Number.NEGATIVE_INFINITY
    let queries = 0
    let queryBytes = 0
    let responseBytes = 0
    for (const cell of cells) {
      if (cell.firstAt < firstAt) firstAt = cell.firstAt
      if (cell.lastAt > lastAt) lastAt = cell.lastAt
      queries += cell.queries
      queryBytes += cell.queryBytes
      responseBytes += cell.responseBytes
    }
    this.firstAt = firstAt
    this.lastAt = lastAt
    this.queries = queries
    this.queryBytes = queryBytes
    this.responseBytes = responseBytes
  }

  get byType(): Readonly<Record<string, number>> {
    this.types ??= sumOf(this.cells.map((cell) => cell.types))
    return this.types
  }

  get byRcode(): Readonly<Record<string, number>> {
    this.rcodes ??= sumOf(this.cells.map((cell) => cell.rcodes))
    return this.rcodes
  }

  get isReadable(): boolean {
    return this.cells.every(isReadable)
  }

  get names(): NameSketch {
    if (this.sketch === null) {
      const view = namesOf(this.cells)
      // An estimate may be a little high; more names than lookups it cannot be.
      this.sketch = view.distinct <= this.queries ? view : { ...view, distinct: this.queries }
    }
    return this.sketch
  }
}

/** A cell as JSON, without names of fields: there are a hundred thousand of them. */
export type CellSnapshot = readonly [
  at: number,
  firstAt: number,
  lastAt: number,
  queries: number,
  types: KeyCountsSnapshot,
  rcodes: KeyCountsSnapshot,
  queryBytes: number,
  responseBytes: number,
  weight: number,
  few: readonly (readonly [qname: string, qtype: string | null, rcode: string | null, at: number, raw?: string])[] | null,
  sketch: unknown,
]

export const cellSnapshot = (cell: MinuteCell): CellSnapshot => [
  cell.at,
  cell.firstAt,
  cell.lastAt,
  cell.queries,
  cell.types.snapshot(),
  cell.rcodes.snapshot(),
  cell.queryBytes,
  cell.responseBytes,
  cell.weight,
  cell.few?.map(({ qname, raw = null, qtype, rcode, at }) =>
    raw === null ? ([qname, qtype, rcode, at] as const) : ([qname, qtype, rcode, at, raw] as const),
  ) ?? null,
  cell.sketch?.snapshot() ?? null,
]

export function restoreCell(snapshot: CellSnapshot, zone: string): MinuteCell {
  const [at, firstAt, lastAt, queries, types, rcodes, queryBytes, responseBytes, weight, few, sketch] = snapshot
  return {
    ...{ at, firstAt, lastAt, queries, queryBytes, responseBytes, weight },
    types: new KeyCounts(types),
    rcodes: new KeyCounts(rcodes),
    readable: 0,
    few: few?.map(([qname, qtype, rcode, firstSeenAt, raw = null]) => ({ qname, raw, zone, qtype, rcode, at: firstSeenAt })) ?? null,
    sketch: sketch === null ? null : createNameSketch(sketch),
  }
}
