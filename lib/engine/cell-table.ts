import { createNameSketch, type NameSketchBuilder } from '@/lib/names/name-sketch'
import { CodeCounts, CodeTable, resized } from './code-table'
import type { KeyCountsSnapshot } from './key-counts'
import { NameRecords, NONE } from './name-records'
import { NameTable } from './name-table'

export const MINUTE_MS = 60_000
/** Names kept one by one; most pairs ask for one or two names a minute, and a sketch costs fifty times as much. */
const FEW_NAMES = 24
/** Names a sketch holds at most (its pruning bound), the cap of a cell's weight. */
const SKETCH_NAMES = 1_024
const FIRST_ROWS = 1_024
/** Weight of a cell without names. */
export const EMPTY_WEIGHT = 1

/**
 * What one source did to one zone in one minute, a row each: the hot part of the tallies. Numbers in columns instead of
 * objects, because there are as many cells as lookups in an office: nothing is allocated for a lookup, and the collector
 * has nothing to walk through. Row 0 is none. Whoever adds a row frees it.
 */
export class CellTable {
  readonly names = new NameTable()
  readonly qtypes = new CodeTable()
  readonly rcodes = new CodeTable()
  readonly records = new NameRecords(this.names, this.qtypes, this.rcodes)
  readonly byType = new CodeCounts(this.qtypes)
  readonly byRcode = new CodeCounts(this.rcodes)
  /** Start of the minute, epoch ms. */
  at = new Float64Array(0)
  firstAt = new Float64Array(0)
  lastAt = new Float64Array(0)
  queryBytes = new Float64Array(0)
  responseBytes = new Float64Array(0)
  queries = new Uint32Array(0)
  /** The pair's cells after and before it, in time. */
  next = new Uint32Array(0)
  previous = new Uint32Array(0)
  /** Names the cell keeps in memory, an upper bound, and one for itself. */
  weight = new Uint16Array(0)
  /** Chain of distinct names while they are few. */
  private few = new Uint32Array(0)
  private fewNames = new Uint8Array(0)
  private readonly sketches = new Map<number, NameSketchBuilder>()
  private used = 1
  private firstFree = NONE

  constructor() {
    this.resize(FIRST_ROWS)
  }

  begin(at: number): number {
    const row = this.take()
    this.at[row] = at
    this.firstAt[row] = Number.POSITIVE_INFINITY
    this.lastAt[row] = Number.NEGATIVE_INFINITY
    this.queryBytes[row] = 0
    this.responseBytes[row] = 0
    this.queries[row] = 0
    this.next[row] = NONE
    this.previous[row] = NONE
    this.weight[row] = EMPTY_WEIGHT
    this.few[row] = NONE
    this.fewNames[row] = 0
    this.byType.clear(row)
    this.byRcode.clear(row)
    return row
  }

  free(row: number): void {
    this.records.free(this.few[row] ?? NONE)
    if (this.sketches.size > 0) this.sketches.delete(row)
    this.byType.clear(row)
    this.byRcode.clear(row)
    this.next[row] = this.firstFree
    this.firstFree = row
  }

  /** @param name - held by the caller. @returns by how much the cell's weight grew. */
  add(row: number, at: number, name: number, qtype: number, rcode: number, raw: string | null): number {
    const before = this.queries[row] ?? 0
    this.byType.add(row, qtype, before)
    this.byRcode.add(row, rcode, before)
    this.queries[row] = before + 1
    if (at < (this.firstAt[row] ?? 0)) this.firstAt[row] = at
    if (at > (this.lastAt[row] ?? 0)) this.lastAt[row] = at
    return this.addName(row, at, name, qtype, rcode, raw)
  }

  /** Of a lookup whose sizes are known. */
  addSizes(row: number, queryBytes: number | null, responseBytes: number | null): void {
    if (queryBytes !== null) this.queryBytes[row] = (this.queryBytes[row] ?? 0) + queryBytes
    if (responseBytes !== null) this.responseBytes[row] = (this.responseBytes[row] ?? 0) + responseBytes
  }

  get hasSketches(): boolean {
    return this.sketches.size > 0
  }

  sketchOf(row: number): NameSketchBuilder | undefined {
    return this.sketches.size === 0 ? undefined : this.sketches.get(row)
  }

  /** Chain of its distinct names in `records`; none when there is a sketch. */
  fewOf(row: number): number {
    return this.few[row] ?? NONE
  }

  addNamesTo(builder: NameSketchBuilder, row: number): void {
    const sketch = this.sketchOf(row)
    if (sketch !== undefined) builder.merge(sketch)
    for (let record = this.fewOf(row); record !== NONE; record = this.records.nextOf(record)) builder.add(this.records.lookupOf(record))
  }

  snapshot(row: number): CellSnapshot {
    const queries = this.queries[row] ?? 0
    const few: NameSnapshot[] = []
    for (let record = this.fewOf(row); record !== NONE; record = this.records.nextOf(record)) {
      const { qname, raw = null, qtype, rcode, at } = this.records.lookupOf(record)
      few.push(raw === null ? [qname, qtype, rcode, at] : [qname, qtype, rcode, at, raw])
    }
    return [
      this.at[row] ?? 0,
      this.firstAt[row] ?? 0,
      this.lastAt[row] ?? 0,
      queries,
      this.byType.snapshot(row, queries),
      this.byRcode.snapshot(row, queries),
      this.queryBytes[row] ?? 0,
      this.responseBytes[row] ?? 0,
      this.weight[row] ?? 0,
      few.reverse(),
      this.sketchOf(row)?.snapshot() ?? null,
    ]
  }

  restore(snapshot: CellSnapshot, zone: string): number {
    const [at, firstAt, lastAt, queries, types, rcodes, queryBytes, responseBytes, weight, few, sketch] = snapshot
    const row = this.begin(at)
    this.firstAt[row] = firstAt
    this.lastAt[row] = lastAt
    this.queries[row] = queries
    this.queryBytes[row] = queryBytes
    this.responseBytes[row] = responseBytes
    this.weight[row] = weight
    this.byType.restore(row, types)
    this.byRcode.restore(row, rcodes)
    for (const [qname, qtype, rcode, firstSeenAt, raw = null] of few)
      this.keep(row, this.names.hold(qname, zone), firstSeenAt, this.qtypes.numberOf(qtype), this.rcodes.numberOf(rcode), raw)
    if (sketch !== null) this.sketches.set(row, createNameSketch(sketch))
    return row
  }

  private addName(row: number, at: number, name: number, qtype: number, rcode: number, raw: string | null): number {
    const sketch = this.sketchOf(row)
    const weight = this.weight[row] ?? 0
    if (sketch !== undefined) {
      const { names, qtypes, rcodes } = this
      const zone = names.zoneOf(name)
      sketch.add({ qname: names.textOf(name), raw, zone, qtype: qtypes.textOf(qtype), rcode: rcodes.textOf(rcode), at })
      if (weight >= SKETCH_NAMES) return 0
      this.weight[row] = weight + 1
      return 1
    }
    if (this.records.holds(this.fewOf(row), name)) return 0
    this.keep(row, this.names.holdAgain(name), at, qtype, rcode, raw)
    this.weight[row] = weight + 1
    if ((this.fewNames[row] ?? 0) > FEW_NAMES) this.startSketch(row)
    return 1
  }

  private keep(row: number, name: number, at: number, qtype: number, rcode: number, raw: string | null): void {
    this.few[row] = this.records.add(name, at, qtype, rcode, raw, this.fewOf(row))
    this.fewNames[row] = (this.fewNames[row] ?? 0) + 1
  }

  private startSketch(row: number): void {
    const sketch = createNameSketch()
    this.addNamesTo(sketch, row)
    this.sketches.set(row, sketch)
    this.records.free(this.fewOf(row))
    this.few[row] = NONE
  }

  private take(): number {
    if (this.firstFree !== NONE) {
      const row = this.firstFree
      this.firstFree = this.next[row] ?? NONE
      return row
    }
    if (this.used === this.at.length) this.resize(2 * this.used)
    this.used += 1
    return this.used - 1
  }

  private resize(rows: number): void {
    for (const column of ['at', 'firstAt', 'lastAt', 'queryBytes', 'responseBytes'] as const)
      this[column] = resized(this[column], new Float64Array(rows))
    for (const column of ['queries', 'next', 'previous', 'few'] as const) this[column] = resized(this[column], new Uint32Array(rows))
    this.weight = resized(this.weight, new Uint16Array(rows))
    this.fewNames = resized(this.fewNames, new Uint8Array(rows))
    this.byType.resize(rows)
    this.byRcode.resize(rows)
  }
}

type NameSnapshot = readonly [qname: string, qtype: string | null, rcode: string | null, at: number, raw?: string]

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
  few: readonly NameSnapshot[],
  sketch: unknown,
]
