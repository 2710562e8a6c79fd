import { z } from 'zod'
import type { AlarmRow } from '@/lib/domain/alarm'
import type { Page } from '@/lib/domain/page'
import type { Story } from '@/lib/domain/story'
import type { AlarmFilter } from '@/lib/store/ports'
import { idsOfStories, STORY_KEY, whereAlarms } from './alarm-conditions'
import { alarmRecords } from './alarm-list'
import { toAlarmRow } from './alarm-row'
import { Prisma } from './client/client'
import { cursorNumber, decodeCursor, encodeCursor } from './cursor'
import type { AppDb } from './open-app-db'

type Count = bigint | number

interface Place {
  readonly story: string
  readonly worst: number
  readonly lastSeenAt: Count
}

const storyCursor = z.tuple([z.literal('stories'), cursorNumber, cursorNumber, z.string().max(300)])

/**
 * A page of stories, the one with the worst alarm first. Groups, order and page are SQLite's; figures are read for the
 * page's stories alone.
 *
 * @throws InvalidCursorError
 */
export async function listStoryPage(db: AppDb, filter: AlarmFilter, limit: number, cursor: string | null): Promise<Page<Story>> {
  const places = await db.$queryRaw<Place[]>`
    SELECT ${STORY_KEY} AS story, max(severityRank * 1000.0 + score) AS worst, max(lastSeenAt) AS lastSeenAt
    FROM "Alarm" WHERE ${whereAlarms(filter)} GROUP BY story ${cursor === null ? Prisma.empty : after(cursor)}
    ORDER BY worst DESC, lastSeenAt DESC, story DESC LIMIT ${limit + 1}`
  const shown = places.slice(0, limit)
  const last = shown.at(-1)
  const nextCursor =
    places.length > limit && last !== undefined ? encodeCursor(['stories', last.worst, Number(last.lastSeenAt), last.story]) : null
  return {
    rows:
      shown.length === 0
        ? []
        : await readStories(
            db,
            filter,
            shown.map((place) => place.story),
          ),
    nextCursor,
  }
}

function after(cursor: string): Prisma.Sql {
  const [, worst, lastSeenAt, story] = decodeCursor(cursor, storyCursor)
  return Prisma.sql`HAVING (max(severityRank * 1000.0 + score), max(lastSeenAt), story) < (${worst}, ${lastSeenAt}, ${story})`
}

export async function countStories(db: AppDb, filter: AlarmFilter): Promise<number> {
  const [row] = await db.$queryRaw<{ n: Count }[]>`
    SELECT count(*) AS n FROM (SELECT ${STORY_KEY} AS story FROM "Alarm" WHERE ${whereAlarms(filter)} GROUP BY story)`
  return Number(row?.n ?? 0)
}

interface Figures {
  readonly story: string
  readonly alarms: Count
  readonly hosts: Count
  readonly queries: Count
  readonly firstSeenAt: Count
  readonly lastSeenAt: Count
  readonly owners: string
  readonly notes: Count
}

async function readStories(db: AppDb, filter: AlarmFilter, keys: readonly string[]): Promise<Story[]> {
  // CROSS JOIN keeps SQLite at the stories' own alarms; by the filter it would walk all that are open.
  const members = await db.$queryRaw<{ id: string }[]>`
    SELECT "Alarm".id FROM (${idsOfStories(keys)}) member CROSS JOIN "Alarm" ON "Alarm".id = member.memberId WHERE ${whereAlarms(filter)}`
  const where = Prisma.sql`id IN (SELECT value FROM json_each(${JSON.stringify(members.map((member) => member.id))}))`
  const figures = await db.$queryRaw<Figures[]>`
    SELECT ${STORY_KEY} AS story, count(*) AS alarms, count(DISTINCT coalesce(hostName, source)) AS hosts, sum(queries) AS queries,
           min(firstSeenAt) AS firstSeenAt, max(lastSeenAt) AS lastSeenAt, sum(noteCount) AS notes,
           json_group_array(DISTINCT ownerName) FILTER (WHERE ownerName IS NOT NULL) AS owners
    FROM "Alarm" WHERE ${where} GROUP BY story`
  const detectors = await db.$queryRaw<{ story: string; detector: string; n: Count }[]>`
    SELECT ${STORY_KEY} AS story, detector, count(*) AS n FROM "Alarm" WHERE ${where} GROUP BY story, detector ORDER BY n DESC, detector`
  const hosts = await db.$queryRaw<{ story: string; host: string }[]>`
    SELECT story, host FROM (
      SELECT ${STORY_KEY} AS story, coalesce(hostName, source) AS host,
             row_number() OVER (PARTITION BY ${STORY_KEY} ORDER BY count(*) DESC, coalesce(hostName, source)) AS place
      FROM "Alarm" WHERE ${where} AND coalesce(hostName, source) IS NOT NULL GROUP BY story, host
    ) WHERE place = 1`
  const worst = await worstOfEach(db, where)
  const byStory = new Map(figures.map((each) => [each.story, each]))
  const hostOf = new Map(hosts.map((each) => [each.story, each.host]))
  return keys.flatMap((key) => {
    const found = byStory.get(key)
    const row = worst.get(key)
    if (found === undefined || row === undefined) return []
    const kinds = detectors.filter((each) => each.story === key).map(({ detector, n }) => ({ id: detector, count: Number(n) }))
    return [toStory(found, row, kinds, hostOf.get(key) ?? null)]
  })
}

async function worstOfEach(db: AppDb, where: Prisma.Sql): Promise<Map<string, AlarmRow>> {
  const places = await db.$queryRaw<{ id: string; story: string }[]>`
    SELECT id, story FROM (
      SELECT id, ${STORY_KEY} AS story,
             row_number() OVER (PARTITION BY ${STORY_KEY} ORDER BY severityRank DESC, score DESC, lastSeenAt DESC, id DESC) AS place
      FROM "Alarm" WHERE ${where}
    ) WHERE place = 1`
  const records = await alarmRecords(
    db,
    places.map((place) => place.id),
  )
  const rows = new Map(records.map((record) => [record.id, toAlarmRow(record)]))
  return new Map(
    places.flatMap(({ id, story }): [string, AlarmRow][] => {
      const row = rows.get(id)
      return row === undefined ? [] : [[story, row]]
    }),
  )
}

function toStory(figures: Figures, worst: AlarmRow, detectors: Story['detectors'], topHost: string | null): Story {
  return {
    key: figures.story,
    kind: worst.zone === null ? 'host' : 'zone',
    name: worst.zone ?? worst.hostName ?? worst.hostId ?? worst.source ?? worst.id,
    worst,
    alarms: Number(figures.alarms),
    detectors,
    hosts: Number(figures.hosts),
    topHost,
    queries: Number(figures.queries),
    firstSeenAt: Number(figures.firstSeenAt),
    lastSeenAt: Number(figures.lastSeenAt),
    owners: z.array(z.string()).parse(JSON.parse(figures.owners)),
    notes: Number(figures.notes),
  }
}
