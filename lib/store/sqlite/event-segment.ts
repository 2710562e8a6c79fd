import type Database from 'better-sqlite3'
import type { LogEvent } from '@/lib/domain/log-event'
import { registeredDomain } from '@/lib/names/registered-domain'
import { createTable, DNS_COLUMNS, insertInto, PROCESS_COLUMNS, toProcessRow } from './event-row'
import { LookupWriter } from './event-writer'

/**
 * Grain of the slot tables. A search for a zone or a source reads only the slots in which it was seen; these small
 * tables cost a tenth of what a secondary index over the events costs on the way in.
 */
export const SLOT_MS = 600_000

/** 16 MB: a batch dirties pages all over the small tables, and carrying them into the file after each one costs a tenth of appending. */
const CHECKPOINT_PAGES = 4_000

const SCHEMA = `
${createTable('dns_event', DNS_COLUMNS)};
${createTable('process_event', PROCESS_COLUMNS)};
CREATE TABLE IF NOT EXISTS zone_source (
  zone TEXT NOT NULL, source TEXT NOT NULL, queries INTEGER NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  PRIMARY KEY (zone, source)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS zone_slot (zone TEXT NOT NULL, slot INTEGER NOT NULL, PRIMARY KEY (zone, slot)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS source_slot (source TEXT NOT NULL, slot INTEGER NOT NULL, PRIMARY KEY (source, slot)) STRICT, WITHOUT ROWID;
`

const REBUILD = `
DELETE FROM zone_source; DELETE FROM zone_slot; DELETE FROM source_slot;
INSERT INTO zone_source SELECT zone, source, count(*), min(at), max(at) FROM dns_event
  WHERE zone IS NOT NULL AND source IS NOT NULL GROUP BY zone, source;
INSERT INTO zone_slot SELECT DISTINCT zone, at / ${SLOT_MS} FROM dns_event WHERE zone IS NOT NULL;
INSERT INTO source_slot SELECT DISTINCT source, at / ${SLOT_MS} FROM dns_event WHERE source IS NOT NULL;
`

/** One file of events, writing side. */
export interface EventSegment {
  /** One transaction; @returns how many were new. */
  append(events: readonly LogEvent[], intakeNo: number): number
  /** @returns how many events are left in the segment. */
  removeIntakes(intakeNos: readonly number[]): number
  close(): void
}

interface Seen {
  queries: number
  firstAt: number
  lastAt: number
}

/** What a batch adds to the small tables, gathered first so that each key is written once. */
class Summary {
  readonly zoneSources = new Map<string, Map<string, Seen>>()
  readonly zoneSlots = new SlotNotes()
  readonly sourceSlots = new SlotNotes()

  add(zone: string | null, source: string | null, at: number): void {
    const slot = Math.floor(at / SLOT_MS)
    if (source !== null) this.sourceSlots.add(source, slot)
    if (zone === null) return
    this.zoneSlots.add(zone, slot)
    if (source === null) return
    let bySource = this.zoneSources.get(zone)
    if (bySource === undefined) {
      bySource = new Map()
      this.zoneSources.set(zone, bySource)
    }
    const seen = bySource.get(source)
    if (seen === undefined) bySource.set(source, { queries: 1, firstAt: at, lastAt: at })
    else {
      seen.queries += 1
      if (at < seen.firstAt) seen.firstAt = at
      if (at > seen.lastAt) seen.lastAt = at
    }
  }
}

/** (key, slot) to write; a key seen again in its last slot costs one look-up. */
class SlotNotes {
  readonly notes: (readonly [key: string, slot: number])[] = []
  private readonly last = new Map<string, number>()

  add(key: string, slot: number): void {
    if (this.last.get(key) === slot) return
    this.last.set(key, slot)
    this.notes.push([key, slot])
  }
}

/** Prepares the tables of `db` and the statements that fill them. Takes the connection over. */
export function createEventSegment(db: Database.Database): EventSegment {
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  db.exec(SCHEMA)
  const lookups = new LookupWriter(db)
  const insertProcess = db.prepare(insertInto('process_event', PROCESS_COLUMNS))
  const addZoneSource = db.prepare(`INSERT INTO zone_source VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
    queries = queries + excluded.queries, first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)`)
  const addZoneSlot = db.prepare('INSERT OR IGNORE INTO zone_slot VALUES (?, ?)')
  const addSourceSlot = db.prepare('INSERT OR IGNORE INTO source_slot VALUES (?, ?)')

  const appendAll = db.transaction((events: readonly LogEvent[], intakeNo: number) => {
    const summary = new Summary()
    let added = 0
    for (const event of events) {
      if (event.kind === 'process') {
        added += insertProcess.run(toProcessRow(event, intakeNo)).changes
        continue
      }
      const zone = registeredDomain(event.qname)
      if (!lookups.insert(event, zone, intakeNo)) continue
      added += 1
      summary.add(zone, event.source, event.at)
    }
    for (const [zone, bySource] of summary.zoneSources)
      for (const [source, { queries, firstAt, lastAt }] of bySource) addZoneSource.run(zone, source, queries, firstAt, lastAt)
    for (const [zone, slot] of summary.zoneSlots.notes) addZoneSlot.run(zone, slot)
    for (const [source, slot] of summary.sourceSlots.notes) addSourceSlot.run(source, slot)
    return added
  })

  const remove = db.transaction((intakeNos: readonly number[]) => {
    let removed = 0
    for (const intakeNo of intakeNos)
      for (const table of ['dns_event', 'process_event'])
        removed += db.prepare(`DELETE FROM ${table} WHERE intake_no = ?`).run(intakeNo).changes
    if (removed > 0) db.exec(REBUILD)
    return db.prepare<[], number>('SELECT (SELECT count(*) FROM dns_event) + (SELECT count(*) FROM process_event)').pluck().get()
  })

  return {
    append: (events, intakeNo) => appendAll.immediate(events, intakeNo),
    removeIntakes: (intakeNos) => remove.immediate(intakeNos) ?? 0,
    close: () => db.close(),
  }
}
