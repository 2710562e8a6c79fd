import type Database from 'better-sqlite3'
import type { Cell } from './event-row'

/**
 * Grain of the slot tables. A search for a zone or a source reads only the slots in which it was seen; these small
 * tables cost a tenth of what a secondary index over the events costs on the way in.
 */
export const SLOT_MS = 600_000

/** Who asked for what, by numbers: half the cost of a key made of two names. `zone_source` reads as the names do. */
export const SUMMARY_SCHEMA = `
CREATE TABLE IF NOT EXISTS zone_name (no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS source_name (no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS zone_pair (
  zone_no INTEGER NOT NULL, source_no INTEGER NOT NULL, queries INTEGER NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  PRIMARY KEY (zone_no, source_no)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS zone_slot (zone TEXT NOT NULL, slot INTEGER NOT NULL, PRIMARY KEY (zone, slot)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS source_slot (source TEXT NOT NULL, slot INTEGER NOT NULL, PRIMARY KEY (source, slot)) STRICT, WITHOUT ROWID;
CREATE VIEW IF NOT EXISTS zone_source AS SELECT z.name AS zone, s.name AS source, p.queries, p.first_at, p.last_at
  FROM zone_pair p JOIN zone_name z ON z.no = p.zone_no JOIN source_name s ON s.no = p.source_no;
`

/** The summary of what `dns_event` holds now. */
export const REBUILD_SUMMARY = `
DELETE FROM zone_pair; DELETE FROM zone_slot; DELETE FROM source_slot;
INSERT OR IGNORE INTO zone_name (name) SELECT DISTINCT zone FROM dns_event WHERE zone IS NOT NULL AND source IS NOT NULL;
INSERT OR IGNORE INTO source_name (name) SELECT DISTINCT source FROM dns_event WHERE zone IS NOT NULL AND source IS NOT NULL;
INSERT INTO zone_pair SELECT z.no, s.no, e.queries, e.first_at, e.last_at FROM (
    SELECT zone, source, count(*) AS queries, min(at) AS first_at, max(at) AS last_at FROM dns_event
    WHERE zone IS NOT NULL AND source IS NOT NULL GROUP BY zone, source) e
  JOIN zone_name z ON z.name = e.zone JOIN source_name s ON s.name = e.source;
INSERT INTO zone_slot SELECT DISTINCT zone, at / ${SLOT_MS} FROM dns_event WHERE zone IS NOT NULL;
INSERT INTO source_slot SELECT DISTINCT source, at / ${SLOT_MS} FROM dns_event WHERE source IS NOT NULL;
`

/** Names remembered; beyond it their numbers are looked up again. About 150 B each. */
const MAX_KNOWN = 50_000
const ROWS = 8
const NOT_YET = -1

/** Lookups gathered before they are written: a place among them takes 13 bits of a number, the two names 20 bits each. */
const MAX_GATHERED = 8_192
const MAX_NO = 2 ** 20

interface KnownName {
  readonly no: number
  /** Slot last written. */
  slot: number
}

/**
 * Keeps the small tables of a segment in step with its lookups. What a batch adds is gathered first, so that each key is written
 * once. Gathered are numbers, to be sorted: a table of pairs in memory is asked a place far away for each lookup, and costs as
 * much as the lookup's row.
 */
export class SegmentSummary {
  private readonly zones = new Map<string, KnownName>()
  private readonly sources = new Map<string, KnownName>()
  /** Zone, source and place in `instants`, as one number each. */
  private readonly keys = new Float64Array(MAX_GATHERED)
  private readonly instants = new Float64Array(MAX_GATHERED)
  private gathered = 0
  private readonly cells: Cell[] = []
  private dataVersion: unknown = null
  private readonly version
  private readonly zoneNo
  private readonly sourceNo
  private readonly addZoneSlot
  private readonly addSourceSlot
  private readonly addPair
  private readonly addPairs

  constructor(db: Database.Database) {
    this.version = db.prepare<[], number>('PRAGMA data_version').pluck()
    this.zoneNo = numbering(db, 'zone_name')
    this.sourceNo = numbering(db, 'source_name')
    this.addZoneSlot = db.prepare('INSERT OR IGNORE INTO zone_slot VALUES (?, ?)')
    this.addSourceSlot = db.prepare('INSERT OR IGNORE INTO source_slot VALUES (?, ?)')
    const upsert = (rows: number): Database.Statement =>
      db.prepare(`INSERT INTO zone_pair VALUES ${Array<string>(rows).fill('(?, ?, ?, ?, ?)').join(', ')} ON CONFLICT DO UPDATE SET
        queries = queries + excluded.queries, first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)`)
    this.addPair = upsert(1)
    this.addPairs = upsert(ROWS)
  }

  /** To be called at the start of a transaction. What another connection wrote may have removed what is remembered here. */
  begin(): void {
    const version = this.version.get()
    if (version !== this.dataVersion || this.zones.size + this.sources.size > MAX_KNOWN) this.forget()
    this.dataVersion = version
  }

  add(zone: string | null, source: string | null, at: number): void {
    const slot = Math.floor(at / SLOT_MS)
    const sourceNo = source === null ? NOT_YET : this.source(source, slot)
    if (zone === null) return
    const zoneNo = this.zone(zone, slot)
    if (source === null) return
    if (zoneNo >= MAX_NO || sourceNo >= MAX_NO) {
      this.addPair.run(zoneNo, sourceNo, 1, at, at)
      return
    }
    if (this.gathered === MAX_GATHERED) this.write()
    this.keys[this.gathered] = (zoneNo * MAX_NO + sourceNo) * MAX_GATHERED + this.gathered
    this.instants[this.gathered] = at
    this.gathered += 1
  }

  /** Writes what was gathered, in the order of the table. */
  write(): void {
    const keys = this.keys.subarray(0, this.gathered).sort()
    this.gathered = 0
    let last = NOT_YET
    let queries = 0
    let firstAt = 0
    let lastAt = 0
    for (const key of keys) {
      const pair = Math.floor(key / MAX_GATHERED)
      const at = this.instants[key - pair * MAX_GATHERED] ?? 0
      if (pair !== last) {
        if (queries > 0) this.queue(last, queries, firstAt, lastAt)
        last = pair
        queries = 0
        firstAt = at
        lastAt = at
      }
      queries += 1
      if (at < firstAt) firstAt = at
      if (at > lastAt) lastAt = at
    }
    if (queries > 0) this.queue(last, queries, firstAt, lastAt)
    const { cells } = this
    for (let from = 0; from < cells.length; from += 5) this.addPair.run(...cells.slice(from, from + 5))
    cells.length = 0
  }

  /** To be called when the transaction failed, and when rows were removed. */
  forget(): void {
    this.zones.clear()
    this.sources.clear()
    this.gathered = 0
    this.cells.length = 0
  }

  private queue(pair: number, queries: number, firstAt: number, lastAt: number): void {
    const { cells } = this
    const zoneNo = Math.floor(pair / MAX_NO)
    cells.push(zoneNo, pair - zoneNo * MAX_NO, queries, firstAt, lastAt)
    if (cells.length < 5 * ROWS) return
    this.addPairs.run(...cells)
    cells.length = 0
  }

  private zone(name: string, slot: number): number {
    let known = this.zones.get(name)
    if (known === undefined) {
      known = { no: this.zoneNo(name), slot: NOT_YET }
      this.zones.set(ownText(name), known)
    }
    if (known.slot !== slot) this.addZoneSlot.run(name, slot)
    known.slot = slot
    return known.no
  }

  private source(name: string, slot: number): number {
    let known = this.sources.get(name)
    if (known === undefined) {
      known = { no: this.sourceNo(name), slot: NOT_YET }
      this.sources.set(ownText(name), known)
    }
    if (known.slot !== slot) this.addSourceSlot.run(name, slot)
    known.slot = slot
    return known.no
  }
}

/** A text of its own: a part of a longer one would keep the whole piece of log it was cut from in memory. */
const ownText = (text: string): string => Buffer.from(text, 'utf8').toString('utf8')

/** Gives a name its number, and the same one ever after. */
function numbering(db: Database.Database, table: 'zone_name' | 'source_name'): (name: string) => number {
  const add = db.prepare(`INSERT OR IGNORE INTO ${table} (name) VALUES (?)`)
  const find = db.prepare<[string], number>(`SELECT no FROM ${table} WHERE name = ?`).pluck()
  return (name) => {
    const { changes, lastInsertRowid } = add.run(name)
    return changes > 0 ? Number(lastInsertRowid) : (find.get(name) ?? NOT_YET)
  }
}
