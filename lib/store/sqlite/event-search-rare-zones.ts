import type Database from 'better-sqlite3'
import type { RareZone, TimeRange } from '@/lib/store/ports'
import type { Cell } from './event-row'
import { openSegment, type Pace } from './event-search-walk'
import { SEGMENT_VERSION, versionOf } from './lookup-row'
import { listSegmentFiles, type SegmentFile } from './segment-files'

/** Rows of the summary looked at before other work gets its turn. */
const SLICE_ROWS = 10_000
/** Less than any number of a name. */
const NO_NUMBER = -1
/** Candidates that are compared across days. */
const MAX_CANDIDATES = 500

type ZoneRow = [zone: string, queries: number, firstAt: number, lastAt: number]

type PairKey = readonly [zone: Cell, source: Cell]

interface Candidate {
  queries: number
  firstSeenAt: number
  lastSeenAt: number
}

/** Zones of a source that few others asked for, from the summary that every segment keeps. */
export async function findRareZones(
  pace: Pace,
  source: string,
  range: TimeRange,
  maxOthers: number,
  limit: number,
): Promise<{ readonly zones: readonly RareZone[]; readonly complete: boolean }> {
  const end = pace.clock() + pace.budgetMs
  const files = listSegmentFiles(pace.dir, range).toReversed()
  const candidates = new Map<string, Candidate>()
  let complete = true
  for (const file of files) {
    const read = await withSegment(file, (db) => gather(db, pace, end, { source, maxOthers }, candidates))
    complete &&= read ?? true
  }
  const others = new Map<string, Set<string>>([...candidates.keys()].slice(0, MAX_CANDIDATES).map((zone) => [zone, new Set()]))
  complete &&= candidates.size <= MAX_CANDIDATES
  for (const file of files) await withSegment(file, (db) => Promise.resolve(compare(db, source, maxOthers, others)))
  const zones = [...others].flatMap(([zone, sources]) => {
    const known = candidates.get(zone)
    return known === undefined || sources.size > maxOthers ? [] : [{ zone, ...known, otherSources: sources.size }]
  })
  return { zones: zones.sort((a, b) => b.queries - a.queries).slice(0, limit), complete }
}

async function withSegment<T>(file: SegmentFile, use: (db: Database.Database) => Promise<T>): Promise<T | null> {
  const db = openSegment(file)
  if (db === null) return null
  try {
    return await use(db)
  } finally {
    db.close()
  }
}

/** The table of pairs and its key: numbers of names, in segments of before the names themselves. */
function layoutOf(db: Database.Database) {
  if (versionOf(db) < SEGMENT_VERSION) {
    const first: PairKey = ['', '']
    return {
      table: 'zone_source',
      zone: 'zone',
      source: 'source',
      zoneName: 'zone',
      keyOf: (source: string): Cell | undefined => source,
      first,
    }
  }
  const no = db.prepare<[string], number>('SELECT no FROM source_name WHERE name = ?').pluck()
  const first: PairKey = [NO_NUMBER, NO_NUMBER]
  return {
    ...{ table: 'zone_pair', zone: 'zone_no', source: 'source_no', zoneName: '(SELECT name FROM zone_name WHERE no = zone_no)' },
    keyOf: (source: string): Cell | undefined => no.get(source),
    first,
  }
}

/** Adds the zones that few others asked for on that day. @returns whether the whole day was read. */
async function gather(
  db: Database.Database,
  pace: Pace,
  end: number,
  asked: { readonly source: string; readonly maxOthers: number },
  candidates: Map<string, Candidate>,
): Promise<boolean> {
  const { table, zone, source, zoneName, keyOf, first } = layoutOf(db)
  const sourceKey = keyOf(asked.source)
  if (sourceKey === undefined) return true
  const cut = db
    .prepare<Cell[], PairKey>(
      `SELECT ${zone}, ${source} FROM ${table} WHERE (${zone}, ${source}) > (?, ?) ORDER BY ${zone}, ${source} LIMIT 1 OFFSET ${SLICE_ROWS - 1}`,
    )
    .raw(true)
  const select = (bound: string) =>
    db
      .prepare<Cell[], ZoneRow>(
        `SELECT ${zoneName}, queries, first_at, last_at FROM ${table} z WHERE (${zone}, ${source}) > (?, ?)${bound} AND ${source} = ?
         AND (SELECT count(*) FROM (SELECT 1 FROM ${table} o WHERE o.${zone} = z.${zone} AND o.${source} <> z.${source} LIMIT ?)) <= ?`,
      )
      .raw(true)
  const inner = select(` AND (${zone}, ${source}) <= (?, ?)`)
  const last = select('')
  const tail: Cell[] = [sourceKey, asked.maxOthers + 1, asked.maxOthers]
  let place = first
  for (;;) {
    if (pace.clock() >= end) return false
    const next = cut.get(...place)
    const rows = next === undefined ? last.all(...place, ...tail) : inner.all(...place, ...next, ...tail)
    for (const row of rows) merge(candidates, row)
    if (next === undefined) return true
    place = next
    await pace.pause()
  }
}

function merge(candidates: Map<string, Candidate>, [zone, queries, firstAt, lastAt]: ZoneRow): void {
  const known = candidates.get(zone)
  if (known === undefined) {
    candidates.set(zone, { queries, firstSeenAt: firstAt, lastSeenAt: lastAt })
    return
  }
  known.queries += queries
  known.firstSeenAt = Math.min(known.firstSeenAt, firstAt)
  known.lastSeenAt = Math.max(known.lastSeenAt, lastAt)
}

/** Who else asked on that day; a zone is left alone once too many did. */
function compare(db: Database.Database, source: string, maxOthers: number, others: ReadonlyMap<string, Set<string>>): void {
  const select = db.prepare<Cell[], string>('SELECT source FROM zone_source WHERE zone = ? AND source <> ? LIMIT ?').pluck()
  for (const [zone, sources] of others) {
    if (sources.size > maxOthers) continue
    for (const other of select.all(zone, source, maxOthers + 1)) sources.add(other)
  }
}
