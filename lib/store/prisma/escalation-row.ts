import {
  type Escalation,
  type EscalationEvent,
  type EscalationTask,
  escalationActionSchema,
  escalationStatusSchema,
  type Person,
} from '@/lib/domain/escalation'
import type { Escalation as EscalationRecord, EscalationEvent as EventRecord, EscalationTask as TaskRecord } from './client/client'

const personOf = (userId: string | null, name: string | null): Person | null => (userId === null ? null : { userId, name: name ?? userId })

export function toEscalation(record: EscalationRecord): Escalation {
  const { id, number, title, version, mergedIntoId } = record
  return {
    id,
    number,
    title,
    status: escalationStatusSchema.parse(record.status),
    owner: personOf(record.ownerUserId, record.ownerName),
    createdAt: record.createdAt.getTime(),
    createdBy: { userId: record.createdByUserId, name: record.createdByName },
    updatedAt: record.updatedAt.getTime(),
    version,
    mergedIntoId,
  }
}

export function toTask(record: TaskRecord): EscalationTask {
  const done = personOf(record.doneByUserId, record.doneByName)
  return {
    id: record.id,
    text: record.text,
    detector: record.detector,
    assignee: personOf(record.assigneeUserId, record.assigneeName),
    addedByName: record.addedByName,
    addedAt: record.addedAt.getTime(),
    done: done === null || record.doneAt === null ? null : { ...done, at: record.doneAt.getTime() },
  }
}

/** A history, oldest first; only the last standing line of a subject can be taken back. */
export function toHistory(records: readonly EventRecord[]): EscalationEvent[] {
  const standing = new Map<string, string>()
  for (const record of records) {
    if (record.action !== 'undone' && record.undoneById === null) standing.set(record.subject, record.id)
  }
  return records.map((record) => ({
    id: record.id,
    escalationId: record.escalationId,
    at: record.at.getTime(),
    action: escalationActionSchema.parse(record.action),
    byUserId: record.byUserId,
    byName: record.byName,
    note: record.note,
    detail: record.detail,
    undoneById: record.undoneById,
    canUndo: record.reversal !== null && standing.get(record.subject) === record.id,
  }))
}
