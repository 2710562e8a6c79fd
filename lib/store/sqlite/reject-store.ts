import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { z } from 'zod'
import type { RecordReader, Reject } from '@/lib/domain/log-event'
import type { KeptPart, KeptRejects, RejectStore } from '@/lib/store/ports'

/** Of one import or log source: some 100,000 lines, enough to see a wrong setting through. */
const MAX_OWNER_BYTES = 16 * 1024 * 1024
/** Of all together. */
const MAX_BYTES = 512 * 1024 * 1024
const LENGTH_BYTES = 4

const SCHEMA = `
CREATE TABLE IF NOT EXISTS rejected (
  no INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, digest TEXT NOT NULL, kept_at INTEGER NOT NULL, reader TEXT NOT NULL,
  preamble TEXT NOT NULL, reasons TEXT NOT NULL, records INTEGER NOT NULL, bytes INTEGER NOT NULL, body BLOB NOT NULL,
  UNIQUE (owner, digest)) STRICT;
CREATE INDEX IF NOT EXISTS rejected_by_owner ON rejected (owner, no, records, bytes);
CREATE TABLE IF NOT EXISTS rejected_dropped (owner TEXT PRIMARY KEY, records INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`

const readerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('log'), format: z.string() }),
  z.object({ kind: z.literal('syslog'), sender: z.string() }),
  z.object({ kind: z.literal('document') }),
])
const reasonsSchema = z.record(z.string(), z.number())

interface Row {
  readonly no: number
  readonly reader: string
  readonly preamble: string
  readonly reasons: string
  readonly body: Buffer
}

interface Size {
  readonly no: number
  readonly owner: string
  readonly records: number
  readonly bytes: number
}

export interface RejectStoreOptions {
  readonly maxOwnerBytes?: number
  readonly maxBytes?: number
}

/** @param db - from `openIntakeDatabase`; taken over. */
export function createSqliteRejectStore(db: Database.Database, options: RejectStoreOptions = {}): RejectStore & { close(): void } {
  const { maxOwnerBytes = MAX_OWNER_BYTES, maxBytes = MAX_BYTES } = options
  db.exec(SCHEMA)
  const insert = db.prepare(`INSERT OR IGNORE INTO rejected (owner, digest, kept_at, reader, preamble, reasons, records, bytes, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const oldest = db.prepare<[], Size>('SELECT no, owner, records, bytes FROM rejected ORDER BY no LIMIT 1')
  const oldestOf = db.prepare<[string], Size>('SELECT no, owner, records, bytes FROM rejected WHERE owner = ? ORDER BY no LIMIT 1')
  const remove = db.prepare('DELETE FROM rejected WHERE no = ?')
  const removeUpTo = db.prepare('DELETE FROM rejected WHERE owner = ? AND no <= ?')
  const noteDropped = db.prepare(
    'INSERT INTO rejected_dropped VALUES (?, ?) ON CONFLICT (owner) DO UPDATE SET records = records + excluded.records',
  )
  const sums = db.prepare<[], KeptRejects & { readonly owner: string }>(`SELECT owner, sum(records) AS records, sum(bytes) AS bytes,
    coalesce((SELECT d.records FROM rejected_dropped d WHERE d.owner = r.owner), 0) AS dropped FROM rejected r GROUP BY owner`)
  const newest = db.prepare<[string], number>('SELECT coalesce(max(no), 0) FROM rejected WHERE owner = ?').pluck()
  const next = db.prepare<[string, number, number], Row>(
    'SELECT no, reader, preamble, reasons, body FROM rejected WHERE owner = ? AND no > ? AND no <= ? ORDER BY no LIMIT 1',
  )
  const sizes = new Map<string, number>()
  const measure = (): void => {
    sizes.clear()
    for (const { owner, bytes } of sums.all()) sizes.set(owner, bytes)
  }
  measure()

  const drop = (size: Size): void => {
    remove.run(size.no)
    noteDropped.run(size.owner, size.records)
    sizes.set(size.owner, (sizes.get(size.owner) ?? 0) - size.bytes)
  }
  const makeRoom = (owner: string): void => {
    while ((sizes.get(owner) ?? 0) > maxOwnerBytes) {
      const size = oldestOf.get(owner)
      if (size === undefined) break
      drop(size)
    }
    while ([...sizes.values()].reduce((sum, bytes) => sum + bytes, 0) > maxBytes) {
      const size = oldest.get()
      if (size === undefined) break
      drop(size)
    }
  }
  const store = (owner: string, rejects: readonly Reject[], nowMs: number): void => {
    for (const { reader, preamble, reasons, records } of groups(rejects)) {
      const body = pack(records)
      const digest = createHash('sha256').update(reader).update('\0').update(preamble).update('\0').update(body).digest('base64')
      const row = [owner, digest, nowMs, reader, preamble, JSON.stringify(reasons), records.length, body.length, body]
      if (insert.run(...row).changes > 0) sizes.set(owner, (sizes.get(owner) ?? 0) + body.length)
    }
    makeRoom(owner)
  }
  const keep = db.transaction(store)
  const replace = db.transaction((owner: string, upTo: number, rejects: readonly Reject[], nowMs: number): void => {
    removeUpTo.run(owner, upTo)
    measure()
    store(owner, rejects, nowMs)
  })

  return {
    keep: (owner, rejects, nowMs) => {
      if (rejects.some(({ again }) => again !== undefined)) keep.immediate(owner, rejects, nowMs)
    },
    kept: () => new Map(sums.all().map(({ owner, ...kept }) => [owner, kept])),
    newest: (owner) => newest.get(owner) ?? 0,
    *parts(owner, upTo) {
      for (let row = next.get(owner, 0, upTo); row !== undefined; row = next.get(owner, row.no, upTo)) yield toPart(row)
    },
    replace: (owner, upTo, rejects, nowMs) => replace.immediate(owner, upTo, rejects, nowMs),
    close: () => db.close(),
  }
}

interface Group {
  readonly reader: string
  readonly preamble: string
  readonly reasons: Record<string, number>
  readonly records: Uint8Array[]
}

/** Records that follow each other and are read alike. */
function groups(rejects: readonly Reject[]): readonly Group[] {
  const found: Group[] = []
  for (const { reason, again } of rejects) {
    if (again?.reader === undefined) continue
    const reader = JSON.stringify(again.reader)
    const preamble = again.preamble ?? ''
    let last = found.at(-1)
    if (last?.reader !== reader || last.preamble !== preamble) {
      last = { reader, preamble, reasons: {}, records: [] }
      found.push(last)
    }
    last.records.push(typeof again.bytes === 'string' ? Buffer.from(again.bytes) : again.bytes)
    last.reasons[reason] = (last.reasons[reason] ?? 0) + 1
  }
  return found
}

function pack(records: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    records.flatMap((record) => {
      const length = Buffer.alloc(LENGTH_BYTES)
      length.writeUInt32BE(record.byteLength)
      return [length, record]
    }),
  )
}

function toPart({ no, reader, preamble, reasons, body }: Row): KeptPart {
  const records: Buffer[] = []
  for (let at = 0; at + LENGTH_BYTES <= body.length; ) {
    const from = at + LENGTH_BYTES
    at = from + body.readUInt32BE(at)
    records.push(body.subarray(from, at))
  }
  const readBy: RecordReader = readerSchema.parse(JSON.parse(reader))
  return { no, reader: readBy, preamble, reasons: reasonsSchema.parse(JSON.parse(reasons)), records }
}
