import type Database from 'better-sqlite3'
import type { TimeRange } from '@/lib/store/ports'
import type { Place } from './event-queries'
import type { Cell } from './event-row'
import { SLOT_MS } from './event-summary'
import { openDatabase } from './open-database'
import { listSegmentFiles, type SegmentFile } from './segment-files'

/** Rows looked at before other work gets its turn: about 5 ms with a filter that reads each of them. */
const SLICE_ROWS = 4_000

export interface Pace {
  readonly dir: string
  /** Time an answer may take, ms. */
  readonly budgetMs: number
  /** A clock in ms that never goes back. */
  readonly clock: () => number
  /** Lets other work of the thread run. */
  readonly pause: () => Promise<void>
}

/** Rows with `low <= (at, id) < high`. */
export interface Slice {
  readonly low: Place
  readonly high: Place
}

export interface Walk {
  readonly table: 'dns_event' | 'process_event'
  readonly range: TimeRange
  /** Where an earlier walk stopped; null starts at the range's end. */
  readonly from: Place | null
  readonly narrowedBy: { readonly table: string; readonly column: string; readonly value: string } | null
  /** Prepares statements for a segment; the function is given its slices, newest first, and says where to stop, or null to go on. */
  readonly open: (db: Database.Database) => (slice: Slice) => Place | null
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'SQLITE_CANTOPEN' || error.code === 'SQLITE_IOERR_SHORT_READ')

/** Opens a segment for reading; null when retention took it or the engine has not written its tables yet. */
export function openSegment(file: SegmentFile): Database.Database | null {
  let db: Database.Database
  try {
    db = openDatabase(file.path, { readonly: true })
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
  const tables = db.prepare<[], number>(`SELECT count(*) FROM sqlite_master WHERE name IN ('dns_event', 'source_slot')`).pluck().get()
  if (tables === 2) return db
  db.close()
  return null
}

/** Spans to look at in a segment, newest first. A span ends where the segment does: older ones still hold events below it. */
function windowsOf(db: Database.Database, file: SegmentFile, { narrowedBy, range: asked }: Walk): readonly TimeRange[] {
  const range = { fromMs: Math.max(asked.fromMs, file.fromMs), toMs: Math.min(asked.toMs, file.toMs) }
  if (narrowedBy === null) return [range]
  const { table, column, value } = narrowedBy
  const slots = db
    .prepare<Cell[], number>(`SELECT slot FROM ${table} WHERE ${column} = ? AND slot >= ? AND slot < ? ORDER BY slot DESC`)
    .pluck()
    .all(value, Math.floor(range.fromMs / SLOT_MS), Math.ceil(range.toMs / SLOT_MS))
  return slots.map((slot) => ({
    fromMs: Math.max(range.fromMs, slot * SLOT_MS),
    toMs: Math.min(range.toMs, (slot + 1) * SLOT_MS),
  }))
}

const isBefore = (a: Place, b: Place): boolean => a.at < b.at || (a.at === b.at && a.id < b.id)

/**
 * Goes through the stored rows of a range, newest first, in slices of a bounded number of rows, with a pause after each.
 *
 * @returns the place to go on from when the visitor stopped or the time is up; null when all was seen.
 */
export async function walk(pace: Pace, task: Walk): Promise<Place | null> {
  const end = pace.clock() + pace.budgetMs
  const start: Place = task.from ?? { at: task.range.toMs, id: -1 }
  for (const file of listSegmentFiles(pace.dir, task.range).toReversed()) {
    if (file.fromMs > start.at) continue
    const db = openSegment(file)
    if (db === null) continue
    try {
      const stopped = await walkSegment(db, windowsOf(db, file, task), pace, task, start, end)
      if (stopped !== null) return stopped
    } finally {
      db.close()
    }
  }
  return null
}

async function walkSegment(
  db: Database.Database,
  windows: readonly TimeRange[],
  pace: Pace,
  task: Walk,
  start: Place,
  end: number,
): Promise<Place | null> {
  const cut = db
    .prepare<Cell[], [number, number]>(
      `SELECT at, id FROM ${task.table} WHERE (at, id) < (?, ?) AND at >= ? ORDER BY at DESC, id DESC LIMIT 1 OFFSET ${SLICE_ROWS - 1}`,
    )
    .raw(true)
  const visit = task.open(db)
  for (const window of windows) {
    const top: Place = { at: window.toMs, id: -1 }
    let high = isBefore(start, top) ? start : top
    const bottom: Place = { at: window.fromMs, id: -1 }
    while (isBefore(bottom, high)) {
      const [at, id] = cut.get(high.at, high.id, window.fromMs) ?? []
      const low = at === undefined || id === undefined ? bottom : { at, id }
      const stopped = visit({ low, high })
      if (stopped !== null) return stopped
      // At the very start of the range nothing is left to go on with, however late it is.
      if (pace.clock() >= end) return low.at <= task.range.fromMs && low.id === -1 ? null : low
      await pace.pause()
      high = low
    }
  }
  return null
}
