import { type NameSpan, SPAN_GAP_MS } from '@/lib/domain/host-name'
import { type HostNameWriter, MAX_NAME_SPANS, MAX_SPANS_OF_ADDRESS } from '@/lib/store/ports/host-names'
import { openDatabase } from './open-database'

/** Rows beyond the bound that are tolerated before it is enforced: counting is cheap, sorting is not. */
const SLACK = 1_000

type Row = Omit<NameSpan, 'demo'> & { readonly demo: number }

/** @param path - app.db, migrated. */
export function createSqliteHostNameWriter(path: string, maxSpans = MAX_NAME_SPANS): HostNameWriter & { close(): void } {
  const db = openDatabase(path)
  const key = 'address = :address AND origin = :origin AND name = :name AND demo = :demo'
  const touching = db.prepare<unknown[], Pick<Row, 'firstSeenAt' | 'lastSeenAt'>>(
    `DELETE FROM "HostName" WHERE ${key} AND lastSeenAt >= :firstSeenAt - ${SPAN_GAP_MS} AND firstSeenAt <= :lastSeenAt + ${SPAN_GAP_MS}
     RETURNING firstSeenAt, lastSeenAt`,
  )
  const insert = db.prepare<Row>(
    `INSERT INTO "HostName" (address, origin, name, firstSeenAt, lastSeenAt, demo)
     VALUES (:address, :origin, :name, :firstSeenAt, :lastSeenAt, :demo)`,
  )
  const trim = db.prepare<[string, string]>(
    `DELETE FROM "HostName" WHERE address = ? AND rowid IN (
       SELECT rowid FROM "HostName" WHERE address = ? ORDER BY lastSeenAt DESC, origin, name LIMIT -1 OFFSET ${MAX_SPANS_OF_ADDRESS})`,
  )
  const count = db.prepare<[], number>('SELECT count(*) FROM "HostName"').pluck()
  const trimAll = db.prepare<[number]>('DELETE FROM "HostName" WHERE rowid IN (SELECT rowid FROM "HostName" ORDER BY lastSeenAt LIMIT ?)')
  const learnAll = db.transaction((spans: readonly NameSpan[]) => {
    for (const span of spans) {
      const row = { ...span, demo: span.demo ? 1 : 0 }
      const merged = touching.all(row)
      const firstSeenAt = Math.min(row.firstSeenAt, ...merged.map((one) => one.firstSeenAt))
      const lastSeenAt = Math.max(row.lastSeenAt, ...merged.map((one) => one.lastSeenAt))
      insert.run({ ...row, firstSeenAt, lastSeenAt })
      if (merged.length === 0) trim.run(row.address, row.address)
    }
  })
  /** Counted anew after so many spans, because other processes write too. */
  let untilCount = 0
  const keepBound = (added: number): void => {
    untilCount -= added
    if (untilCount > 0) return
    const excess = (count.get() ?? 0) - maxSpans
    if (excess > 0) trimAll.run(excess)
    untilCount = SLACK
  }
  return {
    learn: (spans) => {
      if (spans.length === 0) return
      // The first statement of the transaction writes, as every writer of this file must.
      learnAll.immediate(spans)
      keepBound(spans.length)
    },
    removeDemo: () => void db.prepare('DELETE FROM "HostName" WHERE demo = 1').run(),
    close: () => db.close(),
  }
}
