import type { AlarmFilter } from '@/lib/store/ports'
import { hasWords, isAnyStatus, whereAlarms, wordsIndex } from './alarm-conditions'
import { remembered } from './alarm-memory'
import { Prisma } from './client/client'
import type { AppDb } from './open-app-db'

/** So many alarms are looked at one by one; more are met on the way through an order. */
const FEW = 1_000
/** More are not worth remembering: most of what is looked at is among them. */
const MOST = 20_000
/** What the selective fields of a filter leave. */
interface Found {
  /** Row numbers, as JSON. */
  readonly rows: string
  readonly isFew: boolean
}

/** Takes out the fields that leave few alarms of many, more often than not. Status, severity, detector, technique and time do not. */
function splitFilter(filter: AlarmFilter): { readonly selective: AlarmFilter; readonly rest: AlarmFilter } {
  const { status, severity, detector, technique, range, ...others } = filter
  const { owner, text, ...named } = others
  const isNobody = owner === 'none'
  const given = Object.entries({ status, severity, detector, technique, range, owner: isNobody ? owner : undefined })
  const asked = Object.entries({ ...named, owner: isNobody ? undefined : owner })
  const present = (fields: readonly (readonly [string, unknown])[]) => Object.fromEntries(fields.filter(([, value]) => value !== undefined))
  return { selective: { ...present(asked), ...(text !== undefined && hasWords({ text }) && { text: text.trim() }) }, rest: present(given) }
}

/** What the selective fields leave; null when that is too much. The list, its counts and its next pages ask for the same. */
const findRows = (db: AppDb, selective: AlarmFilter): Promise<Found | null> =>
  remembered(db, `rows ${JSON.stringify(selective)}`, async () => {
    const rows = await db.$queryRaw<{ at: bigint | number }[]>(
      hasWords(selective)
        ? Prisma.sql`SELECT rowid AS at FROM "Alarm" INDEXED BY ${wordsIndex} WHERE ${whereAlarms(selective, 'tested')} LIMIT ${MOST + 1}`
        : Prisma.sql`SELECT rowid AS at FROM "Alarm" WHERE ${whereAlarms(selective)} LIMIT ${MOST + 1}`,
    )
    return rows.length > MOST ? null : { rows: `[${rows.map(({ at }) => at).join()}]`, isFew: rows.length <= FEW }
  })

/** Which alarms a query is about: `FROM from WHERE where`. */
export interface AlarmScope {
  readonly from: Prisma.Sql
  readonly where: Prisma.Sql
  /** Few alarms, one by one; otherwise `from` is the whole table. */
  readonly isFew: boolean
  /** What is left of the filter to ask of each, and `AND` the rows that the rest of it has left. */
  readonly rest: AlarmFilter
  readonly among: Prisma.Sql
}

/** @param isWalked - worst first, so that the index of that order is walked; any other order finds its alarms first. */
export async function scopeOf(db: AppDb, filter: AlarmFilter, isWalked: boolean): Promise<AlarmScope> {
  const { selective, rest } = splitFilter(filter)
  const found = Object.keys(selective).length === 0 ? null : await findRows(db, selective)
  const approach = isWalked && !isAnyStatus(filter.status) ? 'walked' : 'found'
  if (found === null)
    return { from: Prisma.sql`"Alarm"`, where: whereAlarms(filter, approach), isFew: false, rest: filter, among: Prisma.empty }
  const among = Prisma.sql`AND "Alarm".rowid IN (SELECT value FROM json_each(${found.rows}))`
  if (!found.isFew)
    return { from: Prisma.sql`"Alarm"`, where: Prisma.sql`${whereAlarms(rest, approach)} ${among}`, isFew: false, rest, among }
  // The cross join keeps SQLite from walking all alarms in their order, looking for these.
  const from = Prisma.sql`(SELECT value AS fewRow FROM json_each(${found.rows})) CROSS JOIN "Alarm" ON "Alarm".rowid = fewRow`
  return { from, where: whereAlarms(rest, 'tested'), isFew: true, rest, among }
}
