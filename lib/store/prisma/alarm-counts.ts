import { alarmStatusSchema } from '@/lib/domain/alarm'
import { SEVERITIES } from '@/lib/domain/severity'
import type { AlarmFilter, AlarmStore } from '@/lib/store/ports'
import { facetSource } from './alarm-conditions'
import { scopeOf } from './alarm-scope'
import { Prisma } from './client/client'
import type { AppDb } from './open-app-db'

// SQLite counts come back as bigint through raw queries.
type Count = bigint | number

export async function countAlarms(db: AppDb, where: Prisma.Sql): Promise<number> {
  const [row] = await db.$queryRaw<{ n: Count }[]>`SELECT count(*) AS n FROM "Alarm" WHERE ${where}`
  return Number(row?.n ?? 0)
}

/** One pass over an index instead of one a field; without an order to keep, the few that a narrow filter leaves are found first. */
export async function countFacets(db: AppDb, filter: AlarmFilter): ReturnType<AlarmStore['facets']> {
  const scope = await scopeOf(db, filter, false)
  const { from, where, isOrdered } = scope.isFew ? { ...scope, isOrdered: false } : facetSource(scope.rest)
  const groups = isOrdered ? Prisma.sql`status, detector, severityRank` : Prisma.sql`+status, +detector, +severityRank`
  const rows = await db.$queryRaw<{ status: string; severityRank: Count; detector: string; n: Count }[]>`
    SELECT status, severityRank, detector, count(*) AS n FROM ${from} WHERE ${where} ${scope.among} GROUP BY ${groups}`
  return rows.map(({ status, severityRank, detector, n }) => ({
    status: alarmStatusSchema.parse(status),
    severity: SEVERITIES[Number(severityRank)] ?? 'low',
    detector,
    count: Number(n),
  }))
}

export async function countOpenBySource(db: AppDb, zone: string): Promise<Record<string, number>> {
  const rows = await db.$queryRaw<{ source: string; n: Count }[]>`
    SELECT source, count(*) AS n FROM "Alarm"
    WHERE zone = ${zone} AND source IS NOT NULL AND status IN ('open', 'escalated') GROUP BY source`
  return Object.fromEntries(rows.map(({ source, n }) => [source, Number(n)]))
}

/** A claim counts once an alarm, however often it is made; true positives are those a person closed as such. */
export async function countByTechnique(db: AppDb): ReturnType<AlarmStore['techniqueCounts']> {
  const rows = await db.$queryRaw<{ technique: string; detector: string; open: Count; truePositive: Count; total: Count }[]>`
    SELECT technique, detector, count(*) AS total,
           sum(status IN ('open', 'escalated')) AS open,
           sum(status = 'closed' AND json_extract(decision, '$.reason') IS 'true-positive') AS truePositive
    FROM (
      SELECT DISTINCT alarm.id, alarm.detector, alarm.status, alarm.decision, json_extract(claim.value, '$.id') AS technique
      FROM "Alarm" alarm, json_each(alarm.techniques) claim
    )
    GROUP BY technique, detector ORDER BY technique, detector`
  return rows.map(({ technique, detector, open, truePositive, total }) => ({
    technique,
    detector,
    open: Number(open),
    truePositive: Number(truePositive),
    total: Number(total),
  }))
}
