import type Database from 'better-sqlite3'
import type { DnsEvent } from '@/lib/domain/dns-event'
import type { LogEvent } from '@/lib/domain/log-event'
import type { ProcessEvent } from '@/lib/domain/process-event'
import { columnNames, createTable, insertInto, PROCESS_COLUMNS, toProcessRow } from './event-row'
import { REBUILD_SUMMARY, SegmentSummary, SUMMARY_SCHEMA } from './event-summary'
import { LookupWriter } from './event-writer'
import { DNS_COLUMNS, REST_OF_OLD, SEGMENT_VERSION, versionOf } from './lookup-row'

/** 16 MB: a batch dirties pages all over the small tables, and carrying them into the file after each one costs a tenth of appending. */
const CHECKPOINT_PAGES = 2_000
/** What a batch dirties stays in memory until it is written; SQLite's own 2 MB spill. */
const CACHE_KB = 8_000

const SCHEMA = `
${createTable('dns_event', DNS_COLUMNS)};
${createTable('process_event', PROCESS_COLUMNS)};
${SUMMARY_SCHEMA}
PRAGMA user_version = ${SEGMENT_VERSION};
`

/** One file of events, writing side. */
export interface EventSegment {
  /** One transaction; @returns how many were new. */
  append(events: readonly LogEvent[], intakeNo: number): number
  /** @returns how many events are left in the segment. */
  removeIntakes(intakeNos: readonly number[]): number
  close(): void
}

/** Prepares the tables of `db` and the statements that fill them. Takes the connection over. */
export function createEventSegment(db: Database.Database): EventSegment {
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  db.pragma(`cache_size = -${CACHE_KB}`)
  if (versionOf(db) < SEGMENT_VERSION) db.transaction(() => prepareTables(db)).immediate()
  const lookups = new LookupWriter(db)
  const summary = new SegmentSummary(db)
  const insertProcess = db.prepare(insertInto('process_event', PROCESS_COLUMNS))

  const appendAll = db.transaction((events: readonly LogEvent[], intakeNo: number) => {
    summary.begin()
    let added = 0
    for (const event of events) if (event.kind === 'process') added += insertProcess.run(toProcessRow(event, intakeNo)).changes
    added += lookups.insert(lookupsInOrder(events), intakeNo, (zone, event) => summary.add(zone, event.source, event.at))
    summary.write()
    return added
  })

  const remove = db.transaction((intakeNos: readonly number[]) => {
    let removed = 0
    for (const intakeNo of intakeNos)
      for (const table of ['dns_event', 'process_event'])
        removed += db.prepare(`DELETE FROM ${table} WHERE intake_no = ?`).run(intakeNo).changes
    if (removed > 0) db.exec(REBUILD_SUMMARY)
    return db.prepare<[], number>('SELECT (SELECT count(*) FROM dns_event) + (SELECT count(*) FROM process_event)').pluck().get()
  })

  return {
    append(events, intakeNo) {
      try {
        return appendAll.immediate(events, intakeNo)
      } catch (error) {
        lookups.forget()
        summary.forget()
        throw error
      }
    },
    removeIntakes(intakeNos) {
      summary.forget()
      return remove.immediate(intakeNos) ?? 0
    },
    close: () => db.close(),
  }
}

/** Asked again within the transaction: another process may have been faster. */
function prepareTables(db: Database.Database): void {
  if (versionOf(db) >= SEGMENT_VERSION) return
  const hasOldRows = db.prepare<[], number>(`SELECT count(*) FROM sqlite_master WHERE name = 'dns_event'`).pluck().get() === 1
  if (hasOldRows) db.exec('ALTER TABLE dns_event RENAME TO old_event; DROP TABLE zone_source')
  db.exec(SCHEMA)
  if (!hasOldRows) return
  const columns = columnNames(DNS_COLUMNS)
  db.exec(`INSERT INTO dns_event (${columns}) SELECT ${columns.replace(/\brest\b/, REST_OF_OLD)} FROM old_event ORDER BY at, id;
    DROP TABLE old_event; ${REBUILD_SUMMARY}`)
}

/** Rows that come in the order of their key go in beside one another. */
function lookupsInOrder(events: readonly LogEvent[]): readonly DnsEvent[] {
  const isLookup = (event: DnsEvent | ProcessEvent): event is DnsEvent => event.kind === 'dns'
  const lookups = events.every(isLookup) ? events : events.filter(isLookup)
  let last: DnsEvent | null = null
  for (const event of lookups) {
    if (last !== null && (event.at < last.at || (event.at === last.at && event.id < last.id)))
      return lookups.toSorted((a, b) => a.at - b.at || a.id - b.id)
    last = event
  }
  return lookups
}
