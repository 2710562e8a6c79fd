import type Database from 'better-sqlite3'
import type { EventKind } from '@/lib/domain/event-search'
import type { CountPiece, EventQuery, EventSearch, SearchPage } from '@/lib/store/ports'
import type { Place } from './event-queries'
import { type Cell, columnNames, fromProcessRow, PROCESS_COLUMNS, type Row } from './event-row'
import { conditionOf, narrowedBy } from './event-search-filter'
import { findRareZones } from './event-search-rare-zones'
import { sampleSpans } from './event-search-sample'
import { EventTally } from './event-search-tally'
import { type Pace, walk } from './event-search-walk'
import { fromDnsRow, lookupColumns } from './lookup-row'

export interface EventSearchOptions {
  /** Folder of the segments. */
  readonly dir: string
  /** Time an answer may take, ms. Default 300: what a person takes for at once, and little for others who wait. */
  readonly budgetMs?: number
  readonly clock?: () => number
}

const END = Number.MAX_SAFE_INTEGER
const whole = (value: number): number => Math.max(-END, Math.min(END, Math.trunc(value)))
const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

/** Columns that are counted, with the field each is searched by. The first one divides the buckets. */
const FACETS = {
  lookups: [
    ['type', 'qtype'],
    ['rcode', 'rcode'],
    ['source', 'source'],
    ['zone', 'zone'],
  ],
  processes: [
    ['process', 'name'],
    ['host', 'host_name'],
    ['user', 'user_name'],
  ],
} as const

const TABLES = { lookups: 'dns_event', processes: 'process_event' } as const

/** Searches the day segments that the event store writes; holds no connection between calls. */
export function createSqliteEventSearch({ dir, budgetMs = 300, clock = () => performance.now() }: EventSearchOptions): EventSearch {
  const pace: Pace = { dir, budgetMs, clock, pause: nextTurn }
  return {
    lookups: (query, limit, cursor) => find(pace, 'lookups', lookupColumns, fromDnsRow, query, limit, cursor),
    processStarts: (query, limit, cursor) =>
      find(pace, 'processes', () => columnNames(PROCESS_COLUMNS), fromProcessRow, query, limit, cursor),
    count: (kind, query, bucketMs, cursor) => count(pace, kind, query, bucketMs, cursor),
    sample: (spans, visit) => sampleSpans(pace, spans, visit),
    rareZones: (source, range, maxOthers, limit) => findRareZones(pace, source, bounded(range), maxOthers, limit),
  }
}

const bounded = ({ fromMs, toMs }: EventQuery['range']) => ({ fromMs: whole(fromMs), toMs: whole(toMs) })

/** What every walk of a query shares. */
function taskOf(kind: EventKind, query: EventQuery, cursor: string | null) {
  return {
    table: TABLES[kind],
    range: bounded(query.range),
    from: cursor === null ? null : fromCursor(cursor),
    narrowedBy: kind === 'lookups' ? narrowedBy(query.terms) : null,
  }
}

const select = (db: Database.Database, kind: EventKind, columns: string, condition: string): Database.Statement<Cell[], Row> =>
  db
    .prepare<Cell[], Row>(
      `SELECT ${columns} FROM ${TABLES[kind]} WHERE (at, id) >= (?, ?) AND (at, id) < (?, ?) AND ${condition} ORDER BY at DESC, id DESC LIMIT ?`,
    )
    .raw(true)

async function find<Event extends Place>(
  pace: Pace,
  kind: EventKind,
  columnsOf: (db: Database.Database) => string,
  from: (row: Row) => Event,
  query: EventQuery,
  limit: number,
  cursor: string | null,
): Promise<SearchPage<Event>> {
  const { sql, values } = conditionOf(kind, query.terms)
  const rows: Event[] = []
  const task = taskOf(kind, query, cursor)
  const place = await walk(pace, {
    ...task,
    open: (db) => {
      const matching = select(db, kind, columnsOf(db), sql)
      return ({ low, high }) => {
        const wanted = limit - rows.length
        for (const row of matching.all(low.at, low.id, high.at, high.id, ...values, wanted)) rows.push(from(row))
        const last = rows.at(-1)
        return rows.length >= limit && last !== undefined ? { at: last.at, id: last.id } : null
      }
    },
  })
  return { rows, nextCursor: place === null ? null : toCursor(place), searchedFrom: place?.at ?? task.range.fromMs }
}

async function count(pace: Pace, kind: EventKind, query: EventQuery, bucketMs: number, cursor: string | null): Promise<CountPiece> {
  const { sql, values } = conditionOf(kind, query.terms)
  const facets = FACETS[kind]
  const tally = new EventTally(
    bucketMs,
    facets.map(([field]) => field),
  )
  const task = taskOf(kind, query, cursor)
  const place = await walk(pace, {
    ...task,
    open: (db) => {
      const matching = select(db, kind, `at, ${facets.map(([, column]) => column).join(', ')}`, sql)
      return ({ low, high }) => {
        for (const row of matching.all(low.at, low.id, high.at, high.id, ...values, -1)) tally.add(row)
        return null
      }
    },
  })
  return { ...tally.result(), nextCursor: place === null ? null : toCursor(place), countedFrom: place?.at ?? task.range.fromMs }
}

const toCursor = ({ at, id }: Place): string => `${at}.${id}`

/** @returns null for anything that is not one of our cursors: the search then starts at the top. */
function fromCursor(cursor: string): Place | null {
  const parts = /^(-?\d{1,16})\.(-?\d{1,16})$/.exec(cursor)
  return parts === null ? null : { at: Number(parts[1]), id: Number(parts[2]) }
}
