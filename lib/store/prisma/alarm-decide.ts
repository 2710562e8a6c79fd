import type { Alarm, Decision } from '@/lib/domain/alarm'
import type { AlarmEvent } from '@/lib/domain/alarm-event'
import type { AlarmChange } from '@/lib/store/ports'
import { followEscalation } from './alarm-escalation'
import { toAlarmEvent } from './alarm-event-row'
import { EXPLAINED, toAlarm } from './alarm-row'
import { toEntryRecord } from './allowlist-row'
import type { AppDb } from './open-app-db'
import { inWriteTransaction, raiseChangeNumber, type Tx } from './write-transaction'

type Outcome = { readonly alarm: Alarm; readonly event: AlarmEvent } | { readonly conflict: Alarm; readonly lastEvent: AlarmEvent | null }

/**
 * Compare-and-set of a person's decision: state, history line, entry and counter in one transaction, or nothing at all.
 *
 * @throws Error when the alarm does not exist (services look it up first; alarms of people are never deleted but with the demo).
 */
export function decideAlarm(db: AppDb, newId: () => string, change: AlarmChange): Promise<Outcome> {
  return inWriteTransaction(db, async (tx) => {
    const before = await tx.alarm.findUniqueOrThrow({ where: { id: change.alarmId }, include: EXPLAINED })
    if (before.version !== change.expectedVersion) return { conflict: toAlarm(before), lastEvent: await lastEventOfPerson(tx, before.id) }
    const decision = decisionOf(change)
    const after = await tx.alarm.update({
      where: { id: before.id },
      data: {
        status: change.status,
        decision: decision === null ? null : JSON.stringify(decision),
        suppressedByEntryId: change.suppressedByEntryId,
        version: { increment: 1 },
        changeNumber: await raiseChangeNumber(tx),
      },
    })
    const eventId = newId()
    const escalationId = await followEscalation(tx, newId, { change, before, eventId })
    const event = await tx.alarmEvent.create({
      data: {
        id: eventId,
        alarmId: before.id,
        at: new Date(change.at),
        action: change.action,
        byUserId: change.by.userId,
        byName: change.by.name,
        note: change.note,
        detail: change.detail ?? (change.action === 'escalated' && escalationId !== null ? `into ${escalationId}` : null),
        undoneById: null,
        previousStatus: before.status,
        previousDecision: before.decision,
        previousSuppressedByEntryId: before.suppressedByEntryId,
        entryId: change.addEntry?.id ?? null,
        escalationId,
      },
    })
    await applyEntryAndUndo(tx, change, event.id)
    return { alarm: toAlarm({ ...after, explanation: before.explanation }), event: toAlarmEvent(event) }
  })
}

async function applyEntryAndUndo(tx: Tx, change: AlarmChange, eventId: string): Promise<void> {
  if (change.undoesEventId !== null) await tx.alarmEvent.update({ where: { id: change.undoesEventId }, data: { undoneById: eventId } })
  if (change.addEntry !== undefined) await tx.allowlistEntry.create({ data: toEntryRecord(change.addEntry) })
  if (change.removeEntryId !== undefined) {
    // An entry that someone removed earlier keeps its own date and name.
    await tx.allowlistEntry.updateMany({
      where: { id: change.removeEntryId, removedAt: null },
      data: { removedAt: new Date(change.at), removedByName: change.by.name },
    })
  }
}

function decisionOf(change: AlarmChange): Decision | null {
  if (change.restoredDecision !== undefined) return change.restoredDecision
  if (change.status !== 'closed' && change.status !== 'escalated') return null
  const { reason, family, note, by, at } = change
  return { reason, family, note, byUserId: by.userId, byName: by.name, at }
}

async function lastEventOfPerson(tx: Tx, alarmId: string): Promise<AlarmEvent | null> {
  const record = await tx.alarmEvent.findFirst({
    where: { alarmId, byUserId: { not: null }, action: { not: 'noted' } },
    orderBy: { seq: 'desc' },
  })
  return record === null ? null : toAlarmEvent(record)
}
