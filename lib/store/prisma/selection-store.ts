import { type AlarmUnit, type Selection, unitChangeSchema } from '@/lib/domain/alarm-unit'
import type { SeenAlarm, SelectionStore } from '@/lib/store/ports'
import { whereUnordered } from './alarm-conditions'
import { advanceUnit, leftAlone } from './alarm-unit'
import type { Selection as SelectionRecord, AlarmUnit as UnitRecord } from './client/client'
import type { AppDb } from './open-app-db'
import { escalatableOf, outlineSelection } from './selection-outline'
import { inWriteTransaction, type Tx } from './write-transaction'

export function createPrismaSelectionStore(db: AppDb): SelectionStore {
  return {
    freeze: (selection) => freeze(db, selection),
    find: async (id) => {
      const record = await db.selection.findUnique({ where: { id } })
      return record === null ? null : toSelection(record)
    },
    ids: async (selectionId, limit) => {
      const items = await db.selectionItem.findMany({ where: { selectionId }, orderBy: { position: 'asc' }, take: limit })
      return items.map((item) => item.alarmId)
    },
    adjust: (selectionId, { add, remove }) =>
      inWriteTransaction(db, async (tx) => {
        const json = JSON.stringify(remove)
        await tx.$executeRaw`
          DELETE FROM "SelectionItem" WHERE selectionId = ${selectionId} AND alarmId IN (SELECT value FROM json_each(${json}))`
        await addSeen(tx, selectionId, add)
        return recount(tx, selectionId)
      }),
    removeExpired: async (now) => {
      await db.$executeRaw`
        DELETE FROM "Selection" WHERE expiresAt <= ${now}
          AND id NOT IN (SELECT selectionId FROM "AlarmUnit" WHERE finishedAt IS NULL AND selectionId IS NOT NULL)`
    },
    startUnit: (unit) =>
      inWriteTransaction(db, async (tx) => {
        const { by, at, change, ...rest } = unit
        const record = await tx.alarmUnit.create({
          data: { ...rest, change: JSON.stringify(change), byUserId: by.userId, byName: by.name, at: new Date(at) },
        })
        if (unit.undoesUnitId !== null) await tx.alarmUnit.update({ where: { id: unit.undoesUnitId }, data: { undoneById: unit.id } })
        return toUnit(record)
      }),
    findUnit: async (id) => {
      const record = await db.alarmUnit.findUnique({ where: { id } })
      return record === null ? null : toUnit(record)
    },
    unfinishedUnits: async () => (await db.alarmUnit.findMany({ where: { finishedAt: null }, orderBy: { at: 'asc' } })).map(toUnit),
    advance: async (unitId, limit, at) => toUnit(await advanceUnit(db, unitId, limit, at)),
    outline: (selectionId) => outlineSelection(db, selectionId),
    escalatable: (selectionId, limit) => escalatableOf(db, selectionId, limit),
    recordEscalation: (unit) => recordEscalation(db, unit),
    leftAlone: (unit, limit) => leftAlone(db, unit, limit),
  }
}

/** The lines of alarms have the unit's id before a colon; they are counted, and marked so that the unit is known from them. */
function recordEscalation(db: AppDb, unit: Parameters<SelectionStore['recordEscalation']>[0]): Promise<AlarmUnit> {
  const { by, at, change, ...rest } = unit
  return inWriteTransaction(db, async (tx) => {
    const changed = await tx.$executeRaw`
      UPDATE "AlarmEvent" SET unitId = ${unit.id} WHERE id > ${`${unit.id}:`} AND id < ${`${unit.id};`}`
    const [places] = await tx.$queryRaw<{ last: bigint | number | null }[]>`
      SELECT CASE WHEN ${unit.undoesUnitId} IS NULL THEN (SELECT max(position) FROM "SelectionItem" WHERE selectionId = ${unit.selectionId})
                  ELSE (SELECT max(seq) FROM "AlarmEvent" WHERE unitId = ${unit.undoesUnitId}) END AS last`
    const record = await tx.alarmUnit.create({
      data: {
        ...rest,
        change: JSON.stringify(change),
        position: Number(places?.last ?? -1),
        changed,
        left: Math.max(0, unit.total - changed),
        byUserId: by.userId,
        byName: by.name,
        at: new Date(at),
        finishedAt: new Date(at),
      },
    })
    if (unit.undoesUnitId !== null) await tx.alarmUnit.update({ where: { id: unit.undoesUnitId }, data: { undoneById: unit.id } })
    return toUnit(record)
  })
}

function freeze(db: AppDb, { id, by, at, expiresAt, of }: Parameters<SelectionStore['freeze']>[0]): Promise<Selection> {
  return inWriteTransaction(db, async (tx) => {
    await tx.selection.create({ data: { id, byUserId: by.userId, createdAt: new Date(at), expiresAt: new Date(expiresAt), count: 0 } })
    if ('alarms' in of) await addSeen(tx, id, of.alarms)
    else {
      await tx.$executeRaw`
        INSERT INTO "SelectionItem" (selectionId, position, alarmId, version)
        SELECT ${id}, row_number() OVER (ORDER BY id), id, version FROM "Alarm" WHERE ${whereUnordered(of.filter)}`
    }
    return recount(tx, id)
  })
}

/** Appends alarms that exist and are not in yet. */
async function addSeen(tx: Tx, selectionId: string, alarms: readonly SeenAlarm[]): Promise<void> {
  if (alarms.length === 0) return
  await tx.$executeRaw`
    INSERT INTO "SelectionItem" (selectionId, position, alarmId, version)
    SELECT ${selectionId},
           coalesce((SELECT max(position) FROM "SelectionItem" WHERE selectionId = ${selectionId}), 0) + row_number() OVER (ORDER BY min(seen.key)),
           seen.value ->> 'id', max(seen.value ->> 'version')
    FROM json_each(${JSON.stringify(alarms)}) seen
    WHERE EXISTS (SELECT 1 FROM "Alarm" WHERE id = seen.value ->> 'id')
      AND NOT EXISTS (SELECT 1 FROM "SelectionItem" WHERE selectionId = ${selectionId} AND alarmId = seen.value ->> 'id')
    GROUP BY seen.value ->> 'id'`
}

async function recount(tx: Tx, selectionId: string): Promise<Selection> {
  const count = await tx.selectionItem.count({ where: { selectionId } })
  return toSelection(await tx.selection.update({ where: { id: selectionId }, data: { count } }))
}

const toSelection = ({ id, byUserId, createdAt, expiresAt, count }: SelectionRecord): Selection => ({
  id,
  byUserId,
  createdAt: createdAt.getTime(),
  expiresAt: expiresAt.getTime(),
  count,
})

const toUnit = ({ position: _position, change, at, finishedAt, ...record }: UnitRecord): AlarmUnit => ({
  ...record,
  change: unitChangeSchema.parse(JSON.parse(change)),
  at: at.getTime(),
  finishedAt: finishedAt?.getTime() ?? null,
})
