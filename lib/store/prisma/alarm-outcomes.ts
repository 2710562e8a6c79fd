import { alarmStatusSchema, closeReasonSchema } from '@/lib/domain/alarm'
import type { AlarmOutcome, AlarmStore, TimeRange } from '@/lib/store/ports'
import { Prisma } from './client/client'
import type { AppDb } from './open-app-db'

/** Bound variables of one statement; SQLite takes 32,766. */
const IDS_PER_QUERY = 1_000

const reasonOf = (reason: string | null) => closeReasonSchema.nullable().catch(null).parse(reason)

/** See `AlarmStore.outcomes`. */
export async function countOutcomes(db: AppDb, { fromMs, toMs }: TimeRange): Promise<readonly AlarmOutcome[]> {
  const rows = await db.$queryRaw<{ detector: string; status: string; reason: string | null; n: bigint | number }[]>`
    SELECT detector, status, json_extract(decision, '$.reason') AS reason, count(*) AS n FROM "Alarm"
    WHERE lastSeenAt >= ${fromMs} AND lastSeenAt < ${toMs} GROUP BY detector, status, reason ORDER BY detector, status, reason`
  return rows.map(({ detector, status, reason, n }) => ({
    detector,
    status: alarmStatusSchema.parse(status),
    reason: reasonOf(reason),
    count: Number(n),
  }))
}

/** See `AlarmStore.standing`. */
export async function readStanding(db: AppDb, ids: readonly string[]): ReturnType<AlarmStore['standing']> {
  const found: Record<string, Awaited<ReturnType<AlarmStore['standing']>>[string]> = {}
  for (let i = 0; i < ids.length; i += IDS_PER_QUERY) {
    const part = ids.slice(i, i + IDS_PER_QUERY)
    const rows = await db.$queryRaw<{ id: string; status: string; reason: string | null }[]>`
      SELECT id, status, json_extract(decision, '$.reason') AS reason FROM "Alarm" WHERE id IN (${Prisma.join(part)})`
    for (const { id, status, reason } of rows) found[id] = { status: alarmStatusSchema.parse(status), reason: reasonOf(reason) }
  }
  return found
}
