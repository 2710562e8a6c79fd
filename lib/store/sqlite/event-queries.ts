import type Database from 'better-sqlite3'
import type { CountedLookup, DnsEvent } from '@/lib/domain/dns-event'
import type { LogEvent } from '@/lib/domain/log-event'
import type { ProcessEvent } from '@/lib/domain/process-event'
import { registeredDomain } from '@/lib/names/registered-domain'
import type { LookupFilter, TimeRange } from '@/lib/store/ports'
import { type Cell, columnNames, fromProcessRow, PROCESS_COLUMNS, type Row } from './event-row'
import { SLOT_MS } from './event-summary'
import { COUNTED_COLUMNS, fromCountedRow, fromDnsRow, IS_COUNTED, lookupColumns } from './lookup-row'

/** A place in the order (at, id). */
export interface Place {
  readonly at: number
  readonly id: number
}

const selectLookups = (db: Database.Database): string => `SELECT ${lookupColumns(db)} FROM dns_event`
const PROCESS = `SELECT ${columnNames(PROCESS_COLUMNS)} FROM process_event`
const COUNTED = `SELECT ${COUNTED_COLUMNS} FROM dns_event`
const inRange = (condition: string): string => `WHERE (at, id) > (?, ?) AND at < ?${condition} ORDER BY at, id LIMIT ?`
/** Rows fetched at once: a page of rows costs less than row by row, and holds no lock while it is worked on. */
const PAGE_ROWS = 2_000

/** Rows of one table after a place, page by page. */
function* pages<Event extends Place>(
  select: Database.Statement<Cell[], Row>,
  from: (row: Row) => Event,
  after: Place,
  toMs: number,
): Generator<Event> {
  let place = after
  for (;;) {
    const rows = select.all(place.at, place.id, toMs, PAGE_ROWS)
    let last: Event | null = null
    for (const row of rows) {
      last = from(row)
      yield last
    }
    if (last === null || rows.length < PAGE_ROWS) return
    place = { at: last.at, id: last.id }
  }
}

/** Two sorted streams as one. */
function* merged<Left extends Place, Right extends Place>(left: Iterable<Left>, right: Iterator<Right>): Generator<Left | Right> {
  let other = right.next()
  for (const event of left) {
    while (!other.done && (other.value.at < event.at || (other.value.at === event.at && other.value.id < event.id))) {
      yield other.value
      other = right.next()
    }
    yield event
  }
  for (; !other.done; other = right.next()) yield other.value
}

const statement = (db: Database.Database, sql: string): Database.Statement<Cell[], Row> => db.prepare<Cell[], Row>(sql).raw(true)

/** Events after `after` and before `toMs`, in (at, id) order. */
export function readEvents(db: Database.Database, after: Place, toMs: number): Iterable<LogEvent> {
  const lookups = pages(statement(db, `${selectLookups(db)} ${inRange('')}`), fromDnsRow, after, toMs)
  return merged(lookups, pages(statement(db, `${PROCESS} ${inRange('')}`), fromProcessRow, after, toMs))
}

/** What detectors need of them. */
export function readCounted(db: Database.Database, after: Place, toMs: number): Iterable<CountedLookup | ProcessEvent> {
  const lookups = pages(statement(db, `${COUNTED} ${inRange(` AND ${IS_COUNTED}`)}`), fromCountedRow, after, toMs)
  return merged(lookups, pages(statement(db, `${PROCESS} ${inRange('')}`), fromProcessRow, after, toMs))
}

/** First and last instant in the segment, or null when empty. */
export function extentOf(db: Database.Database): { readonly firstAt: number; readonly lastAt: number } | null {
  const [firstAt, lastAt] = db
    .prepare<[], [number | null, number | null]>(
      `SELECT min(first), max(last) FROM (SELECT min(at) AS first, max(at) AS last FROM dns_event
       UNION ALL SELECT min(at), max(at) FROM process_event)`,
    )
    .raw(true)
    .get() ?? [null, null]
  return firstAt === null || lastAt === null ? null : { firstAt, lastAt }
}

interface Condition {
  readonly sql: string
  readonly values: readonly Cell[]
}

function conditionsOf(filter: LookupFilter): Condition {
  const parts: { sql: string; values: Cell[] }[] = []
  if (filter.zone !== undefined) {
    const below = `.${filter.zone}`
    // Compared by its end, not with LIKE: a name may hold % and _.
    parts.push({ sql: '(qname = ? OR substr(qname, ?) = ?)', values: [filter.zone, -below.length, below] })
  }
  if (filter.source !== undefined) parts.push({ sql: 'source = ?', values: [filter.source] })
  if (filter.qtype !== undefined) parts.push({ sql: 'qtype = ?', values: [filter.qtype] })
  return { sql: parts.map(({ sql }) => ` AND ${sql}`).join(''), values: parts.flatMap(({ values }) => values) }
}

/** Slots in which the filter's zone (else source) was seen, newest first; null when there is nothing to narrow by. */
function slotsOf(db: Database.Database, filter: LookupFilter): readonly number[] | null {
  const zone = filter.zone === undefined ? null : registeredDomain(filter.zone)
  const [table, column, value] = zone !== null ? ['zone_slot', 'zone', zone] : ['source_slot', 'source', filter.source ?? null]
  if (value === null) return null
  const { fromMs, toMs } = filter.range
  return db
    .prepare<Cell[], number>(`SELECT slot FROM ${table} WHERE ${column} = ? AND slot >= ? AND slot < ? ORDER BY slot DESC`)
    .pluck()
    .all(value, Math.floor(fromMs / SLOT_MS), Math.ceil(toMs / SLOT_MS))
}

/** Lookups before `before` that match, newest first, at most `limit`. */
export function findLookups(db: Database.Database, filter: LookupFilter, before: Place, limit: number): readonly DnsEvent[] {
  const { sql, values } = conditionsOf(filter)
  const select = db
    .prepare<Cell[], Row>(`${selectLookups(db)} WHERE at >= ? AND (at, id) < (?, ?)${sql} ORDER BY at DESC, id DESC LIMIT ?`)
    .raw(true)
  const { fromMs } = filter.range
  const slots = slotsOf(db, filter)
  if (slots === null) return select.all(fromMs, before.at, before.id, ...values, limit).map(fromDnsRow)
  const found: DnsEvent[] = []
  for (const slot of slots) {
    const start = slot * SLOT_MS
    if (start > before.at) continue
    const end = start + SLOT_MS <= before.at ? { at: start + SLOT_MS, id: -1 } : before
    const page = select.all(Math.max(fromMs, start), end.at, end.id, ...values, limit - found.length)
    for (const row of page) found.push(fromDnsRow(row))
    if (found.length >= limit) break
  }
  return found
}

export function findProcessStarts(
  db: Database.Database,
  filter: { readonly hostId?: string; readonly range: TimeRange },
  limit: number,
): readonly ProcessEvent[] {
  const { fromMs, toMs } = filter.range
  const host = filter.hostId === undefined ? '' : ' AND host_id = ?'
  const values: Cell[] = filter.hostId === undefined ? [fromMs, toMs] : [fromMs, toMs, filter.hostId]
  return db
    .prepare<Cell[], Row>(`${PROCESS} WHERE at >= ? AND at < ?${host} ORDER BY at DESC, id DESC LIMIT ?`)
    .raw(true)
    .all(...values, limit)
    .map(fromProcessRow)
}

export interface SourceOfZone {
  readonly source: string
  readonly queries: number
  readonly firstSeenAt: number
  readonly lastSeenAt: number
}

type SourceRow = [source: string, queries: number, firstAt: number, lastAt: number]
const toSource = ([source, queries, firstSeenAt, lastSeenAt]: SourceRow): SourceOfZone => ({ source, queries, firstSeenAt, lastSeenAt })

/** Who asked for the registered domain. A segment that lies wholly in the range answers from its own summary. */
export function sourcesOfZone(db: Database.Database, zone: string, range: TimeRange): readonly SourceOfZone[] {
  const extent = extentOf(db)
  if (extent === null) return []
  if (extent.firstAt >= range.fromMs && extent.lastAt < range.toMs)
    return db
      .prepare<Cell[], SourceRow>('SELECT source, queries, first_at, last_at FROM zone_source WHERE zone = ?')
      .raw(true)
      .all(zone)
      .map(toSource)
  return db
    .prepare<Cell[], SourceRow>(
      `SELECT e.source, count(*), min(e.at), max(e.at) FROM zone_slot s
       JOIN dns_event e ON e.at >= max(?, s.slot * ${SLOT_MS}) AND e.at < min(?, (s.slot + 1) * ${SLOT_MS})
       WHERE s.zone = ? AND s.slot >= ? AND s.slot < ? AND e.zone = s.zone AND e.source IS NOT NULL GROUP BY e.source`,
    )
    .raw(true)
    .all(range.fromMs, range.toMs, zone, Math.floor(range.fromMs / SLOT_MS), Math.ceil(range.toMs / SLOT_MS))
    .map(toSource)
}
