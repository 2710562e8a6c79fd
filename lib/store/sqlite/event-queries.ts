import type Database from 'better-sqlite3'
import type { DnsEvent } from '@/lib/domain/dns-event'
import type { LogEvent } from '@/lib/domain/log-event'
import type { ProcessEvent } from '@/lib/domain/process-event'
import { registeredDomain } from '@/lib/names/registered-domain'
import type { LookupFilter, TimeRange } from '@/lib/store/ports'
import { type Cell, columnNames, DNS_COLUMNS, fromDnsRow, fromProcessRow, PROCESS_COLUMNS, type Row } from './event-row'
import { SLOT_MS } from './event-segment'

/** A place in the order (at, id). */
export interface Place {
  readonly at: number
  readonly id: number
}

const DNS = `SELECT ${columnNames(DNS_COLUMNS)} FROM dns_event`
const PROCESS = `SELECT ${columnNames(PROCESS_COLUMNS)} FROM process_event`
const IN_RANGE = 'WHERE (at, id) > (?, ?) AND at < ? ORDER BY at, id'

const rows = (db: Database.Database, sql: string, ...values: readonly Cell[]): IterableIterator<Row> =>
  db
    .prepare<Cell[], Row>(sql)
    .raw(true)
    .iterate(...values)

/** Events after `after` and before `toMs`, in (at, id) order. Holds the connection until the iterator is done or returned. */
export function* readEvents(db: Database.Database, after: Place, toMs: number): Generator<LogEvent> {
  const lookups = rows(db, `${DNS} ${IN_RANGE}`, after.at, after.id, toMs)
  const starts = rows(db, `${PROCESS} ${IN_RANGE}`, after.at, after.id, toMs)
  try {
    let start = starts.next()
    for (const row of lookups) {
      const lookup = fromDnsRow(row)
      while (!start.done) {
        const process = fromProcessRow(start.value)
        if (process.at > lookup.at || (process.at === lookup.at && process.id > lookup.id)) break
        yield process
        start = starts.next()
      }
      yield lookup
    }
    for (; !start.done; start = starts.next()) yield fromProcessRow(start.value)
  } finally {
    lookups.return?.()
    starts.return?.()
  }
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
  const select = db.prepare<Cell[], Row>(`${DNS} WHERE at >= ? AND (at, id) < (?, ?)${sql} ORDER BY at DESC, id DESC LIMIT ?`).raw(true)
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
