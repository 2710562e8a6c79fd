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

/** The host of an alarm that names no zone. */
export const STORY_HOST = Prisma.sql`coalesce(hostId, hostName, source, id)`
/** The story an alarm belongs to: see `storySchema`. */
export const STORY_KEY = Prisma.sql`coalesce('z:' || zone, 'h:' || ${STORY_HOST})`

/** Ids of the stories' alarms, found in the index of zones, so that the wide rows of other stories stay unread. */
export function idsOfStories(keys: readonly string[]): Prisma.Sql {
  const named = (prefix: string) => JSON.stringify(keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)))
  return Prisma.sql`
    SELECT id AS memberId FROM "Alarm" WHERE zone IN (SELECT value FROM json_each(${named('z:')}))
    UNION ALL SELECT id AS memberId FROM "Alarm" WHERE zone IS NULL AND ${STORY_HOST} IN (SELECT value FROM json_each(${named('h:')}))`
}

/** Alarms of the stories, as a condition among others. */
export const whereStories = (keys: readonly string[]): Prisma.Sql => Prisma.sql`id IN (${idsOfStories(keys)})`

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
    ...(owner === undefined ? [] : [owner === 'none' ? Prisma.sql`ownerId IS NULL` : Prisma.sql`ownerId = ${owner}`]),
    ...(host === undefined ? [] : [Prisma.sql`(hostId = ${host} OR hostName = ${host} COLLATE NOCASE)`]),
    ...(user === undefined ? [] : [Prisma.sql`userName = ${user}`]),
    ...(tool === undefined ? [] : [Prisma.sql`lower(tool ->> 'name') = lower(${tool})`]),
    ...(closedFrom === undefined ? [] : [Prisma.sql`status = 'closed' AND decision ->> 'at' >= ${closedFrom}`]),
    ...(story === undefined ? [] : [whereStories([story])]),
    ...(text === undefined ? [] : words(text)),
    ...(range === undefined ? [] : [Prisma.sql`firstSeenAt < ${range.toMs} AND lastSeenAt >= ${range.fromMs}`]),
  ])
}

/** Finds the zones in their index first, so that the wide rows of other zones stay unread. */
const inZone = (zone: string): Prisma.Sql => Prisma.sql`zone IN (SELECT DISTINCT zone FROM "Alarm" WHERE ${under(Prisma.sql`zone`, zone)})`

/** A technique's own id, or one of its sub-techniques. */
const claims = (technique: string): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM json_each(techniques) claim
  WHERE json_extract(claim.value, '$.id') = ${technique} OR substr(json_extract(claim.value, '$.id'), 1, ${technique.length + 1}) = ${`${technique}.`})`

/** Every word must occur somewhere; ASCII case does not matter, and `%` or `_` mean themselves. */
const words = (text: string): Prisma.Sql[] =>
  text
    // SQLite's lower() knows ASCII alone; so must the other side.
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(
      (word) => Prisma.sql`instr(lower(id || ' ' || coalesce(zone, '') || ' ' || coalesce(source, '') || ' ' || coalesce(hostId, '')
        || ' ' || coalesce(hostName, '') || ' ' || coalesce(userName, '') || ' ' || summary), ${word}) > 0`,
    )

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
