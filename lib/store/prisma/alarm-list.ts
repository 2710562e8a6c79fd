import { z } from 'zod'
import type { AlarmRow } from '@/lib/domain/alarm'
import type { AlarmSort } from '@/lib/domain/alarm-filter'
import type { Page } from '@/lib/domain/page'
import type { AlarmFilter } from '@/lib/store/ports'
import { toAlarmRow } from './alarm-row'
import { scopeOf } from './alarm-scope'
import { Prisma } from './client/client'
import { cursorId, cursorNumber, decodeCursor, encodeCursor } from './cursor'
import type { AppDb } from './open-app-db'

interface SortKey {
  readonly order: Prisma.Sql
  /** Rows after the cursor; the row values of one comparison follow the order's columns. */
  readonly after: (cursor: string) => Prisma.Sql
  readonly keyOf: (row: KeyRow) => readonly unknown[]
}

interface KeyRow {
  readonly id: string
  readonly severityRank: number
  readonly score: number
  readonly lastSeenAt: number
}

const worstCursor = z.tuple([z.literal('worst'), cursorNumber, cursorNumber, cursorNumber, cursorId])
const timeCursor = <Name extends string>(name: Name) => z.tuple([z.literal(name), cursorNumber, cursorId])

export const WORST_FIRST = Prisma.sql`severityRank DESC, score DESC, lastSeenAt DESC, id DESC`

/** Alarms behind the cursor in that order. @throws InvalidCursorError */
export function afterWorst(cursor: string): Prisma.Sql {
  const [, rank, score, at, id] = decodeCursor(cursor, worstCursor)
  return Prisma.sql`(severityRank, score, lastSeenAt, id) < (${rank}, ${score}, ${at}, ${id})`
}

const worstKey = (row: KeyRow): readonly unknown[] => ['worst', row.severityRank, row.score, row.lastSeenAt, row.id]

/** The cursor of a place in that order. */
export const worstCursorOf = (record: Omit<KeyRow, 'lastSeenAt'> & { readonly lastSeenAt: Date }): string =>
  encodeCursor(worstKey({ ...record, lastSeenAt: record.lastSeenAt.getTime() }))

const SORTS: Readonly<Record<AlarmSort, SortKey>> = {
  worst: {
    order: WORST_FIRST,
    after: afterWorst,
    keyOf: worstKey,
  },
  newest: {
    order: Prisma.sql`lastSeenAt DESC, id DESC`,
    after: (cursor) => {
      const [, at, id] = decodeCursor(cursor, timeCursor('newest'))
      return Prisma.sql`(lastSeenAt, id) < (${at}, ${id})`
    },
    keyOf: (row) => ['newest', row.lastSeenAt, row.id],
  },
  oldest: {
    order: Prisma.sql`lastSeenAt ASC, id ASC`,
    after: (cursor) => {
      const [, at, id] = decodeCursor(cursor, timeCursor('oldest'))
      return Prisma.sql`(lastSeenAt, id) > (${at}, ${id})`
    },
    keyOf: (row) => ['oldest', row.lastSeenAt, row.id],
  },
}

/** @throws InvalidCursorError when the cursor is of another list or sort. */
export async function listAlarmPage(
  db: AppDb,
  filter: AlarmFilter,
  sort: AlarmSort,
  limit: number,
  cursor: string | null,
): Promise<Page<AlarmRow>> {
  const { order, after, keyOf } = SORTS[sort]
  const position = cursor === null ? Prisma.empty : Prisma.sql`AND ${after(cursor)}`
  const { from, where } = await scopeOf(db, filter, sort === 'worst')
  const keys = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM ${from} WHERE ${where} ${position} ORDER BY ${order} LIMIT ${limit + 1}`
  const records = await alarmRecords(db, keys.map((key) => key.id).slice(0, limit))
  const last = records.at(-1)
  const nextCursor = keys.length > limit && last ? encodeCursor(keyOf({ ...last, lastSeenAt: last.lastSeenAt.getTime() })) : null
  return { rows: records.map(toAlarmRow), nextCursor }
}

/** The first rows that meet a condition, worst first. */
export async function worstAlarms(db: AppDb, where: Prisma.Sql, limit: number): Promise<AlarmRow[]> {
  const keys = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Alarm" WHERE ${where} ORDER BY ${SORTS.worst.order} LIMIT ${limit}`
  const records = await alarmRecords(
    db,
    keys.map((key) => key.id),
  )
  return records.map(toAlarmRow)
}

/** List records in the order of `ids`. */
export async function alarmRecords(db: AppDb, ids: readonly string[]) {
  const records = await db.alarm.findMany({ where: { id: { in: [...ids] } } })
  const byId = new Map(records.map((record) => [record.id, record]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
