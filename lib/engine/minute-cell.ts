import type { DnsEvent } from '@/lib/domain/dns-event'
import type { NameSketch, Tally } from '@/lib/domain/tally'
import { createNameSketch, type NameSketchBuilder, type SketchedLookup } from '@/lib/names/name-sketch'

export const MINUTE_MS = 60_000

/** Names kept as a plain list; most pairs ask for one or two names a minute, and a sketch costs fifty times a list. */
const FEW_NAMES = 24
/** Names a sketch holds at most (its pruning bound), the cap of a cell's weight. */
const SKETCH_NAMES = 1_024
/** Distinct record types or response codes counted by their own name; a hostile log cannot make the table grow. */
const MAX_KEYS = 64
const OTHER_KEY = 'other'

/** What one source did to one zone in one minute, mutable while the minute is open. */
export interface MinuteCell {
  /** Start of the minute, epoch ms. */
  readonly at: number
  firstAt: number
  lastAt: number
  queries: number
  readonly byType: Record<string, number>
  readonly byRcode: Record<string, number>
  queryBytes: number
  responseBytes: number
  /** Distinct names while they are few; null once there is a sketch. */
  few: SketchedLookup[] | null
  sketch: NameSketchBuilder | null
  /** Names this cell keeps in memory, an upper bound. */
  weight: number
}

/** The minutes of a key that are in memory, from `fromMs` on; source null: of all sources. */
export type CellSource = (source: string | null, zone: string, fromMs: number) => readonly MinuteCell[]

// No prototype: a record type called `constructor` is counted like any other.
const emptyCounts = (): Record<string, number> => Object.create(null) as Record<string, number>

export function newCell(at: number): MinuteCell {
  return {
    at,
    firstAt: Number.POSITIVE_INFINITY,
    lastAt: Number.NEGATIVE_INFINITY,
    queries: 0,
    byType: emptyCounts(),
    byRcode: emptyCounts(),
    queryBytes: 0,
    responseBytes: 0,
    few: [],
    sketch: null,
    weight: 1,
  }
}

function count(counts: Record<string, number>, key: string, by: number): void {
  const seen = counts[key]
  if (seen !== undefined) counts[key] = seen + by
  else if (Object.keys(counts).length < MAX_KEYS) counts[key] = by
  else counts[OTHER_KEY] = (counts[OTHER_KEY] ?? 0) + by
}

/** @returns by how much the cell's weight grew. */
export function addToCell(cell: MinuteCell, event: DnsEvent, zone: string): number {
  cell.queries += 1
  if (event.at < cell.firstAt) cell.firstAt = event.at
  if (event.at > cell.lastAt) cell.lastAt = event.at
  count(cell.byType, event.qtype ?? '-', 1)
  count(cell.byRcode, event.rcode ?? '-', 1)
  cell.queryBytes += event.queryBytes ?? 0
  cell.responseBytes += event.responseBytes ?? 0
  const before = cell.weight
  addName(cell, event, zone)
  return cell.weight - before
}

function addName(cell: MinuteCell, event: DnsEvent, zone: string): void {
  const { qname, qtype, rcode, at } = event
  const { few } = cell
  if (few === null) {
    cell.sketch?.add({ qname, zone, qtype, rcode, at })
    if (cell.weight < SKETCH_NAMES) cell.weight += 1
    return
  }
  for (const seen of few) if (seen.qname === qname) return
  few.push({ qname, zone, qtype, rcode, at })
  cell.weight += 1
  if (few.length <= FEW_NAMES) return
  cell.sketch = sketchOf([cell])
  cell.few = null
}

export function addNamesOf(cell: MinuteCell, builder: NameSketchBuilder): void {
  if (cell.sketch !== null) builder.merge(cell.sketch)
  else for (const lookup of cell.few ?? []) builder.add(lookup)
}

/** Names of all the cells, merged. */
export function sketchOf(cells: readonly MinuteCell[]): NameSketchBuilder {
  const merged = createNameSketch()
  for (const cell of cells) addNamesOf(cell, merged)
  return merged
}

/** Sorted by key, so that two tallies of the same events are equal to the letter. */
function sumCounts(cells: readonly MinuteCell[], field: 'byType' | 'byRcode'): Record<string, number> {
  const total = emptyCounts()
  for (const cell of cells) for (const key of Object.keys(cell[field])) count(total, key, cell[field][key] ?? 0)
  const sorted = emptyCounts()
  for (const key of Object.keys(total).sort()) sorted[key] = total[key] ?? 0
  return sorted
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
    this.types ??= sumCounts(this.cells, 'byType')
    return this.types
  }

  get byRcode(): Readonly<Record<string, number>> {
    this.rcodes ??= sumCounts(this.cells, 'byRcode')
    return this.rcodes
  }

  get names(): NameSketch {
    this.sketch ??= sketchOf(this.cells).view()
    return this.sketch
  }
}

/** A cell as JSON. */
export type CellSnapshot = Omit<MinuteCell, 'sketch'> & { readonly sketch: unknown }

export const cellSnapshot = (cell: MinuteCell): CellSnapshot => ({ ...cell, sketch: cell.sketch === null ? null : cell.sketch.snapshot() })

export const restoreCell = (snapshot: CellSnapshot): MinuteCell => ({
  ...snapshot,
  byType: Object.assign(emptyCounts(), snapshot.byType),
  byRcode: Object.assign(emptyCounts(), snapshot.byRcode),
  few: snapshot.few === null ? null : [...snapshot.few],
  sketch: snapshot.sketch === null ? null : createNameSketch(snapshot.sketch),
})
