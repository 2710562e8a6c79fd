import type { EscalationChange, NewEscalation } from '@/lib/store/ports'
import type { Escalation as EscalationRecord, EscalationTask as TaskRecord } from './client/client'
import { addGuideTasks, attachAlarms, moveAlarms, removeAlarms } from './escalation-members'
import { EscalationRefusal } from './escalation-refusal'
import { undoLine } from './escalation-undo'
import { alarmWords, openEscalation, type Reversal, refuseSecondStanding, requireStanding, taskWords, writeLine } from './escalation-write'
import type { Tx } from './write-transaction'

/** Ids that a change made: of its line of history, and of the escalation a split made. */
export interface Changed {
  readonly escalationId: string
  readonly eventId: string
  readonly otherId: string | null
}

type Of<Kind extends EscalationChange['kind']> = Extract<EscalationChange, { kind: Kind }>

/** A transaction with what its handlers share. */
interface Work {
  readonly tx: Tx
  readonly newId: () => string
  readonly eventId: string
  readonly before: EscalationRecord
}

export async function createEscalation(
  tx: Tx,
  newId: () => string,
  { title, alarmIds, tasks, note, by, at }: NewEscalation,
): Promise<Changed> {
  const { id: escalationId } = await openEscalation(tx, { title, owner: null, by, at })
  const eventId = newId()
  await attachAlarms(tx, { escalationId, alarmIds, eventId, by, at }, note)
  const taskIds = await addGuideTasks(tx, newId, { escalationId, tasks, by, at })
  const detail = `${alarmWords(alarmIds)}${taskWords(taskIds)}`
  const reversal: Reversal = { kind: 'detach', alarmIds: [...alarmIds], taskIds }
  await writeLine(tx, { id: eventId, escalationId, action: 'created', subject: 'alarms', by, at, note, detail, reversal })
  return { escalationId, eventId, otherId: null }
}

/** Compare-and-set of one change. @throws EscalationRefusal. */
export async function changeEscalation(tx: Tx, newId: () => string, change: EscalationChange): Promise<Changed> {
  const before = await requireStanding(tx, change.escalationId)
  if (change.expectedVersion !== null && before.version !== change.expectedVersion) {
    const last = await tx.escalationEvent.findFirst({ where: { escalationId: before.id }, orderBy: { seq: 'desc' } })
    const who = last === null ? 'Somebody' : last.byName
    throw new EscalationRefusal(
      'conflict',
      `${who} changed ${before.id} meanwhile${last === null ? '' : ` (${last.action.replaceAll('-', ' ')})`}. Look at it as it is now.`,
    )
  }
  const work: Work = { tx, newId, eventId: newId(), before }
  const otherId = await apply(work, change)
  return { escalationId: before.id, eventId: work.eventId, otherId }
}

async function apply(work: Work, change: EscalationChange): Promise<string | null> {
  switch (change.kind) {
    case 'add':
      return add(work, change)
    case 'remove':
      return remove(work, change)
    case 'merge':
      return merge(work, change)
    case 'split':
      return split(work, change)
    case 'assign':
    case 'status':
    case 'rename':
      return setField(work, change)
    case 'add-task':
    case 'tick':
    case 'assign-task':
      return changeTask(work, change)
    case 'note': {
      const { by, at, text } = change
      const subject = `note:${work.eventId}`
      return write(work, change, { action: 'noted', subject, detail: null, note: text, by, at, reversal: { kind: 'note' } })
    }
    case 'undo':
      await undoLine(work.tx, work.eventId, change)
      return null
  }
}

async function write(
  { tx, eventId, before }: Work,
  { by, at }: EscalationChange,
  line: Omit<Parameters<typeof writeLine>[1], 'id' | 'escalationId' | 'by' | 'at'> & { by?: unknown; at?: unknown },
): Promise<null> {
  await writeLine(tx, { ...line, id: eventId, escalationId: before.id, by, at })
  return null
}

async function add(work: Work, change: Of<'add'>): Promise<null> {
  const { tx, newId, eventId, before } = work
  const { alarmIds, tasks, by, at, note = null } = change
  refuseResolved(before)
  await attachAlarms(tx, { escalationId: before.id, alarmIds, eventId, by, at }, note)
  const taskIds = await addGuideTasks(tx, newId, { escalationId: before.id, tasks, by, at })
  const detail = `${alarmWords(alarmIds)}${taskWords(taskIds)}`
  const reversal: Reversal = { kind: 'detach', alarmIds: [...alarmIds], taskIds }
  return write(work, change, { action: 'alarms-added', subject: 'alarms', detail, note, reversal })
}

async function remove(work: Work, change: Of<'remove'>): Promise<null> {
  const { alarmIds, by, at } = change
  await removeAlarms(work.tx, { escalationId: work.before.id, alarmIds, eventId: work.eventId, by, at })
  const reversal: Reversal = { kind: 'attach', alarmIds: [...alarmIds] }
  return write(work, change, { action: 'alarms-removed', subject: 'alarms', detail: alarmWords(alarmIds), reversal })
}

async function merge(work: Work, change: Of<'merge'>): Promise<null> {
  const { tx, newId, before } = work
  if (change.fromId === before.id) throw new EscalationRefusal('invalid', 'An escalation cannot be merged into itself.')
  refuseResolved(before)
  const from = await requireStanding(tx, change.fromId)
  refuseResolved(from)
  const alarmIds = (await tx.escalationAlarm.findMany({ where: { escalationId: from.id } })).map(({ alarmId }) => alarmId)
  await moveAlarms(tx, from.id, before.id, alarmIds)
  const taskIds = await moveTasks(tx, from.id, before.id)
  await tx.escalation.update({ where: { id: from.id }, data: { mergedIntoId: before.id } })
  const { by, at } = change
  await writeLine(tx, {
    id: newId(),
    escalationId: from.id,
    action: 'merged-away',
    subject: 'alarms',
    by,
    at,
    detail: `into ${before.id}`,
    reversal: null,
  })
  const reversal: Reversal = { kind: 'unmerge', fromId: from.id, alarmIds, taskIds }
  return write(work, change, { action: 'merged-in', subject: 'alarms', detail: `${from.id}, ${alarmWords(alarmIds)}`, reversal })
}

/** Moves what the other list lacks; of two equal steps the untouched one stays behind. @returns ids of those moved. */
async function moveTasks(tx: Tx, fromId: string, toId: string): Promise<string[]> {
  const present = await tx.escalationTask.findMany({ where: { escalationId: toId } })
  const texts = new Set(present.filter(({ removedAt }) => removedAt === null).map(({ text }) => text))
  const isNeeded = (task: TaskRecord) => !texts.has(task.text) || task.doneAt !== null || task.assigneeUserId !== null
  const moved = (
    await tx.escalationTask.findMany({ where: { escalationId: fromId, removedAt: null }, orderBy: { position: 'asc' } })
  ).filter(isNeeded)
  const first = 1 + Math.max(-1, ...present.map(({ position }) => position))
  for (const [index, { id }] of moved.entries()) {
    await tx.escalationTask.update({ where: { id }, data: { escalationId: toId, position: first + index } })
  }
  return moved.map(({ id }) => id)
}

async function split(work: Work, change: Of<'split'>): Promise<string> {
  const { tx, newId, before } = work
  const { alarmIds, tasks, title, by, at } = change
  const held = await tx.escalationAlarm.count({ where: { escalationId: before.id } })
  if (alarmIds.length >= held) throw new EscalationRefusal('invalid', 'At least one alarm must stay; to empty an escalation, merge it.')
  const owner = before.ownerUserId === null ? null : { userId: before.ownerUserId, name: before.ownerName ?? before.ownerUserId }
  const other = await openEscalation(tx, { title, owner, by, at })
  await moveAlarms(tx, before.id, other.id, alarmIds)
  await addGuideTasks(tx, newId, { escalationId: other.id, tasks, by, at })
  const words = alarmWords(alarmIds)
  const line = { subject: 'alarms', by, at }
  await writeLine(tx, {
    ...line,
    id: newId(),
    escalationId: other.id,
    action: 'split-from',
    detail: `${before.id}, ${words}`,
    reversal: null,
  })
  await write(work, change, {
    action: 'split-off',
    subject: 'alarms',
    detail: `${other.id}, ${words}`,
    reversal: { kind: 'unsplit', toId: other.id, alarmIds: [...alarmIds] },
  })
  return other.id
}

async function setField(work: Work, change: Of<'assign'> | Of<'status'> | Of<'rename'>): Promise<null> {
  const { tx, before } = work
  const where = { id: before.id }
  if (change.kind === 'assign') {
    const { owner } = change
    await tx.escalation.update({ where, data: { ownerUserId: owner?.userId ?? null, ownerName: owner?.name ?? null } })
    const was = before.ownerUserId === null ? null : { userId: before.ownerUserId, name: before.ownerName ?? before.ownerUserId }
    return write(work, change, {
      action: 'assigned',
      subject: 'owner',
      detail: owner?.name ?? 'nobody',
      reversal: { kind: 'owner', owner: was },
    })
  }
  if (change.kind === 'rename') {
    await tx.escalation.update({ where, data: { title: change.title } })
    return write(work, change, {
      action: 'renamed',
      subject: 'title',
      detail: change.title,
      reversal: { kind: 'title', title: before.title },
    })
  }
  await refuseSecondStanding(tx, before, change.status)
  await tx.escalation.update({ where, data: { status: change.status } })
  const detail = `${before.status.replaceAll('-', ' ')} → ${change.status.replaceAll('-', ' ')}`
  return write(work, change, { action: 'status-set', subject: 'status', detail, reversal: { kind: 'status', status: before.status } })
}

async function changeTask(work: Work, change: Of<'add-task'> | Of<'tick'> | Of<'assign-task'>): Promise<null> {
  const { tx, newId, before } = work
  const { by, at } = change
  if (change.kind === 'add-task') {
    const id = newId()
    const last = await tx.escalationTask.aggregate({ where: { escalationId: before.id }, _max: { position: true } })
    const position = 1 + (last._max.position ?? -1)
    await tx.escalationTask.create({
      data: { id, escalationId: before.id, position, text: change.text, addedByName: by.name, addedAt: new Date(at) },
    })
    return write(work, change, { action: 'task-added', subject: `task:${id}`, detail: change.text, reversal: { kind: 'task', taskId: id } })
  }
  const task = await tx.escalationTask.findFirst({ where: { id: change.taskId, escalationId: before.id, removedAt: null } })
  if (task === null) throw new EscalationRefusal('not-found', `${before.id} has no such step.`)
  if (change.kind === 'assign-task') {
    const { assignee } = change
    await tx.escalationTask.update({
      where: { id: task.id },
      data: { assigneeUserId: assignee?.userId ?? null, assigneeName: assignee?.name ?? null },
    })
    const was = task.assigneeUserId === null ? null : { userId: task.assigneeUserId, name: task.assigneeName ?? task.assigneeUserId }
    const detail = `${assignee?.name ?? 'nobody'}: ${task.text}`
    return write(work, change, {
      action: 'task-assigned',
      subject: `assignee:${task.id}`,
      detail,
      reversal: { kind: 'assignee', taskId: task.id, assignee: was },
    })
  }
  if ((task.doneAt !== null) === change.done) {
    throw new EscalationRefusal('conflict', change.done ? `${task.doneByName ?? 'Somebody'} did that step already.` : 'That step is open.')
  }
  const done = change.done
    ? { doneAt: new Date(at), doneByUserId: by.userId, doneByName: by.name }
    : { doneAt: null, doneByUserId: null, doneByName: null }
  await tx.escalationTask.update({ where: { id: task.id }, data: done })
  return write(work, change, {
    action: change.done ? 'task-done' : 'task-reopened',
    subject: `task:${task.id}`,
    detail: task.text,
    reversal: untickOf(task),
  })
}

function untickOf({ id, doneAt, doneByUserId, doneByName }: TaskRecord): Reversal {
  if (doneAt === null || doneByUserId === null) return { kind: 'untick', taskId: id }
  return { kind: 'tick', taskId: id, at: doneAt.getTime(), by: { userId: doneByUserId, name: doneByName ?? doneByUserId } }
}

function refuseResolved({ id, status }: EscalationRecord): void {
  if (status === 'resolved') throw new EscalationRefusal('conflict', `${id} is resolved. Set it to open first.`)
}
