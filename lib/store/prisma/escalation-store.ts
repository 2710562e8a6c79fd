import type { EscalationDetail } from '@/lib/domain/escalation'
import type { EscalationOutcome, EscalationStore } from '@/lib/store/ports'
import { worstAlarms } from './alarm-list'
import { Prisma } from './client/client'
import { type Changed, changeEscalation, createEscalation } from './escalation-change'
import { listEscalations, looseAlarms, matchEscalations } from './escalation-list'
import { standingEscalations } from './escalation-members'
import { toEscalation, toHistory, toTask } from './escalation-row'
import type { AppDb } from './open-app-db'
import { inWriteTransaction, type Tx } from './write-transaction'

/** Bundles of alarms in app.db. @param newId - ids of tasks and history lines. */
export function createPrismaEscalationStore(db: AppDb, newId: () => string): EscalationStore {
  const find: EscalationStore['find'] = async (id) => {
    const record = await db.escalation.findUnique({ where: { id } })
    return record === null ? null : toEscalation(record)
  }
  return {
    find,
    list: (filter, limit, cursor) => listEscalations(db, filter, limit, cursor),
    detail: (id) => readDetail(db, id),
    ofAlarm: async (alarmId) => {
      const id = (await standingEscalations(db, [alarmId])).get(alarmId)
      return id === undefined ? null : find(id)
    },
    matches: (scope, limit) => matchEscalations(db, scope, limit),
    loose: (limit) => looseAlarms(db, limit),
    create: (escalation) => inWriteTransaction(db, async (tx) => outcomeOf(tx, await createEscalation(tx, newId, escalation))),
    change: (change) => inWriteTransaction(db, async (tx) => outcomeOf(tx, await changeEscalation(tx, newId, change))),
  }
}

async function readDetail(db: AppDb, id: string): Promise<EscalationDetail | null> {
  const record = await db.escalation.findUnique({ where: { id } })
  if (record === null) return null
  const members = Prisma.sql`id IN (SELECT alarmId FROM "EscalationAlarm" WHERE escalationId = ${id})`
  const [alarms, tasks, events] = await Promise.all([
    // SQLite reads −1 as "all"; how many an escalation holds is bounded.
    worstAlarms(db, members, -1),
    db.escalationTask.findMany({ where: { escalationId: id, removedAt: null }, orderBy: [{ position: 'asc' }, { id: 'asc' }] }),
    db.escalationEvent.findMany({ where: { escalationId: id }, orderBy: { seq: 'asc' } }),
  ])
  return { escalation: toEscalation(record), alarms, tasks: tasks.map(toTask), history: toHistory(events) }
}

async function outcomeOf(tx: Tx, { escalationId, eventId, otherId }: Changed): Promise<EscalationOutcome> {
  const record = await tx.escalation.findUniqueOrThrow({ where: { id: escalationId } })
  const events = await tx.escalationEvent.findMany({ where: { escalationId }, orderBy: { seq: 'asc' } })
  const event = toHistory(events).find(({ id }) => id === eventId)
  if (event === undefined) throw new Error(`The change ${eventId} of ${escalationId} left no line.`)
  return { escalation: toEscalation(record), event, otherId }
}

/** Takes the demo's alarms out; an escalation that held nothing else goes with them. */
export async function removeDemoMembers(tx: Tx): Promise<void> {
  const demo = Prisma.sql`SELECT id FROM "Alarm" WHERE demo = 1`
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT escalationId AS id FROM "EscalationAlarm" WHERE alarmId IN (${demo})
    AND escalationId NOT IN (SELECT escalationId FROM "EscalationAlarm" WHERE alarmId NOT IN (${demo}))`
  await tx.$executeRaw`DELETE FROM "EscalationAlarm" WHERE alarmId IN (${demo})`
  const ids = rows.map(({ id }) => id)
  await tx.escalationEvent.deleteMany({ where: { escalationId: { in: ids } } })
  await tx.escalationTask.deleteMany({ where: { escalationId: { in: ids } } })
  await tx.escalation.deleteMany({ where: { id: { in: ids } } })
}
