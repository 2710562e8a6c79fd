import type Database from 'better-sqlite3'
import type { DnsEvent } from '@/lib/domain/dns-event'
import { registeredDomain } from '@/lib/names/registered-domain'
import type { Cell } from './event-row'
import { DNS_COLUMNS, FIRST_OPTIONAL, writeDnsRow } from './lookup-row'

/**
 * Rows a statement inserts: to call one costs as much as half a row. Cells go in as arguments of the call, because of an array
 * each is fetched through the engine's slow door.
 */
const ROWS = 24
/** Beside a stored row, so many go in one by one before it is asked again where the next stored one is. */
const SINGLY = 64

interface Shape {
  /** Bit n: binds the nth optional column; the others are NULL in its rows. */
  readonly mask: number
  /** Positions in a row of what is bound. */
  readonly bound: Uint8Array
  readonly one: Database.Statement
  readonly many: Database.Statement
  readonly oneCells: Cell[]
  readonly manyCells: Cell[]
}

type OnNew = (zone: string | null, event: DnsEvent) => void

interface Place {
  readonly at: number
  readonly id: number
}

const isBefore = (a: Place, b: Place): boolean => a.at < b.at || (a.at === b.at && a.id < b.id)

/** Inserts rows of lookups; one of which there is a row already (same instant and id) is left out. */
export class LookupWriter {
  private readonly shapes = new Map<number, Shape>()
  private shape: Shape
  /** Rows that wait in `shape.manyCells`. */
  private waiting = 0
  private readonly cells: Cell[] = DNS_COLUMNS.map(() => null)
  private readonly nextStored: Database.Statement<Cell[], [number, number]>

  constructor(private readonly db: Database.Database) {
    this.shape = this.shapeOf(0)
    this.nextStored = db
      .prepare<Cell[], [number, number]>('SELECT at, id FROM dns_event WHERE (at, id) >= (?, ?) ORDER BY at, id LIMIT 1')
      .raw(true)
  }

  /**
   * Where no stored row stands between them, rows go in several at once; elsewhere one by one, to see which are new.
   *
   * @param events - in order of (at, id); of equals the first is meant.
   * @param onNew - called for each that was not there.
   * @returns how many were not.
   */
  insert(events: readonly DnsEvent[], intakeNo: number, onNew: OnNew): number {
    let added = 0
    let last: DnsEvent | null = null
    for (let at = 0; at < events.length; ) {
      const stored = this.storedFrom(events[at])
      let singly = 0
      for (; at < events.length && singly < SINGLY; at++) {
        const event = events[at]
        if (event === undefined || (last !== null && last.at === event.at && last.id === event.id)) continue
        last = event
        const zone = registeredDomain(event.qname)
        writeDnsRow(this.cells, event, zone, intakeNo)
        if (stored === null || isBefore(event, stored)) this.queue()
        else {
          singly += 1
          if (!this.insertOne()) continue
        }
        added += 1
        onNew(zone, event)
      }
      this.flush()
    }
    return added
  }

  private storedFrom(event: DnsEvent | undefined): Place | null {
    const [at, id] = (event === undefined ? undefined : this.nextStored.get(event.at, event.id)) ?? []
    return at === undefined || id === undefined ? null : { at, id }
  }

  private queue(): void {
    this.fitShape()
    const { bound, manyCells } = this.shape
    const from = this.waiting * bound.length
    for (let i = 0; i < bound.length; i++) manyCells[from + i] = this.cells[bound[i] ?? 0] ?? null
    this.waiting += 1
    if (this.waiting < ROWS) return
    this.waiting = 0
    this.shape.many.run(...manyCells)
  }

  private insertOne(): boolean {
    this.fitShape()
    const { bound, one, oneCells } = this.shape
    for (let i = 0; i < bound.length; i++) oneCells[i] = this.cells[bound[i] ?? 0] ?? null
    return one.run(...oneCells).changes > 0
  }

  /** Inserts what waits. */
  private flush(): void {
    const { bound, one, oneCells, manyCells } = this.shape
    for (let row = 0; row < this.waiting; row++) {
      for (let i = 0; i < bound.length; i++) oneCells[i] = manyCells[row * bound.length + i] ?? null
      one.run(...oneCells)
    }
    this.waiting = 0
  }

  /** A failed transaction took what waited with it. */
  forget(): void {
    this.waiting = 0
  }

  /** Most logs fill the same columns in every row, or in some rows fewer. */
  private fitShape(): void {
    let mask = 0
    for (let at = FIRST_OPTIONAL; at < this.cells.length; at++) if (this.cells[at] !== null) mask |= 1 << (at - FIRST_OPTIONAL)
    if ((mask & ~this.shape.mask) === 0) return
    this.flush()
    this.shape = this.shapeOf(mask | this.shape.mask)
  }

  private shapeOf(mask: number): Shape {
    const known = this.shapes.get(mask)
    if (known !== undefined) return known
    const isBound = (at: number): boolean => at < FIRST_OPTIONAL || (mask & (1 << (at - FIRST_OPTIONAL))) !== 0
    const bound = Uint8Array.from([...DNS_COLUMNS.keys()].filter(isBound))
    const names = Array.from(bound, (at) => DNS_COLUMNS[at]?.[0] ?? '').join(', ')
    const values = `(${Array.from(bound, () => '?').join(', ')})`
    const insert = (rows: number): Database.Statement =>
      this.db.prepare(`INSERT OR IGNORE INTO dns_event (${names}) VALUES ${Array<string>(rows).fill(values).join(', ')}`)
    const empty = (rows: number): Cell[] => Array<Cell>(rows * bound.length).fill(null)
    const shape = { mask, bound, one: insert(1), many: insert(ROWS), oneCells: empty(1), manyCells: empty(ROWS) }
    this.shapes.set(mask, shape)
    return shape
  }
}
