import type { SelectionOutline } from '@/lib/store/ports'
import { Prisma } from './client/client'
import type { AppDb } from './open-app-db'

const MOST_ZONES = 50
/** Of each kind; an escalation holds 500 alarms, and past these its title only counts. */
const MOST_NAMES = 200

/** See `SelectionStore.outline`. */
export async function outlineSelection(db: AppDb, selectionId: string): Promise<SelectionOutline> {
  const from = Prisma.sql`FROM "SelectionItem" item JOIN "Alarm" alarm ON alarm.id = item.alarmId WHERE item.selectionId = ${selectionId}`
  const zones = await db.$queryRaw<
    { zone: string; alarms: bigint; sources: bigint; source: string | null; detectors: bigint; detector: string }[]
  >`
    SELECT alarm.zone AS zone, count(*) AS alarms,
           count(DISTINCT coalesce(alarm.source, '')) AS sources, max(alarm.source) AS source,
           count(DISTINCT alarm.detector) AS detectors, max(alarm.detector) AS detector
    ${from} AND alarm.zone IS NOT NULL GROUP BY alarm.zone ORDER BY alarms DESC, alarm.zone LIMIT ${MOST_ZONES}`
  const [counts] = await db.$queryRaw<{ zones: bigint; withoutZone: bigint }[]>`
    SELECT count(DISTINCT alarm.zone) AS zones, coalesce(sum(alarm.zone IS NULL), 0) AS withoutZone ${from}`
  const distinct = async (column: Prisma.Sql, condition: Prisma.Sql = Prisma.empty): Promise<string[]> => {
    const rows = await db.$queryRaw<{ value: string }[]>`
      SELECT DISTINCT ${column} AS value ${from} AND ${column} IS NOT NULL ${condition} LIMIT ${MOST_NAMES}`
    return rows.map(({ value }) => value)
  }
  // A resolver asks for everybody: sharing one says nothing.
  const noResolver = Prisma.sql`AND NOT EXISTS (
    SELECT 1 FROM "AlarmExplanation" told WHERE told.alarmId = alarm.id AND told.evidence ->> '$.resolver' IS NOT NULL)`
  const named = await db.$queryRaw<{ zone: string | null; hostName: string | null; source: string | null }[]>`
    SELECT DISTINCT alarm.zone AS zone, alarm.hostName AS hostName, alarm.source AS source ${from} LIMIT ${MOST_NAMES}`
  return {
    zones: zones.map(({ zone, alarms, sources, source, detectors, detector }) => ({
      zone,
      alarms: Number(alarms),
      source: Number(sources) === 1 ? source : null,
      detector: Number(detectors) === 1 ? detector : null,
    })),
    zonesTotal: Number(counts?.zones ?? 0),
    withoutZone: Number(counts?.withoutZone ?? 0),
    detectors: await distinct(Prisma.sql`alarm.detector`),
    scope: {
      zones: await distinct(Prisma.sql`alarm.zone`),
      hosts: [...(await distinct(Prisma.sql`alarm.source`, noResolver)), ...(await distinct(Prisma.sql`alarm.hostId`))],
      users: await distinct(Prisma.sql`alarm.userName`),
    },
    named,
  }
}

/** See `SelectionStore.escalatable`. */
export async function escalatableOf(db: AppDb, selectionId: string, limit: number): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT alarm.id FROM "SelectionItem" item JOIN "Alarm" alarm ON alarm.id = item.alarmId AND alarm.version = item.version
    WHERE item.selectionId = ${selectionId} AND alarm.status IN ('open', 'suppressed')
      AND NOT EXISTS (SELECT 1 FROM "EscalationAlarm" member JOIN "Escalation" held ON held.id = member.escalationId
                      WHERE member.alarmId = alarm.id AND held.status <> 'resolved')
    ORDER BY item.position LIMIT ${limit}`
  return rows.map(({ id }) => id)
}
