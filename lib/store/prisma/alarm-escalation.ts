import type { AlarmChange } from '@/lib/store/ports'
import type { Alarm as AlarmRecord } from './client/client'
import { addGuideTasks, standingEscalations } from './escalation-members'
import { EscalationRefusal } from './escalation-refusal'
import { withdrawTasks } from './escalation-undo'
import { openEscalation, type Reversal, requireStanding, reversalSchema, taskWords, writeLine } from './escalation-write'
import type { Tx } from './write-transaction'

interface Decided {
  readonly change: AlarmChange
  readonly before: Pick<AlarmRecord, 'id' | 'status'>
  /** Id of the alarm's own line of history. */
  readonly eventId: string
}

/**
 * Keeps escalations in step with a decision about one alarm, in its transaction: an escalated alarm joins one or opens one,
 * an alarm that is open again leaves.
 *
 * @returns the escalation it joined or left; null when none was concerned.
 * @throws EscalationRefusal when the one to join cannot be joined.
 */
export async function followEscalation(tx: Tx, newId: () => string, decided: Decided): Promise<string | null> {
  const { change, before } = decided
  const standing = (await standingEscalations(tx, [before.id])).get(before.id) ?? null
  if (change.status === 'escalated') return standing ?? (await enter(tx, newId, decided))
  if (standing === null || change.status === 'closed') return null
  await leave(tx, newId, decided, standing)
  return standing
}

async function enter(tx: Tx, newId: () => string, decided: Decided): Promise<string | null> {
  const { change } = decided
  if (change.action === 'escalated') return change.escalation === undefined ? null : join(tx, newId, decided, change.escalation)
  const undone = change.undoesEventId === null ? null : await tx.alarmEvent.findUnique({ where: { id: change.undoesEventId } })
  if (undone?.escalationId == null) return null
  return rejoin(tx, newId, decided, undone.escalationId)
}

async function join(
  tx: Tx,
  newId: () => string,
  { change, eventId }: Decided,
  to: NonNullable<AlarmChange['escalation']>,
): Promise<string> {
  const { alarmId, by, at, note } = change
  const opened = to.id === null ? await openEscalation(tx, { title: to.title, owner: null, by, at }) : await requireStanding(tx, to.id)
  if (opened.status === 'resolved')
    throw new EscalationRefusal('conflict', `${opened.id} is resolved by now. Choose another, or a new one.`)
  const escalationId = opened.id
  await tx.escalationAlarm.create({ data: { escalationId, alarmId, addedAt: new Date(at) } })
  const taskIds = await addGuideTasks(tx, newId, { escalationId, tasks: to.tasks, by, at })
  const action = to.id === null ? 'created' : 'alarms-added'
  const detail = `${alarmId}${taskWords(taskIds)}`
  const reversal: Reversal = { kind: 'detach', alarmIds: [alarmId], taskIds }
  await writeLine(tx, { id: lineOf(eventId), escalationId, action, subject: 'alarms', by, at, note, detail, reversal })
  return escalationId
}

/** What an undone reopening took out goes back, wherever it was merged into since; not into one that is resolved. */
async function rejoin(tx: Tx, newId: () => string, { change }: Decided, leftId: string): Promise<string | null> {
  const left = await tx.escalation.findUnique({ where: { id: leftId } })
  const target = left?.mergedIntoId == null ? left : await tx.escalation.findUnique({ where: { id: left.mergedIntoId } })
  if (target === null || target.mergedIntoId !== null || target.status === 'resolved') return null
  const { alarmId, by, at } = change
  await tx.escalationAlarm.create({ data: { escalationId: target.id, alarmId, addedAt: new Date(at) } })
  const reversal: Reversal = { kind: 'detach', alarmIds: [alarmId], taskIds: [] }
  await writeLine(tx, {
    id: newId(),
    escalationId: target.id,
    action: 'alarms-added',
    subject: 'alarms',
    by,
    at,
    detail: `${alarmId}, back`,
    reversal,
  })
  return target.id
}

async function leave(tx: Tx, newId: () => string, { change }: Decided, escalationId: string): Promise<void> {
  const { alarmId, by, at, undoesEventId } = change
  await tx.escalationAlarm.deleteMany({ where: { escalationId, alarmId } })
  const line =
    undoesEventId === null
      ? null
      : await tx.escalationEvent.findFirst({ where: { id: lineOf(undoesEventId), escalationId, undoneById: null } })
  const id = newId()
  if (line === null) {
    const reversal: Reversal = { kind: 'attach', alarmIds: [alarmId] }
    const detail = `${alarmId}, ${change.action === 'undone' ? 'escalation taken back' : 'reopened'}`
    await writeLine(tx, { id, escalationId, action: 'alarms-removed', subject: 'alarms', by, at, detail, reversal })
    return
  }
  const reversal = reversalSchema.parse(JSON.parse(line.reversal ?? 'null'))
  if (reversal.kind === 'detach') await withdrawTasks(tx, reversal.taskIds, at)
  await tx.escalationEvent.update({ where: { id: line.id }, data: { undoneById: id } })
  const detail = `${line.action.replaceAll('-', ' ')}: ${alarmId}`
  await writeLine(tx, { id, escalationId, action: 'undone', subject: 'alarms', by, at, detail, reversal: null })
}

/** The escalation's line of a decision about one alarm. */
const lineOf = (alarmEventId: string): string => `${alarmEventId}:escalation`
