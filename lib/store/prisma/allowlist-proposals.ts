import { z } from 'zod'
import type { DismissedProposal, PutAsideZone } from '@/lib/domain/allowlist-proposal'
import { Prisma } from './client/client'
import type { AppDb } from './open-app-db'

const PREFIX = 'allowlist-proposal/'
const MAX_DISMISSED = 1_000

const dismissedSchema = z.object({ putAside: z.number(), byName: z.string(), at: z.number() })

interface ZoneRow {
  readonly zone: string
  readonly closedBenign: bigint | number
  readonly people: bigint | number
  readonly suppressed: bigint | number
  readonly decidedFamily: string | null
  readonly observedFamily: string | null
  readonly alarmId: string
  readonly lastSeenAt: bigint | number | string
}

const CLOSED_BENIGN = Prisma.sql`(a.status = 'closed' AND json_extract(a.decision, '$.reason') IN ('benign-positive', 'false-positive'))`
/** Explained by the catalogue, not hidden by an entry: that one is there already. */
const EXPLAINED = Prisma.sql`(a.status = 'suppressed' AND a.suppressedByEntryId IS NULL)`

/** Most often put aside first. */
export async function putAsideZones(db: AppDb, limit: number): Promise<readonly PutAsideZone[]> {
  // Of bare columns beside max(), SQLite takes the row that has the maximum: the newest alarm.
  const rows = await db.$queryRaw<ZoneRow[]>`
    SELECT a.zone AS zone, sum(${CLOSED_BENIGN}) AS closedBenign, sum(${EXPLAINED}) AS suppressed,
      count(DISTINCT CASE WHEN ${CLOSED_BENIGN} THEN json_extract(a.decision, '$.byUserId') END) AS people,
      max(json_extract(a.decision, '$.family')) AS decidedFamily,
      json_extract((SELECT evidence FROM "AlarmExplanation" WHERE alarmId = a.id), '$.benign.family') AS observedFamily, a.id AS alarmId, max(CAST(a.lastSeenAt AS INTEGER)) AS lastSeenAt
    FROM "Alarm" AS a
    WHERE a.zone IS NOT NULL AND a.demo = 0 AND (${CLOSED_BENIGN} OR ${EXPLAINED}) AND NOT EXISTS (
      SELECT 1 FROM "Alarm" AS b WHERE b.zone = a.zone AND (b.status = 'escalated'
        OR json_extract(b.decision, '$.reason') IN ('true-positive', 'authorised-test')
        OR EXISTS (SELECT 1 FROM "AlarmEvent" AS e WHERE e.alarmId = b.id AND e.action = 'escalated' AND e.undoneById IS NULL)))
    GROUP BY a.zone HAVING count(*) >= 2 ORDER BY count(*) DESC, a.zone LIMIT ${limit}`
  return rows.map((row) => ({
    zone: row.zone,
    closedBenign: Number(row.closedBenign),
    people: Number(row.people),
    suppressed: Number(row.suppressed),
    family: row.decidedFamily ?? row.observedFamily,
    alarmId: row.alarmId,
    lastSeenAt: Number(row.lastSeenAt),
  }))
}

export async function dismissedProposals(db: AppDb): Promise<readonly DismissedProposal[]> {
  const rows = await db.setting.findMany({ where: { key: { startsWith: PREFIX } }, orderBy: { updatedAt: 'desc' }, take: MAX_DISMISSED })
  return rows.map(({ key, value }) => ({ domain: key.slice(PREFIX.length), ...dismissedSchema.parse(JSON.parse(value)) }))
}

export async function dismissProposal(db: AppDb, { domain, ...rest }: DismissedProposal): Promise<void> {
  const stored = { value: JSON.stringify(rest), updatedAt: new Date(rest.at) }
  await db.setting.upsert({ where: { key: PREFIX + domain }, create: { key: PREFIX + domain, ...stored }, update: stored })
}
