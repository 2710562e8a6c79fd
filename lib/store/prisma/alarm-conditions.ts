import { ALARM_STATUSES } from '@/lib/domain/alarm'
import { severityRank } from '@/lib/domain/severity'
import type { AlarmFilter } from '@/lib/store/ports'
import { Prisma } from './client/client'

const all = (conditions: readonly Prisma.Sql[]): Prisma.Sql =>
  conditions.length === 0 ? Prisma.sql`1 = 1` : Prisma.sql`(${Prisma.join([...conditions], ' AND ')})`

const anyOf = (column: Prisma.Sql, values: readonly (string | number)[] | undefined): Prisma.Sql[] =>
  values === undefined || values.length === 0 ? [] : [Prisma.sql`${column} IN (${Prisma.join([...values])})`]

/** `column` is `domain` or below it on a label boundary: `isUnder` of the domain, in SQL. */
const under = (column: Prisma.Sql, domain: string): Prisma.Sql =>
  Prisma.sql`(${column} = ${domain} OR substr(${column}, -${domain.length + 1}) = ${`.${domain}`})`

/** Every alarm has a status: said so that an index that begins with it serves a filter without one. */
export const anyStatus = (status: AlarmFilter['status']): Prisma.Sql =>
  Prisma.sql`status IN (${Prisma.join(status === undefined || status.length === 0 ? [...ALARM_STATUSES] : [...status])})`

/** The WHERE of a filter. Fields of the filter are ANDed, the values of one field ORed. */
export function whereAlarms(filter: AlarmFilter): Prisma.Sql {
  const { status, severity, detector, zone, source, hostId, technique, owner, host, user, tool, closedFrom, story, text, range } = filter
  return all([
    ...anyOf(Prisma.sql`status`, status),
    ...anyOf(Prisma.sql`severityRank`, severity?.map(severityRank)),
    ...anyOf(Prisma.sql`detector`, detector),
    ...(zone === undefined ? [] : [inZone(zone)]),
    ...(source === undefined ? [] : [Prisma.sql`source = ${source}`]),
    ...(hostId === undefined ? [] : [Prisma.sql`hostId = ${hostId}`]),
    ...(technique === undefined ? [] : [claims(technique)]),
    ...(owner === undefined ? [] : [owner === 'none' ? Prisma.sql`+ownerId IS NULL` : Prisma.sql`ownerId = ${owner}`]),
    ...(host === undefined ? [] : [Prisma.sql`(hostId = ${host} OR hostName = ${host} COLLATE NOCASE)`]),
    ...(user === undefined ? [] : [Prisma.sql`userName = ${user}`]),
    ...(tool === undefined ? [] : [Prisma.sql`tool IS NOT NULL AND lower(tool ->> 'name') = lower(${tool})`]),
    ...(closedFrom === undefined ? [] : [Prisma.sql`status = 'closed' AND decision ->> 'at' >= ${closedFrom}`]),
    ...(story === undefined ? [] : [Prisma.sql`${anyStatus(status)} AND story = ${story}`]),
    ...(text === undefined ? [] : words(text)),
    ...(range === undefined ? [] : [Prisma.sql`firstSeenAt < ${range.toMs} AND lastSeenAt >= ${range.fromMs}`]),
  ])
}

/** Finds the zones in their index first, so that the wide rows of other zones stay unread. */
const inZone = (zone: string): Prisma.Sql => Prisma.sql`zone IN (SELECT DISTINCT zone FROM "Alarm" WHERE ${under(Prisma.sql`zone`, zone)})`

/**
 * A technique's own id, or one of its sub-techniques, as JSON writes them: a quote inside a claim's text is escaped there, so
 * nothing else can look like an id.
 */
const claims = (technique: string): Prisma.Sql => {
  const id = JSON.stringify({ id: technique }).slice(1, -2)
  return Prisma.sql`rowid IN (SELECT rowid FROM "Alarm" INDEXED BY "Alarm_techniques_idx"
    WHERE instr(techniques, ${`${id}"`}) > 0 OR instr(techniques, ${`${id}.`}) > 0)`
}

/** The text that words are searched in: the expression of the index "Alarm_words_idx", which is read instead of the rows. */
const WORDS = Prisma.sql`lower("id" || ' ' || coalesce("zone", '') || ' ' || coalesce("source", '') || ' ' || coalesce("hostId", '') || ' ' || coalesce("hostName", '') || ' ' || coalesce("userName", '') || ' ' || "summary")`

/** Every word must occur somewhere; ASCII case does not matter, and `%` or `_` mean themselves. */
function words(text: string): Prisma.Sql[] {
  const wanted = text
    // SQLite's lower() knows ASCII alone; so must the other side.
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => Prisma.sql`instr(${WORDS}, ${word}) > 0`)
  if (wanted.length === 0) return []
  return [Prisma.sql`rowid IN (SELECT rowid FROM "Alarm" INDEXED BY "Alarm_words_idx" WHERE ${all(wanted)})`]
}

/** Alarms that an allowlist rule covers, whatever their status: `decidingEntry`'s predicate, in SQL. */
export function whereCovered(rule: {
  readonly domain: string
  readonly source: string | null
  readonly detector: string | null
}): Prisma.Sql {
  return all([
    inZone(rule.domain),
    ...(rule.source === null ? [] : [Prisma.sql`source = ${rule.source}`]),
    ...(rule.detector === null ? [] : [Prisma.sql`detector = ${rule.detector}`]),
  ])
}
