import type { AlarmRow } from '@/lib/domain/alarm'
import type { Page } from '@/lib/domain/page'
import type { Story } from '@/lib/domain/story'
import type { AlarmFilter } from '@/lib/store/ports'
import { anyStatus, countOfStories, whereAlarms } from './alarm-conditions'
import { afterWorst, alarmRecords, WORST_FIRST, worstCursorOf } from './alarm-list'
import { toAlarmRow } from './alarm-row'
import { type AlarmScope, scopeOf } from './alarm-scope'
import { Prisma } from './client/client'
import type { AppDb } from './open-app-db'

type Count = bigint | number

/**
 * A page of stories, the one with the worst alarm first. Alarms are walked worst first, and each that is the worst of its
 * story under the filter is that story's place; so a page costs what it shows, however many alarms there are.
 *
 * @throws InvalidCursorError
 */
export async function listStoryPage(db: AppDb, filter: AlarmFilter, limit: number, cursor: string | null): Promise<Page<Story>> {
  const scope = await scopeOf(db, filter, true)
  const after = cursor === null ? null : afterWorst(cursor)
  const places = scope.isFew ? await placesAmongFew(db, scope, after) : await placesOnTheWay(db, scope, after, limit + 1)
  const shown = places.slice(0, limit)
  const records = await alarmRecords(
    db,
    shown.map(({ id }) => id),
  )
  const last = records.at(-1)
  return {
    rows: await readStories(
      db,
      scope,
      records.map((record) => ({ key: record.story, worst: toAlarmRow(record) })),
    ),
    nextCursor: places.length > limit && last !== undefined ? worstCursorOf(last) : null,
  }
}

/** The worst alarm of a story. */
interface StoryPlace {
  readonly id: string
  readonly story: string
}

/** Of few alarms, the first of each story is its worst. */
async function placesAmongFew(db: AppDb, { from, where }: AlarmScope, after: Prisma.Sql | null): Promise<readonly StoryPlace[]> {
  const alarms = await db.$queryRaw<(StoryPlace & { isAfter: Count })[]>`
    SELECT id, story, ${after ?? Prisma.sql`1`} AS isAfter FROM ${from} WHERE ${where} ORDER BY ${WORST_FIRST}`
  const seen = new Set<string>()
  return alarms.filter(({ story, isAfter }) => !seen.has(story) && seen.add(story) && Number(isAfter) === 1)
}

const placesOnTheWay = (db: AppDb, scope: AlarmScope, after: Prisma.Sql | null, limit: number) =>
  db.$queryRaw<StoryPlace[]>`
    SELECT id, story FROM ${scope.from} WHERE ${scope.where} ${after === null ? Prisma.empty : Prisma.sql`AND ${after}`}
      AND ${isWorstOfStory(scope)}
    ORDER BY ${WORST_FIRST} LIMIT ${limit}`

/**
 * No alarm of the same story meets the filter and comes before. The subquery's own "Alarm" hides the outer one, so that one
 * filter serves both.
 */
function isWorstOfStory({ rest, among }: AlarmScope): Prisma.Sql {
  return Prisma.sql`NOT EXISTS (
    SELECT 1 FROM (SELECT story AS itsStory, severityRank AS itsRank, score AS itsScore, lastSeenAt AS itsTime, id AS itsId)
    CROSS JOIN "Alarm" INDEXED BY "Alarm_story_idx"
    WHERE ${anyStatus(rest.status)} AND story = itsStory
      AND (severityRank, score, lastSeenAt, id) > (itsRank, itsScore, itsTime, itsId) AND ${whereAlarms(rest, 'tested')} ${among})`
}

export async function countStories(db: AppDb, filter: AlarmFilter): Promise<number> {
  const { from, where, isFew, rest, among } = await scopeOf(db, filter, false)
  const [row] = await db.$queryRaw<{ n: Count }[]>(
    isFew ? Prisma.sql`SELECT count(DISTINCT story) AS n FROM ${from} WHERE ${where}` : countOfStories(rest, among),
  )
  return Number(row?.n ?? 0)
}

/** The alarms of one story, detector, host and owner. */
interface Part {
  readonly story: string
  readonly detector: string
  readonly host: string | null
  readonly owner: string | null
  readonly alarms: Count
  readonly queries: Count
  readonly firstSeenAt: Count
  readonly lastSeenAt: Count
  readonly notes: Count
}

interface Place {
  readonly key: string
  readonly worst: AlarmRow
}

async function readStories(db: AppDb, scope: AlarmScope, places: readonly Place[]): Promise<Story[]> {
  if (places.length === 0) return []
  const keys = JSON.stringify(places.map(({ key }) => key))
  const wanted = Prisma.sql`SELECT value AS wanted FROM json_each(${keys})`
  const alarms = scope.isFew
    ? Prisma.sql`${scope.from} WHERE story IN (${wanted}) AND ${scope.where}`
    : Prisma.sql`(${wanted}) CROSS JOIN "Alarm" INDEXED BY "Alarm_story_idx"
        WHERE story = wanted AND ${anyStatus(scope.rest.status)} AND ${whereAlarms(scope.rest, 'tested')} ${scope.among}`
  const parts = await db.$queryRaw<Part[]>`
    SELECT story, detector, coalesce(hostName, source) AS host, ownerName AS owner, count(*) AS alarms, sum(queries) AS queries,
           min(firstSeenAt) AS firstSeenAt, max(lastSeenAt) AS lastSeenAt, sum(noteCount) AS notes
    FROM ${alarms} GROUP BY 1, 2, 3, 4`
  const byStory = new Map<string, Part[]>(places.map(({ key }) => [key, []]))
  for (const part of parts) byStory.get(part.story)?.push(part)
  return places.map(({ key, worst }) => toStory(key, worst, byStory.get(key) ?? []))
}

/** Sums by what `keyOf` gives, most first, ties by name; parts without a key are left out. */
function countBy(parts: readonly Part[], keyOf: (part: Part) => string | null): { readonly id: string; readonly count: number }[] {
  const counts = new Map<string, number>()
  for (const part of parts) {
    const key = keyOf(part)
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + Number(part.alarms))
  }
  return [...counts].map(([id, count]) => ({ id, count })).sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1))
}

function toStory(key: string, worst: AlarmRow, parts: readonly Part[]): Story {
  const sum = (of: (part: Part) => Count): number => parts.reduce((total, part) => total + Number(of(part)), 0)
  const hosts = countBy(parts, (part) => part.host)
  return {
    key,
    kind: worst.zone === null ? 'host' : 'zone',
    name: worst.zone ?? worst.hostName ?? worst.hostId ?? worst.source ?? worst.id,
    worst,
    alarms: sum((part) => part.alarms),
    detectors: countBy(parts, (part) => part.detector),
    hosts: hosts.length,
    topHost: hosts[0]?.id ?? null,
    queries: sum((part) => part.queries),
    firstSeenAt: Math.min(...parts.map((part) => Number(part.firstSeenAt))),
    lastSeenAt: Math.max(...parts.map((part) => Number(part.lastSeenAt))),
    owners: [...new Set(parts.flatMap((part) => part.owner ?? []))].sort(),
    notes: sum((part) => part.notes),
  }
}
