import { alarmStatusSchema, type Decision } from '@/lib/domain/alarm'
import { type AlarmUnit, type LeftAlarm, type UnitChange, unitChangeSchema } from '@/lib/domain/alarm-unit'
import { toEntryRecord } from './allowlist-row'
import { Prisma, type AlarmUnit as UnitRecord } from './client/client'
import type { AppDb } from './open-app-db'
import { inWriteTransaction, raiseChangeNumber, type Tx } from './write-transaction'

interface Part {
  readonly change: UnitChange
  /** Last place of this part, null when nothing was left to do. */
  readonly last: number | null
  readonly handled: number
  readonly changed: number
}

/** Changes that are stored alarm by alarm. */
type OnAlarms = Exclude<UnitChange, { kind: 'undo' | 'escalate' }>

const WORDS = (text: string): string => text.replaceAll('-', ' ')

/** See `SelectionStore.advance`. @throws Error when the unit is unknown. */
export function advanceUnit(db: AppDb, unitId: string, limit: number, at: number): Promise<UnitRecord> {
  return inWriteTransaction(db, async (tx) => {
    const unit = await tx.alarmUnit.findUniqueOrThrow({ where: { id: unitId } })
    if (unit.finishedAt !== null) return unit
    const change = unitChangeSchema.parse(JSON.parse(unit.change))
    if (change.kind === 'escalate') throw new Error(`${unitId} is an escalation's, which stores itself.`)
    const part = change.kind === 'undo' ? await undoPart(tx, unit, change, limit) : await changePart(tx, unit, change, limit)
    if (part.handled < limit) await settleEntries(tx, unit, change, at)
    return tx.alarmUnit.update({
      where: { id: unitId },
      data: {
        ...(part.last !== null && { position: part.last }),
        changed: { increment: part.changed },
        left: { increment: part.handled - part.changed },
        ...(part.handled < limit && { finishedAt: new Date(at) }),
      },
    })
  })
}

/** With the last part, the entries of a close are added; those of a close that is taken back are removed. */
async function settleEntries(tx: Tx, unit: UnitRecord, change: UnitChange, at: number): Promise<void> {
  if (change.kind === 'close' && change.entries) await tx.allowlistEntry.createMany({ data: change.entries.map(toEntryRecord) })
  if (change.kind !== 'undo' || unit.undoesUnitId === null) return
  const undone = await tx.alarmUnit.findUniqueOrThrow({ where: { id: unit.undoesUnitId } })
  const did = unitChangeSchema.parse(JSON.parse(undone.change))
  if (did.kind !== 'close' || !did.entries) return
  // An entry that someone removed earlier keeps its own date and name.
  await tx.allowlistEntry.updateMany({
    where: { id: { in: did.entries.map(({ id }) => id) }, removedAt: null },
    data: { removedAt: new Date(at), removedByName: unit.byName },
  })
}

/** The next places of a list that is walked in order. */
async function nextPlaces(tx: Tx, from: Prisma.Sql): Promise<{ readonly last: number | null; readonly handled: number }> {
  const [row] = await tx.$queryRaw<{ last: bigint | number | null; n: bigint | number }[]>`
    SELECT max(place) AS last, count(*) AS n FROM (${from})`
  return { last: row === undefined || row.last === null ? null : Number(row.last), handled: Number(row?.n ?? 0) }
}

/** The column values that a change gives an alarm. */
function assignments(unit: UnitRecord, change: OnAlarms): Prisma.Sql {
  if (change.kind === 'note') return Prisma.sql`noteCount = noteCount + 1`
  if (change.kind === 'assign') {
    return Prisma.sql`ownerId = ${change.owner?.userId ?? null}, ownerName = ${change.owner?.name ?? null}, version = version + 1`
  }
  const { reason, family, note } = change
  const decision: Decision = { reason, family, note, byUserId: unit.byUserId, byName: unit.byName, at: unit.at.getTime() }
  return Prisma.sql`status = 'closed', decision = ${JSON.stringify(decision)}, suppressedByEntryId = NULL, version = version + 1`
}

function lineOf(change: OnAlarms): { action: string; note: string | null; detail: string | null } {
  if (change.kind === 'note') return { action: 'noted', note: change.note, detail: null }
  if (change.kind === 'assign')
    return { action: 'assigned', note: null, detail: change.owner === null ? 'to nobody' : `to ${change.owner.name}` }
  const { reason, family, note } = change
  return { action: 'closed', note, detail: family === null ? WORDS(reason) : `${WORDS(reason)} (${WORDS(family)})` }
}

async function changePart(tx: Tx, unit: UnitRecord, change: OnAlarms, limit: number): Promise<Part> {
  const { id, selectionId, position, byUserId, byName } = unit
  const places = await nextPlaces(
    tx,
    Prisma.sql`SELECT position AS place FROM "SelectionItem" WHERE selectionId = ${selectionId} AND position > ${position} ORDER BY position LIMIT ${limit}`,
  )
  if (places.last === null) return { change, ...places, changed: 0 }
  const { action, note, detail } = lineOf(change)
  const line = { status: change.kind === 'close' ? Prisma.sql`alarm.status` : Prisma.sql`NULL` }
  const mayClose = change.kind === 'close' ? Prisma.sql`AND alarm.status <> 'closed'` : Prisma.empty
  const changed = await tx.$executeRaw`
    INSERT INTO "AlarmEvent" (id, alarmId, at, action, byUserId, byName, note, detail, previousStatus, previousDecision,
                              previousSuppressedByEntryId, previousOwnerId, previousOwnerName, unitId)
    SELECT ${id} || ':' || alarm.id, alarm.id, ${unit.at.getTime()}, ${action}, ${byUserId}, ${byName}, ${note}, ${detail}, ${line.status},
           alarm.decision, alarm.suppressedByEntryId, alarm.ownerId, alarm.ownerName, ${id}
    FROM "SelectionItem" item JOIN "Alarm" alarm ON alarm.id = item.alarmId
    WHERE item.selectionId = ${selectionId} AND item.position > ${position} AND item.position <= ${places.last}
      AND alarm.version = item.version ${mayClose}`
  await tx.$executeRaw`
    UPDATE "Alarm" SET ${assignments(unit, change)}, changeNumber = ${await raiseChangeNumber(tx)}
    WHERE id IN (SELECT alarmId FROM "SelectionItem" WHERE selectionId = ${selectionId} AND position > ${position} AND position <= ${places.last})
      AND EXISTS (SELECT 1 FROM "AlarmEvent" WHERE "AlarmEvent".id = ${id} || ':' || "Alarm".id)`
  return { change, ...places, changed }
}

/** Decisions after which the one before can no longer be taken back. */
const LATER = {
  close: Prisma.sql`('closed', 'escalated', 'reopened')`,
  assign: Prisma.sql`('assigned')`,
} as const

async function undoPart(tx: Tx, unit: UnitRecord, change: Extract<UnitChange, { kind: 'undo' }>, limit: number): Promise<Part> {
  const { id, undoesUnitId, position, byUserId, byName } = unit
  if (change.of === 'escalate') throw new Error(`${id} takes back an escalation, which does that itself.`)
  const places = await nextPlaces(
    tx,
    Prisma.sql`SELECT seq AS place FROM "AlarmEvent" WHERE unitId = ${undoesUnitId} AND seq > ${position} ORDER BY seq LIMIT ${limit}`,
  )
  if (places.last === null) return { change, ...places, changed: 0 }
  const here = Prisma.sql`did.unitId = ${undoesUnitId} AND did.seq > ${position} AND did.seq <= ${places.last}`
  const detail = change.of === 'close' ? 'closed' : 'assigned'
  const status = change.of === 'close' ? Prisma.sql`alarm.status` : Prisma.sql`NULL`
  const changed = await tx.$executeRaw`
    INSERT INTO "AlarmEvent" (id, alarmId, at, action, byUserId, byName, detail, previousStatus, previousDecision,
                              previousSuppressedByEntryId, previousOwnerId, previousOwnerName, unitId)
    SELECT ${id} || ':' || alarm.id, alarm.id, ${unit.at.getTime()}, 'undone', ${byUserId}, ${byName}, ${detail}, ${status},
           alarm.decision, alarm.suppressedByEntryId, alarm.ownerId, alarm.ownerName, ${id}
    FROM "AlarmEvent" did JOIN "Alarm" alarm ON alarm.id = did.alarmId
    WHERE ${here} AND did.undoneById IS NULL
      AND NOT EXISTS (SELECT 1 FROM "AlarmEvent" later WHERE later.alarmId = did.alarmId AND later.seq > did.seq
                      AND later.action IN ${LATER[change.of]} AND later.undoneById IS NULL)`
  const back =
    change.of === 'close'
      ? Prisma.sql`status = did.previousStatus, decision = did.previousDecision, suppressedByEntryId = did.previousSuppressedByEntryId`
      : Prisma.sql`ownerId = did.previousOwnerId, ownerName = did.previousOwnerName`
  await tx.$executeRaw`
    UPDATE "Alarm" SET ${back}, version = version + 1, changeNumber = ${await raiseChangeNumber(tx)}
    FROM "AlarmEvent" did
    WHERE ${here} AND did.alarmId = "Alarm".id AND EXISTS (SELECT 1 FROM "AlarmEvent" undo WHERE undo.id = ${id} || ':' || did.alarmId)`
  await tx.$executeRaw`
    UPDATE "AlarmEvent" AS did SET undoneById = ${id} || ':' || did.alarmId
    WHERE ${here} AND EXISTS (SELECT 1 FROM "AlarmEvent" undo WHERE undo.id = ${id} || ':' || did.alarmId)`
  return { change, ...places, changed }
}

/** Alarms of a unit that hold no line of it. */
export async function leftAlone(db: AppDb, unit: AlarmUnit, limit: number): Promise<readonly LeftAlarm[]> {
  const subjects =
    unit.undoesUnitId === null
      ? Prisma.sql`SELECT alarmId, position AS place FROM "SelectionItem" WHERE selectionId = ${unit.selectionId}`
      : Prisma.sql`SELECT alarmId, seq AS place FROM "AlarmEvent" WHERE unitId = ${unit.undoesUnitId}`
  const rows = await db.$queryRaw<{ id: string; zone: string | null; source: string | null; status: string }[]>`
    SELECT alarm.id, alarm.zone, alarm.source, alarm.status FROM (${subjects}) subject
    JOIN "Alarm" alarm ON alarm.id = subject.alarmId
    WHERE subject.place <= (SELECT position FROM "AlarmUnit" WHERE id = ${unit.id})
      AND NOT EXISTS (SELECT 1 FROM "AlarmEvent" line WHERE line.id = ${unit.id} || ':' || subject.alarmId)
    ORDER BY subject.place LIMIT ${limit}`
  return rows.map((row) => ({ ...row, status: alarmStatusSchema.parse(row.status) }))
}
