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

/** Pairs remembered; beyond it their numbers are looked up again. About 150 B each. */
const MAX_KNOWN = 50_000
const ROWS = 8
const NOT_YET = -1

interface Pair {
  readonly zoneNo: number
  readonly sourceNo: number
  queries: number
  firstAt: number
  lastAt: number
}

interface KnownName {
  readonly no: number
  /** Slot last written. */
  slot: number
}

interface KnownSource extends KnownName {
  readonly name: string
}

interface KnownZone extends KnownName {
  readonly pairs: Map<string, Pair>
}

/** Keeps the small tables of a segment in step with its lookups. What a batch adds is gathered first, so that each key is written once. */
export class SegmentSummary {
  private readonly zones = new Map<string, KnownZone>()
  private readonly sources = new Map<string, KnownSource>()
  private known = 0
  private touched: Pair[] = []
  private dataVersion: unknown = null
  private readonly zoneNo
  private readonly sourceNo
  private readonly addZoneSlot
  private readonly addSourceSlot
  private readonly addPair
  private readonly addPairs

  constructor(private readonly db: Database.Database) {
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
    const version = this.db.pragma('data_version', { simple: true })
    if (version !== this.dataVersion || this.known > MAX_KNOWN) this.forget()
    this.dataVersion = version
  }

  add(zone: string | null, source: string | null, at: number): void {
    const slot = Math.floor(at / SLOT_MS)
    const bySource = source === null ? null : this.source(source, slot)
    if (zone === null) return
    const byZone = this.zone(zone, slot)
    if (source === null || bySource === null) return
    let pair = byZone.pairs.get(source)
    if (pair === undefined) {
      pair = { zoneNo: byZone.no, sourceNo: bySource.no, queries: 0, firstAt: at, lastAt: at }
      byZone.pairs.set(bySource.name, pair)
      this.known += 1
    }
    if (pair.queries === 0) {
      pair.firstAt = at
      pair.lastAt = at
      this.touched.push(pair)
    } else if (at < pair.firstAt) pair.firstAt = at
    else if (at > pair.lastAt) pair.lastAt = at
    pair.queries += 1
  }

  /** Writes what was gathered, in the order of the table. */
  write(): void {
    const { touched } = this
    this.touched = []
    touched.sort((a, b) => a.zoneNo - b.zoneNo || a.sourceNo - b.sourceNo)
    const cells: Cell[] = []
    for (let from = 0; from < touched.length; from += cells.length / 5) {
      const rows = touched.length - from >= ROWS ? ROWS : 1
      cells.length = 0
      for (let at = from; at < from + rows; at++) {
        const pair = touched[at]
        if (pair === undefined) continue
        cells.push(pair.zoneNo, pair.sourceNo, pair.queries, pair.firstAt, pair.lastAt)
        pair.queries = 0
      }
      if (rows === ROWS) this.addPairs.run(cells)
      else this.addPair.run(cells)
    }
  }

  /** To be called when the transaction failed, and when rows were removed. */
  forget(): void {
    this.zones.clear()
    this.sources.clear()
    this.touched = []
    this.known = 0
  }

  private zone(name: string, slot: number): KnownZone {
    let known = this.zones.get(name)
    if (known === undefined) {
      known = { no: this.zoneNo(name), slot: NOT_YET, pairs: new Map() }
      this.zones.set(ownText(name), known)
      this.known += 1
    }
    if (known.slot !== slot) this.addZoneSlot.run(name, slot)
    known.slot = slot
    return known
  }

  private source(name: string, slot: number): KnownSource {
    let known = this.sources.get(name)
    if (known === undefined) {
      const own = ownText(name)
      known = { name: own, no: this.sourceNo(name), slot: NOT_YET }
      this.sources.set(own, known)
      this.known += 1
    }
    if (known.slot !== slot) this.addSourceSlot.run(name, slot)
    known.slot = slot
    return known
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
