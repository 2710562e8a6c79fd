import type { EscalationChange } from '@/lib/store/ports'
import type { EscalationEvent as EventRecord } from './client/client'
import { attachAlarms, membersAmong, moveAlarms, putBackAlarms } from './escalation-members'
import { EscalationRefusal } from './escalation-refusal'
import { type Reversal, refuseSecondStanding, requireStanding, reversalSchema, writeLine } from './escalation-write'
import type { Tx } from './write-transaction'

type Undo = Extract<EscalationChange, { kind: 'undo' }>

/** Takes back the last standing line of its subject and marks it so. @throws EscalationRefusal. */
export async function undoLine(tx: Tx, undoId: string, change: Undo): Promise<void> {
  const { escalationId, eventId, by, at } = change
  const line = await tx.escalationEvent.findFirst({ where: { id: eventId, escalationId } })
  if (line === null || line.reversal === null)
    throw new EscalationRefusal('not-found', `${escalationId} has no change ${eventId} to take back.`)
  await refuseUnlessLast(tx, line)
  await reverse(tx, undoId, change, reversalSchema.parse(JSON.parse(line.reversal)))
  await tx.escalationEvent.update({ where: { id: line.id }, data: { undoneById: undoId } })
  const detail = [line.action.replaceAll('-', ' '), line.detail].filter((part) => part !== null).join(': ')
  await writeLine(tx, { id: undoId, escalationId, action: 'undone', subject: line.subject, by, at, detail, reversal: null })
}

async function refuseUnlessLast(tx: Tx, line: EventRecord): Promise<void> {
  if (line.undoneById !== null) throw new EscalationRefusal('conflict', 'That change was taken back already.')
  const later = await tx.escalationEvent.findFirst({
    where: { escalationId: line.escalationId, subject: line.subject, seq: { gt: line.seq }, undoneById: null, action: { not: 'undone' } },
    orderBy: { seq: 'desc' },
  })
  if (later !== null) throw new EscalationRefusal('conflict', `${later.byName} changed it after that. Take that change back first.`)
}

async function reverse(tx: Tx, undoId: string, { escalationId, by, at }: Undo, reversal: Reversal): Promise<void> {
  const members = { escalationId, eventId: undoId, by, at }
  const where = { id: escalationId }
  switch (reversal.kind) {
    case 'detach':
      await putBackAlarms(tx, { ...members, alarmIds: reversal.alarmIds })
      return withdrawTasks(tx, reversal.taskIds, at)
    case 'attach':
      return attachAlarms(tx, { ...members, alarmIds: reversal.alarmIds }, null)
    case 'unmerge':
      return unmerge(tx, undoId, { escalationId, by, at }, reversal)
    case 'unsplit': {
      const alarmIds = await membersAmong(tx, { escalationId: reversal.toId, alarmIds: reversal.alarmIds })
      await moveAlarms(tx, reversal.toId, escalationId, alarmIds)
      return noteElsewhere(tx, undoId, reversal.toId, { by, at }, `split from ${escalationId}`)
    }
    case 'owner':
      await tx.escalation.update({ where, data: { ownerUserId: reversal.owner?.userId ?? null, ownerName: reversal.owner?.name ?? null } })
      return
    case 'status':
      await refuseSecondStanding(tx, await requireStanding(tx, escalationId), reversal.status)
      await tx.escalation.update({ where, data: { status: reversal.status } })
      return
    case 'title':
      await tx.escalation.update({ where, data: { title: reversal.title } })
      return
    case 'note':
      return
    default:
      return reverseTask(tx, at, reversal)
  }
}

type TaskReversal = Extract<Reversal, { taskId: string }>

async function reverseTask(tx: Tx, at: number, reversal: TaskReversal): Promise<void> {
  const where = { id: reversal.taskId }
  switch (reversal.kind) {
    case 'task':
      await tx.escalationTask.update({ where, data: { removedAt: new Date(at) } })
      return
    case 'untick':
      await tx.escalationTask.update({ where, data: { doneAt: null, doneByUserId: null, doneByName: null } })
      return
    case 'tick':
      await tx.escalationTask.update({
        where,
        data: { doneAt: new Date(reversal.at), doneByUserId: reversal.by.userId, doneByName: reversal.by.name },
      })
      return
    case 'assignee': {
      const { assignee } = reversal
      await tx.escalationTask.update({ where, data: { assigneeUserId: assignee?.userId ?? null, assigneeName: assignee?.name ?? null } })
    }
  }
}

/** A step that somebody did or took stays: its work must not vanish from the list. */
export async function withdrawTasks(tx: Tx, taskIds: readonly string[], at: number): Promise<void> {
  await tx.escalationTask.updateMany({
    where: { id: { in: [...taskIds] }, doneAt: null, assigneeUserId: null, removedAt: null },
    data: { removedAt: new Date(at) },
  })
}

type Who = Pick<Undo, 'by' | 'at'>

async function unmerge(
  tx: Tx,
  undoId: string,
  { escalationId, ...who }: Who & { readonly escalationId: string },
  { fromId, alarmIds, taskIds }: Extract<Reversal, { kind: 'unmerge' }>,
): Promise<void> {
  await tx.escalation.update({ where: { id: fromId }, data: { mergedIntoId: null } })
  await moveAlarms(tx, escalationId, fromId, await membersAmong(tx, { escalationId, alarmIds }))
  await tx.escalationTask.updateMany({ where: { id: { in: taskIds }, escalationId }, data: { escalationId: fromId } })
  await noteElsewhere(tx, undoId, fromId, who, `merged into ${escalationId}`)
}

/** The other escalation's line of the same change is taken back with it. */
async function noteElsewhere(tx: Tx, undoId: string, escalationId: string, { by, at }: Who, detail: string): Promise<void> {
  const id = `${undoId}:${escalationId}`
  await tx.escalationEvent.updateMany({
    where: { escalationId, action: { in: ['merged-away', 'split-from'] }, undoneById: null },
    data: { undoneById: id },
  })
  await writeLine(tx, { id, escalationId, action: 'undone', subject: 'alarms', by, at, detail, reversal: null })
}
