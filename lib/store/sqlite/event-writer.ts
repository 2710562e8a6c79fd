import type Database from 'better-sqlite3'
import type { DnsEvent } from '@/lib/domain/dns-event'
import { type Cell, columnNames, DNS_COLUMNS, insertInto, toDnsRow } from './event-row'

/** Columns of which a log has one or two values: written into the statement, as binding a value costs as much as storing it. */
const LITERAL: ReadonlySet<string> = new Set(['intake_no', 'time_quality', 'transport', 'qname_lossy', 'scope', 'attempts'])
/** Statements kept; a log in which more shapes of rows alternate is written by the statement that binds everything. */
const MAX_SHAPES = 32
/** Beyond it a value is bound rather than made part of a shape. */
const MAX_LITERAL = 0xffff

interface Shape {
  /** Positions in a row of what is bound. */
  readonly bound: Uint8Array
  readonly literals: readonly Cell[]
  readonly nulls: number
  readonly insert: Database.Statement
  readonly cells: Cell[]
}

const LITERAL_AT: readonly number[] = DNS_COLUMNS.flatMap(([name], at) => (LITERAL.has(name) ? [at] : []))

/** Inserts rows of lookups; a row of which there is one already (same instant and id) is left as it is. */
export class LookupWriter {
  private readonly shapes: Shape[] = []
  private readonly insertAny: Database.Statement

  constructor(private readonly db: Database.Database) {
    this.insertAny = db.prepare(insertInto('dns_event', DNS_COLUMNS))
  }

  /** @returns whether the lookup is new. */
  insert(event: DnsEvent, zone: string | null, intakeNo: number): boolean {
    const row = toDnsRow(event, zone, intakeNo)
    const shape = this.shapeOf(row)
    if (shape === null) return this.insertAny.run(row).changes > 0
    const { bound, cells } = shape
    for (let i = 0; i < bound.length; i++) cells[i] = row[bound[i] ?? 0] ?? null
    return shape.insert.run(cells).changes > 0
  }

  /** Most often the shape of the row before, which is kept in front. */
  private shapeOf(row: readonly Cell[]): Shape | null {
    const { shapes } = this
    const nulls = nullsOf(row)
    for (let i = 0; i < shapes.length; i++) {
      const shape = shapes[i]
      if (shape === undefined || shape.nulls !== nulls || !hasLiterals(shape, row)) continue
      if (i > 0) {
        shapes[i] = shapes[i - 1] ?? shape
        shapes[i - 1] = shape
      }
      return shape
    }
    if (shapes.length >= MAX_SHAPES || !LITERAL_AT.every((at) => isLiteral(row[at]))) return null
    const shape = this.prepare(row, nulls)
    shapes.push(shape)
    return shape
  }

  private prepare(row: readonly Cell[], nulls: number): Shape {
    const bound: number[] = []
    const values = DNS_COLUMNS.map((_, at) => {
      const value = row[at] ?? null
      if (value === null) return 'NULL'
      if (LITERAL_AT.includes(at)) return String(value)
      bound.push(at)
      return '?'
    })
    const sql = `INSERT OR IGNORE INTO dns_event (${columnNames(DNS_COLUMNS)}) VALUES (${values.join(', ')})`
    const literals = LITERAL_AT.map((at) => row[at] ?? null)
    return { bound: Uint8Array.from(bound), literals, nulls, insert: this.db.prepare(sql), cells: bound.map(() => null) }
  }
}

/** Bit n: column n is NULL. */
function nullsOf(row: readonly Cell[]): number {
  let nulls = 0
  for (let at = 0; at < row.length; at++) if (row[at] === null) nulls |= 1 << at
  return nulls
}

function hasLiterals({ literals }: Shape, row: readonly Cell[]): boolean {
  for (let i = 0; i < literals.length; i++) if (literals[i] !== row[LITERAL_AT[i] ?? 0]) return false
  return true
}

/** Only whole numbers become part of a statement, never text. */
const isLiteral = (value: Cell | undefined): boolean =>
  value === null || (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_LITERAL)
