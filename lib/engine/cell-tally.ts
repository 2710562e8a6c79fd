import type { NameSketch, Tally } from '@/lib/domain/tally'
import { createNameSketch, SAMPLE_SIZE, sketchOfDistinct } from '@/lib/names/name-sketch'
import type { CellTable } from './cell-table'
import { KeyCounts, recordOf } from './key-counts'
import { NONE } from './name-records'

/** Sketches that the same pair showed before. */
export interface SketchMemory {
  /** @returns an earlier sketch that shows the same, so that what was worked out from it need not be worked out again. */
  same(sketch: NameSketch): NameSketch
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
    private readonly table: CellTable,
    private readonly rows: readonly number[],
    /** Of the same pair and view, for another span. */
    readonly other: CellTally | null = null,
    private readonly memory: SketchMemory | null = null,
  ) {
    let firstAt = Number.POSITIVE_INFINITY
    let lastAt = Number.NEGATIVE_INFINITY
    let queries = 0
    let queryBytes = 0
    let responseBytes = 0
    for (const row of rows) {
      firstAt = Math.min(firstAt, table.firstAt[row] ?? 0)
      lastAt = Math.max(lastAt, table.lastAt[row] ?? 0)
      queries += table.queries[row] ?? 0
      queryBytes += table.queryBytes[row] ?? 0
      responseBytes += table.responseBytes[row] ?? 0
    }
    this.firstAt = firstAt
    this.lastAt = lastAt
    this.queries = queries
    this.queryBytes = queryBytes
    this.responseBytes = responseBytes
  }

  get byType(): Readonly<Record<string, number>> {
    this.types ??= this.countsOf(this.table.byType)
    return this.types
  }

  get byRcode(): Readonly<Record<string, number>> {
    this.rcodes ??= this.countsOf(this.table.byRcode)
    return this.rcodes
  }

  get isReadable(): boolean {
    const { table } = this
    for (const row of this.rows) if (table.sketchOf(row) !== undefined || !table.records.isReadable(table.fewOf(row))) return false
    return true
  }

  get names(): NameSketch {
    if (this.sketch === null) {
      const view = namesOf(this.table, this.zone, this.rows)
      // An estimate may be a little high; more names than lookups it cannot be.
      const sketch = view.distinct <= this.queries ? view : { ...view, distinct: this.queries }
      this.sketch = this.memory === null ? sketch : this.memory.same(sketch)
    }
    return this.sketch
  }

  private countsOf(counts: CellTable['byType']): Record<string, number> {
    const total = new KeyCounts()
    for (const row of this.rows) counts.addTo(total, row, this.table.queries[row] ?? 0)
    return recordOf(total)
  }
}

/** Names of all the cells, merged. */
function namesOf(table: CellTable, zone: string, rows: readonly number[]): NameSketch {
  const [only = NONE] = rows
  const ofOne = rows.length === 1 ? table.sketchOf(only) : undefined
  if (ofOne !== undefined) return ofOne.view()
  const records = describingRecords(table, rows)
  const isSketched = table.hasSketches && rows.some((row) => table.sketchOf(row) !== undefined)
  if (!isSketched && records.length <= SAMPLE_SIZE) return sketchOfDistinct(records.map((record) => table.records.keptOf(record).name))
  // What a sketch shows depends on the lookups alone, not on their order or how often one is added.
  const merged = createNameSketch()
  for (const row of rows) {
    const sketch = table.sketchOf(row)
    if (sketch !== undefined) merged.merge(sketch)
  }
  for (const record of records) merged.addKept(table.records.keptOf(record), zone)
  return merged.view()
}

/** Of each name the record that describes it over all the cells. */
function describingRecords(table: CellTable, rows: readonly number[]): number[] {
  const { records, names } = table
  const found: number[] = []
  names.beginRound()
  for (const row of rows)
    for (let record = table.fewOf(row); record !== NONE; record = records.nextOf(record)) {
      const met = names.meet(records.nameOf(record), found.length)
      if (met < 0) found.push(record)
      else found[met] = records.describing(record, found[met] ?? record)
    }
  return found
}
