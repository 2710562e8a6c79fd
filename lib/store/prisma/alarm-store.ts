import { alarmStatusSchema } from '@/lib/domain/alarm'
import type { AlarmEvent } from '@/lib/domain/alarm-event'
import type { Actor, AlarmStateBefore, AlarmStore } from '@/lib/store/ports'
import { whereAlarms, whereCovered } from './alarm-conditions'
import { countAlarms, countByTechnique, countFacets, countOpenBySource } from './alarm-counts'
import { decideAlarm } from './alarm-decide'
import { toAlarmEvent } from './alarm-event-row'
import { listAlarmPage, worstAlarms } from './alarm-list'
import { remembered } from './alarm-memory'
import { countOutcomes, readStanding } from './alarm-outcomes'
import { EXPLAINED, toAlarm, toDecision } from './alarm-row'
import { countStories, listStoryPage } from './alarm-stories'
import { Prisma } from './client/client'
import { removeDemoMembers } from './escalation-store'
import type { AppDb } from './open-app-db'
import { inWriteTransaction, raiseChangeNumber, readChangeNumber } from './write-transaction'

/** A person's side of alarms, in app.db. @param newId - ids of history lines. */
export function createPrismaAlarmStore(db: AppDb, newId: () => string): AlarmStore {
  return {
    find: async (id) => {
      const record = await db.alarm.findUnique({ where: { id }, include: EXPLAINED })
      return record === null ? null : toAlarm(record)
    },
    list: (filter, sort, limit, cursor) => listAlarmPage(db, filter, sort, limit, cursor),
    count: (filter) => remembered(db, `count ${JSON.stringify(filter)}`, () => countAlarms(db, whereAlarms(filter))),
    stories: (filter, limit, cursor) => listStoryPage(db, filter, limit, cursor),
    countStories: (filter) => remembered(db, `stories ${JSON.stringify(filter)}`, () => countStories(db, filter)),
    facets: (filter) => remembered(db, `facets ${JSON.stringify(filter)}`, () => countFacets(db, filter)),
    changeNumber: () => readChangeNumber(db),
    history: async (alarmId) => (await db.alarmEvent.findMany({ where: { alarmId }, orderBy: { seq: 'asc' } })).map(toAlarmEvent),
    stateBefore: (eventId) => findStateBefore(db, eventId),
    related: (alarm, range, limit) => {
      const shares = [
        ...(alarm.zone === null ? [] : [Prisma.sql`zone = ${alarm.zone}`]),
        ...(alarm.source === null ? [] : [Prisma.sql`source = ${alarm.source}`]),
        ...(alarm.hostId === null ? [] : [Prisma.sql`hostId = ${alarm.hostId}`]),
        ...(alarm.userName === null ? [] : [Prisma.sql`userName = ${alarm.userName}`]),
      ]
      if (shares.length === 0) return Promise.resolve([])
      const where = Prisma.sql`(${Prisma.join(shares, ' OR ')}) AND id <> ${alarm.id} AND ${whereAlarms({ range })}`
      return worstAlarms(db, where, limit)
    },
    coveredBy: async (rule, exampleLimit) => {
      const covered = whereCovered(rule)
      const open = Prisma.sql`${covered} AND status = 'open'`
      const confirmed = Prisma.sql`${covered} AND status = 'closed' AND json_extract(decision, '$.reason') = 'true-positive'`
      return {
        open: await countAlarms(db, open),
        truePositives: await countAlarms(db, confirmed),
        examples: await worstAlarms(db, open, exampleLimit),
      }
    },
    openBySource: (zone) => countOpenBySource(db, zone),
    hasDemo: async () => (await db.alarm.findFirst({ where: { demo: true }, select: { id: true } })) !== null,
    decide: (change) => decideAlarm(db, newId, change),
    addNote: (note) => addNote(db, newId, note),
    techniqueCounts: () => countByTechnique(db),
    outcomes: (range) => countOutcomes(db, range),
    standing: (ids) => readStanding(db, ids),
    removeDemo: () => removeDemo(db),
  }
}

async function findStateBefore(db: AppDb, eventId: string): Promise<AlarmStateBefore | null> {
  const record = await db.alarmEvent.findUnique({ where: { id: eventId } })
  if (record === null || record.previousStatus === null) return null
  return {
    event: toAlarmEvent(record),
    status: alarmStatusSchema.parse(record.previousStatus),
    decision: toDecision(record.previousDecision),
    suppressedByEntryId: record.previousSuppressedByEntryId,
    entryId: record.entryId,
  }
}

function addNote(
  db: AppDb,
  newId: () => string,
  note: { readonly alarmId: string; readonly text: string; readonly by: Actor; readonly at: number },
): Promise<AlarmEvent> {
  return inWriteTransaction(db, async (tx) => {
    await tx.alarm.update({ where: { id: note.alarmId }, data: { noteCount: { increment: 1 }, changeNumber: await raiseChangeNumber(tx) } })
    const record = await tx.alarmEvent.create({
      data: {
        id: newId(),
        alarmId: note.alarmId,
        at: new Date(note.at),
        action: 'noted',
        byUserId: note.by.userId,
        byName: note.by.name,
        note: note.text,
      },
    })
    return toAlarmEvent(record)
  })
}

function removeDemo(db: AppDb): Promise<number> {
  return inWriteTransaction(db, async (tx) => {
    await removeDemoMembers(tx)
    await tx.$executeRaw`DELETE FROM "AlarmEvent" WHERE alarmId IN (SELECT id FROM "Alarm" WHERE demo = 1)`
    await tx.$executeRaw`DELETE FROM "AllowlistEntry" WHERE alarmId IN (SELECT id FROM "Alarm" WHERE demo = 1)`
    const { count } = await tx.alarm.deleteMany({ where: { demo: true } })
    await raiseChangeNumber(tx)
    return count
  })
}
