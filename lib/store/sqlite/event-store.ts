import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import type { CountedLookup } from '@/lib/domain/dns-event'
import type { LogEvent } from '@/lib/domain/log-event'
import type { ProcessEvent } from '@/lib/domain/process-event'
import { registeredDomain } from '@/lib/names/registered-domain'
import type { AppendResult, EventStore, LookupFilter, TimeRange } from '@/lib/store/ports'
import {
  extentOf,
  findLookups,
  findProcessStarts,
  type Place,
  readCounted,
  readEvents,
  type SourceOfZone,
  sourcesOfZone,
} from './event-queries'
import { createEventSegment, type EventSegment } from './event-segment'
import { forgetIntakes, openIntakeDatabase, registerIntake } from './intake-log'
import { openDatabase } from './open-database'
import { deleteSegmentFile, listSegmentFiles, type SegmentFile, segmentNameOf } from './segment-files'

export interface EventStoreOptions {
  /** Directory of the segment files; made when missing. */
  readonly dir: string
  /** `day`: one file a UTC day, so that retention unlinks files. `none`: one file, for a store that is thrown away. */
  readonly segmentBy?: 'day' | 'none'
  /** No journal and no flush; see `openDatabase`. */
  readonly throwAway?: boolean
}

/** Segments kept open for writing, 8 MB each; an import of a month of logs goes through them one after another. */
const MAX_OPEN = 8
/** Twice SQLite's own: rows of two hundred bytes come in key order, so larger pages are filled with fewer steps. */
const PAGE_BYTES = 8_192
const EVERYTHING: TimeRange = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }
/** Beyond any instant and id, yet a whole number to SQLite. */
const END = Number.MAX_SAFE_INTEGER
const dayOf = (at: number): number => Math.floor(at / 86_400_000)
const whole = (value: number): number => Math.max(-END, Math.min(END, value))

/** Events in day segments of SQLite. Readers open connections of their own: a write never waits for a lazy read. */
export function createSqliteEventStore(options: EventStoreOptions): EventStore {
  return new SegmentedEventStore(options)
}

class SegmentedEventStore implements EventStore {
  private readonly open = new Map<string, EventSegment>()
  private readonly intakeNos = new Map<string, number>()
  private readonly reading = new Set<Database.Database>()
  private intakes: Database.Database | null = null

  constructor(private readonly options: EventStoreOptions) {}

  append(events: readonly LogEvent[], intakeId: string): AppendResult {
    if (events.length === 0) return { added: 0, duplicates: 0, firstAt: null, lastAt: null }
    const intakeNo = this.intakeNoOf(intakeId)
    let added = 0
    let firstAt = Number.POSITIVE_INFINITY
    let lastAt = Number.NEGATIVE_INFINITY
    for (const [name, part] of this.partition(events)) added += this.segment(name).append(part, intakeNo)
    for (const { at } of events) {
      if (at < firstAt) firstAt = at
      if (at > lastAt) lastAt = at
    }
    return { added, duplicates: events.length - added, firstAt, lastAt }
  }

  read(range: TimeRange, afterId = -1): Iterable<LogEvent> {
    return this.readWith(readEvents, range, afterId)
  }

  readCounted(range: TimeRange): Iterable<CountedLookup | ProcessEvent> {
    return this.readWith(readCounted, range, -1)
  }

  extent(): TimeRange | null {
    const parts = this.files(EVERYTHING)
      .map((file) => this.withReader(file, extentOf))
      .filter((part) => part !== null)
    if (parts.length === 0) return null
    return { fromMs: Math.min(...parts.map((part) => part.firstAt)), toMs: Math.max(...parts.map((part) => part.lastAt)) + 1 }
  }

  findLookups(filter: LookupFilter, limit: number, cursor: string | null) {
    let before = cursor === null ? null : fromCursor(cursor)
    if (before === null) before = { at: whole(filter.range.toMs), id: -1 }
    const rows = []
    for (const file of this.files(filter.range).toReversed()) {
      const place = before
      for (const row of this.withReader(file, (db) => findLookups(db, filter, place, limit + 1 - rows.length))) rows.push(row)
      if (rows.length > limit) break
    }
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return { rows: page, nextCursor: rows.length > limit && last !== undefined ? `${last.at}.${last.id}` : null }
  }

  findProcessStarts(filter: { readonly hostId?: string; readonly range: TimeRange }, limit: number) {
    const range = { fromMs: whole(filter.range.fromMs), toMs: whole(filter.range.toMs) }
    const found = []
    for (const file of this.files(filter.range).toReversed()) {
      for (const start of this.withReader(file, (db) => findProcessStarts(db, { ...filter, range }, limit - found.length)))
        found.push(start)
      if (found.length >= limit) break
    }
    return found
  }

  sourcesOfZone(zone: string, range: TimeRange, limit: number): readonly SourceOfZone[] {
    const bySource = new Map<string, SourceOfZone>()
    const bounded = { fromMs: whole(range.fromMs), toMs: whole(range.toMs) }
    for (const file of this.files(range))
      for (const part of this.withReader(file, (db) => sourcesOfZone(db, registeredDomain(zone) ?? zone, bounded)))
        bySource.set(part.source, addSource(bySource.get(part.source), part))
    return [...bySource.values()].sort((a, b) => b.queries - a.queries || (a.source < b.source ? -1 : 1)).slice(0, limit)
  }

  removeIntakes(intakeIds: readonly string[]): void {
    const intakeNos = intakeIds.map((id) => this.intakeNoOf(id))
    for (const file of this.files(EVERYTHING)) {
      const left = this.segment(file.name).removeIntakes(intakeNos)
      if (left > 0) continue
      this.open.get(file.name)?.close()
      this.open.delete(file.name)
      deleteSegmentFile(file.path)
    }
    forgetIntakes(this.intakeDatabase(), intakeIds)
    for (const id of intakeIds) this.intakeNos.delete(id)
  }

  close(): void {
    for (const db of this.reading) db.close()
    for (const segment of this.open.values()) segment.close()
    this.open.clear()
    this.reading.clear()
    this.intakes?.close()
    this.intakes = null
  }

  private *readWith<Event>(
    read: (db: Database.Database, after: Place, toMs: number) => Iterable<Event>,
    range: TimeRange,
    afterId: number,
  ): Generator<Event> {
    const after: Place = { at: whole(range.fromMs), id: afterId }
    for (const file of this.files(range)) {
      const db = this.openReader(file)
      try {
        yield* read(db, after, whole(range.toMs))
      } finally {
        this.closeReader(db)
      }
    }
  }

  private files(range: TimeRange): readonly SegmentFile[] {
    return listSegmentFiles(this.options.dir, range)
  }

  private partition(events: readonly LogEvent[]): ReadonlyMap<string, readonly LogEvent[]> {
    const { segmentBy = 'day' } = this.options
    const [first] = events
    const day = first === undefined ? 0 : dayOf(first.at)
    if (segmentBy === 'none' || events.every(({ at }) => dayOf(at) === day))
      return new Map([[segmentNameOf(first?.at ?? 0, segmentBy), events]])
    const parts = new Map<string, LogEvent[]>()
    for (const event of events) {
      const name = segmentNameOf(event.at, 'day')
      const part = parts.get(name)
      if (part === undefined) parts.set(name, [event])
      else part.push(event)
    }
    return parts
  }

  /** The segment, opened; the least recently written one makes room. */
  private segment(name: string): EventSegment {
    const known = this.open.get(name)
    const segment =
      known ??
      createEventSegment(openDatabase(join(this.ensureDir(), name), { throwAway: this.options.throwAway ?? false, pageBytes: PAGE_BYTES }))
    this.open.delete(name)
    this.open.set(name, segment)
    const [oldest] = this.open.keys()
    if (this.open.size > MAX_OPEN && oldest !== undefined) {
      this.open.get(oldest)?.close()
      this.open.delete(oldest)
    }
    return segment
  }

  private ensureDir(): string {
    if (!existsSync(this.options.dir)) mkdirSync(this.options.dir, { recursive: true, mode: 0o700 })
    return this.options.dir
  }

  private intakeDatabase(): Database.Database {
    this.intakes ??= openIntakeDatabase(this.ensureDir(), { throwAway: this.options.throwAway ?? false })
    return this.intakes
  }

  private intakeNoOf(intakeId: string): number {
    const known = this.intakeNos.get(intakeId)
    if (known !== undefined) return known
    const intakeNo = registerIntake(this.intakeDatabase(), intakeId)
    this.intakeNos.set(intakeId, intakeNo)
    return intakeNo
  }

  private openReader(file: SegmentFile): Database.Database {
    const db = openDatabase(file.path, { readonly: true })
    this.reading.add(db)
    return db
  }

  private closeReader(db: Database.Database): void {
    this.reading.delete(db)
    db.close()
  }

  private withReader<T>(file: SegmentFile, query: (db: Database.Database) => T): T {
    const db = this.openReader(file)
    try {
      return query(db)
    } finally {
      this.closeReader(db)
    }
  }
}

function addSource(known: SourceOfZone | undefined, part: SourceOfZone): SourceOfZone {
  if (known === undefined) return part
  return {
    source: part.source,
    queries: known.queries + part.queries,
    firstSeenAt: Math.min(known.firstSeenAt, part.firstSeenAt),
    lastSeenAt: Math.max(known.lastSeenAt, part.lastSeenAt),
  }
}

/** @returns null for anything that is not one of our cursors: the search then starts at the top. */
function fromCursor(cursor: string): Place | null {
  const parts = /^(\d{1,16})\.(\d{1,16})$/.exec(cursor)
  return parts === null ? null : { at: Number(parts[1]), id: Number(parts[2]) }
}
