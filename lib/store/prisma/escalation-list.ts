import { z } from 'zod'
import type { EscalationRow } from '@/lib/domain/escalation'
import type { Page } from '@/lib/domain/page'
import { SEVERITIES, severityRank } from '@/lib/domain/severity'
import type { EscalationFilter, EscalationMatch, EscalationScope } from '@/lib/store/ports'
import { Prisma } from './client/client'
import { cursorNumber, decodeCursor, encodeCursor } from './cursor'
import { toEscalation } from './escalation-row'
import type { AppDb } from './open-app-db'

const escalationCursor = z.tuple([z.literal('escalations'), cursorNumber])

/** Backslash escapes what LIKE would read as a pattern. */
const containing = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`

function whereEscalations({ status, severity, ownerUserId, text }: EscalationFilter): Prisma.Sql {
  const parts = [Prisma.sql`EXISTS (SELECT 1 FROM "EscalationAlarm" m WHERE m.escalationId = e.id)`]
  if (status?.length) parts.push(Prisma.sql`e.status IN (${Prisma.join([...status])})`)
  if (ownerUserId !== undefined) parts.push(Prisma.sql`e.ownerUserId = ${ownerUserId}`)
  if (text) parts.push(Prisma.sql`(e.id LIKE ${containing(text)} ESCAPE '\\' OR e.title LIKE ${containing(text)} ESCAPE '\\')`)
  if (severity?.length) {
    const ranks = severity.map(severityRank)
    const worst = Prisma.sql`SELECT MAX(a.severityRank) FROM "EscalationAlarm" m JOIN "Alarm" a ON a.id = m.alarmId WHERE m.escalationId = e.id`
    parts.push(Prisma.sql`(${worst}) IN (${Prisma.join(ranks)})`)
  }
  return Prisma.join(parts, ' AND ')
}

/** Newest first. @throws InvalidCursorError. */
export async function listEscalations(
  db: AppDb,
  filter: EscalationFilter,
  limit: number,
  cursor: string | null,
): Promise<Page<EscalationRow>> {
  const after = cursor === null ? Prisma.empty : Prisma.sql`AND e.number < ${decodeCursor(cursor, escalationCursor)[1]}`
  const keys = await db.$queryRaw<{ id: string; number: number }[]>`
    SELECT e.id, e.number FROM "Escalation" e WHERE ${whereEscalations(filter)} ${after} ORDER BY e.number DESC LIMIT ${limit + 1}`
  const shown = keys.slice(0, limit)
  const last = shown.at(-1)
  const rows = await rowsOf(
    db,
    shown.map(({ id }) => id),
  )
  return { rows, nextCursor: keys.length > limit && last !== undefined ? encodeCursor(['escalations', Number(last.number)]) : null }
}

interface Sums {
  readonly escalationId: string
  readonly alarms: number | bigint
  readonly rank: number | bigint | null
  readonly hosts: number | bigint
}

async function rowsOf(db: AppDb, ids: readonly string[]): Promise<EscalationRow[]> {
  if (ids.length === 0) return []
  const wanted = Prisma.join([...ids])
  const [records, sums, tasks] = await Promise.all([
    db.escalation.findMany({ where: { id: { in: [...ids] } }, orderBy: { number: 'desc' } }),
    db.$queryRaw<Sums[]>`
      SELECT m.escalationId, COUNT(*) AS alarms, MAX(a.severityRank) AS rank, COUNT(DISTINCT COALESCE(a.hostName, a.hostId, a.source)) AS hosts
      FROM "EscalationAlarm" m JOIN "Alarm" a ON a.id = m.alarmId WHERE m.escalationId IN (${wanted}) GROUP BY m.escalationId`,
    db.$queryRaw<{ escalationId: string; tasks: number | bigint; open: number | bigint }[]>`
      SELECT escalationId, COUNT(*) AS tasks, SUM(doneAt IS NULL) AS open FROM "EscalationTask"
      WHERE escalationId IN (${wanted}) AND removedAt IS NULL GROUP BY escalationId`,
  ])
  const sumOf = new Map(sums.map((sum) => [sum.escalationId, sum]))
  const tasksOf = new Map(tasks.map((row) => [row.escalationId, row]))
  return records.map((record) => {
    const sum = sumOf.get(record.id)
    return {
      ...toEscalation(record),
      alarms: Number(sum?.alarms ?? 0),
      worstSeverity: sum?.rank == null ? null : (SEVERITIES[Number(sum.rank)] ?? null),
      hosts: Number(sum?.hosts ?? 0),
      tasks: Number(tasksOf.get(record.id)?.tasks ?? 0),
      openTasks: Number(tasksOf.get(record.id)?.open ?? 0),
    }
  })
}

const anyOf = (values: readonly string[]): Prisma.Sql => (values.length === 0 ? Prisma.sql`NULL` : Prisma.join([...values]))

interface Shared {
  readonly id: string
  readonly zone: number | bigint
  readonly host: number | bigint
  readonly user: number | bigint
}

/** Escalations still worked on (open, contained) whose alarms share a domain, host or user: most in common first, then newest. */
export async function matchEscalations(db: AppDb, { zones, hosts, users }: EscalationScope, limit: number): Promise<EscalationMatch[]> {
  const [inZones, inHosts, inUsers] = [anyOf(zones), anyOf(hosts), anyOf(users)]
  const found = await db.$queryRaw<Shared[]>`
    SELECT * FROM (
      SELECT e.id, e.number, MAX(COALESCE(a.zone IN (${inZones}), 0)) AS zone,
        MAX(COALESCE(a.source IN (${inHosts}), 0) OR COALESCE(a.hostId IN (${inHosts}), 0)) AS host,
        MAX(COALESCE(a.userName IN (${inUsers}), 0)) AS user
      FROM "Escalation" e JOIN "EscalationAlarm" m ON m.escalationId = e.id JOIN "Alarm" a ON a.id = m.alarmId
      WHERE e.status IN ('open', 'contained') AND e.mergedIntoId IS NULL GROUP BY e.id
    ) WHERE zone + host + user > 0 ORDER BY zone + host + user DESC, number DESC LIMIT ${limit}`
  const rows = new Map(
    (
      await rowsOf(
        db,
        found.map(({ id }) => id),
      )
    ).map((row) => [row.id, row]),
  )
  return found.flatMap(({ id, zone, host, user }) => {
    const row = rows.get(id)
    if (row === undefined) return []
    const { alarms, worstSeverity: _, hosts: __, openTasks: ___, tasks: ____, ...escalation } = row
    const because = [
      ...(Number(zone) > 0 ? (['same-zone'] as const) : []),
      ...(Number(host) > 0 ? (['same-host'] as const) : []),
      ...(Number(user) > 0 ? (['same-user'] as const) : []),
    ]
    return [{ escalation, alarms, because }]
  })
}

/** Escalated alarms that stand in no escalation, the worst first. */
export async function looseAlarms(db: AppDb, limit: number): Promise<{ alarmIds: string[]; total: number }> {
  const where = Prisma.sql`a.status = 'escalated' AND NOT EXISTS (SELECT 1 FROM "EscalationAlarm" m WHERE m.alarmId = a.id)`
  const [rows, counted] = await Promise.all([
    db.$queryRaw<
      { id: string }[]
    >`SELECT a.id FROM "Alarm" a WHERE ${where} ORDER BY a.severityRank DESC, a.score DESC, a.id LIMIT ${limit}`,
    db.$queryRaw<{ total: number | bigint }[]>`SELECT COUNT(*) AS total FROM "Alarm" a WHERE ${where}`,
  ])
  return { alarmIds: rows.map(({ id }) => id), total: Number(counted[0]?.total ?? 0) }
}
