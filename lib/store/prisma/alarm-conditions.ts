import { ALARM_STATUSES } from '@/lib/domain/alarm'
import { severityRank } from '@/lib/domain/severity'
import type { AlarmFilter, TimeRange } from '@/lib/store/ports'
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

export const isAnyStatus = (status: AlarmFilter['status']): boolean =>
  status === undefined || status.length === 0 || ALARM_STATUSES.every((each) => status.includes(each))

export const hasWords = ({ text }: Pick<AlarmFilter, 'text'>): boolean => text !== undefined && text.trim() !== ''

/**
 * How words and techniques, which any alarm may hold, are looked for: `found` in their narrow index first, to find the few
 * alarms of a list; `tested` on each alarm that something else has found; `walked`, worst first, through an index that has
 * technique and times but no words.
 */
type Approach = 'found' | 'walked' | 'tested'

/** The WHERE of a filter. Fields of the filter are ANDed, the values of one field ORed. */
export function whereAlarms(filter: AlarmFilter, approach: Approach = 'found'): Prisma.Sql {
  const { status, severity, detector, zone, source, hostId, technique, owner, host, user, tool, closedFrom, story, text, range } = filter
  return all([
    ...anyOf(Prisma.sql`status`, isAnyStatus(status) ? undefined : status),
    ...anyOf(Prisma.sql`severityRank`, severity?.map(severityRank)),
    ...anyOf(Prisma.sql`detector`, detector),
    ...(zone === undefined ? [] : [approach === 'tested' ? under(Prisma.sql`zone`, zone) : inZone(zone)]),
    ...(source === undefined ? [] : [Prisma.sql`source = ${source}`]),
    ...(hostId === undefined ? [] : [Prisma.sql`hostId = ${hostId}`]),
    ...(technique === undefined ? [] : [byIndex('Alarm_technique_idx', status, claims(technique), approach !== 'found')]),
    ...(owner === undefined ? [] : [owner === 'none' ? Prisma.sql`+ownerId IS NULL` : Prisma.sql`ownerId = ${owner}`]),
    ...(host === undefined ? [] : [ofHost(host, approach)]),
    ...(user === undefined ? [] : [Prisma.sql`userName = ${user}`]),
    ...(tool === undefined ? [] : [Prisma.sql`tool IS NOT NULL AND lower(tool ->> 'name') = lower(${tool})`]),
    ...(closedFrom === undefined ? [] : [Prisma.sql`status = 'closed' AND decision ->> 'at' >= ${closedFrom}`]),
    ...(story === undefined ? [] : [Prisma.sql`${anyStatus(status)} AND story = ${story}`]),
    ...(text === undefined || !hasWords({ text }) ? [] : [byIndex('Alarm_words_idx', status, words(text), approach === 'tested')]),
    ...(range === undefined ? [] : [inRange(range, approach)]),
  ])
}

type ScannedIndex = 'Alarm_technique_idx' | 'Alarm_words_idx'

function byIndex(index: ScannedIndex, status: AlarmFilter['status'], condition: Prisma.Sql, isTested: boolean): Prisma.Sql {
  if (isTested) return condition
  // The index of words holds nothing else: it is by far the widest, and a decision need not move its entries.
  const inStatus = index === 'Alarm_words_idx' ? Prisma.empty : Prisma.sql`${anyStatus(status)} AND`
  return Prisma.sql`rowid IN (SELECT rowid FROM "Alarm" INDEXED BY ${indexName(index)} WHERE ${inStatus} ${condition})`
}

/** `toMs` of a range without an end. */
const OPEN_END = Number.MAX_SAFE_INTEGER

/** Active at any time of the range; an open end is not asked. The plus keeps who walks from sorting by time instead. */
function inRange({ fromMs, toMs }: TimeRange, approach: Approach): Prisma.Sql {
  return all([
    ...(toMs >= OPEN_END ? [] : [Prisma.sql`firstSeenAt < ${toMs}`]),
    approach === 'walked' ? Prisma.sql`+lastSeenAt >= ${fromMs}` : Prisma.sql`lastSeenAt >= ${fromMs}`,
  ])
}

/** A learnt name outlives its last sign by so much, and is taken to hold so long before its first (see `nameAt`). */
const NAME_OUTLIVES_MS = 8 * 86_400_000
const NAME_SEEN_AFTER_MS = 86_400_000

/**
 * By id, by name, or by the address of the source; a name also finds the addresses that were given it, while they had it.
 * SQLite finds each in its own index, but reads everything for all at once.
 */
function ofHost(host: string, approach: Approach): Prisma.Sql {
  const named = isNamed(host.toLowerCase())
  const meanwhile = Prisma.sql`n.firstSeenAt <= a.lastSeenAt + ${NAME_SEEN_AFTER_MS} AND n.lastSeenAt >= a.firstSeenAt - ${NAME_OUTLIVES_MS}`
  if (approach === 'tested') {
    const learnt = Prisma.sql`EXISTS (SELECT 1 FROM "HostName" n, "Alarm" a WHERE a.rowid = "Alarm".rowid AND n.address = a.source AND ${named} AND ${meanwhile})`
    const given = Prisma.sql`source IN (SELECT key FROM "Asset" n WHERE ${isNamed(host.toLowerCase(), true)})`
    return Prisma.sql`(hostId = ${host} OR hostName = ${host} COLLATE NOCASE OR source = ${host} OR ${learnt} OR ${given})`
  }
  return Prisma.sql`rowid IN (SELECT rowid FROM "Alarm" WHERE hostId = ${host}
    UNION ALL SELECT rowid FROM "Alarm" WHERE hostName = ${host} COLLATE NOCASE
    UNION ALL SELECT rowid FROM "Alarm" WHERE source = ${host}
    UNION ALL SELECT a.rowid FROM "HostName" n JOIN "Alarm" a ON a.source = n.address WHERE ${named} AND ${meanwhile}
    UNION ALL SELECT a.rowid FROM "Asset" n JOIN "Alarm" a ON a.source = n.key WHERE ${isNamed(host.toLowerCase(), true)})`
}

/** `ws-12` is also what `ws-12.corp.example` is called: a name, or its first labels. '/' follows '.' in every encoding of names. */
function isNamed(name: string, isAsset = false): Prisma.Sql {
  const column = isAsset ? Prisma.sql`lower(n.name)` : Prisma.sql`n.name`
  return Prisma.sql`(${column} = ${name} OR (${column} > ${`${name}.`} AND ${column} < ${`${name}/`}))`
}

const indexName = (name: string): Prisma.Sql => Prisma.raw(`"${name}"`)

/** True when a field of the filter leaves few alarms and has an index, so that they are worth finding before they are grouped. */
const isNarrow = ({ zone, source, hostId, owner, host, user, tool, closedFrom, story }: AlarmFilter): boolean =>
  [zone, source, hostId, host, user, tool, closedFrom, story].some((field) => field !== undefined) || (owner ?? 'none') !== 'none'

export const wordsIndex = indexName('Alarm_words_idx')

/** Where many alarms under a filter are counted by status, detector and severity: the index that holds most of what the filter asks. */
export function facetSource(filter: AlarmFilter): { readonly from: Prisma.Sql; readonly where: Prisma.Sql; readonly isOrdered: boolean } {
  if (isNarrow(filter)) return { from: Prisma.sql`"Alarm"`, where: whereAlarms(filter), isOrdered: false }
  const byTime = filter.range === undefined ? 'Alarm_facets_idx' : 'Alarm_newest_idx'
  const index = filter.technique === undefined ? byTime : 'Alarm_technique_idx'
  return {
    from: Prisma.sql`"Alarm" INDEXED BY ${indexName(index)}`,
    where: whereAlarms(filter, 'walked'),
    isOrdered: index !== 'Alarm_newest_idx',
  }
}

/** The WHERE of a filter for a query without an order, so that a narrow field's own index is used. */
export function whereUnordered(filter: AlarmFilter): Prisma.Sql {
  const { status, ...others } = filter
  return isNarrow(filter) ? Prisma.sql`${whereAlarms(others)} AND +${anyStatus(status)}` : whereAlarms(filter)
}

/** Finds the zones in their index first, so that the wide rows of other zones stay unread. */
const inZone = (zone: string): Prisma.Sql => Prisma.sql`zone IN (SELECT DISTINCT zone FROM "Alarm" WHERE ${under(Prisma.sql`zone`, zone)})`

/** A technique's own id, or one of its sub-techniques. */
const claims = (technique: string): Prisma.Sql =>
  Prisma.sql`(instr(' ' || techniqueIds || ' ', ${` ${technique} `}) > 0 OR instr(' ' || techniqueIds, ${` ${technique}.`}) > 0)`

/** The text that words are searched in: the expression of the index "Alarm_words_idx", which is read instead of the rows. */
const WORDS = Prisma.sql`lower("id" || ' ' || coalesce("zone", '') || ' ' || coalesce("source", '') || ' ' || coalesce("hostId", '') || ' ' || coalesce("hostName", '') || ' ' || coalesce("userName", '') || ' ' || "summary")`

/** Every word must occur somewhere; ASCII case does not matter, and `%` or `_` mean themselves. LIKE takes half the time of `instr`. */
const words = (text: string): Prisma.Sql =>
  all(
    text
      .split(/\s+/)
      .filter((word) => word !== '')
      .map((word) => Prisma.sql`${WORDS} LIKE ${`%${word.replace(/[\\%_]/g, '\\$&')}%`} ESCAPE '\\'`),
  )

/** Fields that the index of stories holds. */
const IN_STORY_INDEX = ['status', 'severity', 'technique', 'range']
const isInStoryIndex = (filter: AlarmFilter): boolean =>
  Object.keys(filter).every((field) => IN_STORY_INDEX.includes(field)) && (filter.range?.toMs ?? OPEN_END) >= OPEN_END

/** SQL that counts the stories of many alarms under a filter. A plus before a column keeps SQLite from preferring that column's index. */
export function countOfStories(filter: AlarmFilter, among: Prisma.Sql = Prisma.empty): Prisma.Sql {
  if (isInStoryIndex(filter))
    return Prisma.sql`SELECT count(*) AS n FROM (SELECT 1 FROM "Alarm" INDEXED BY "Alarm_story_idx" WHERE ${anyStatus(filter.status)} AND ${whereAlarms(filter, 'tested')} ${among} GROUP BY story)`
  return Prisma.sql`SELECT count(DISTINCT +story) AS n FROM "Alarm" WHERE ${whereUnordered(filter)} ${among}`
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
