import { z } from 'zod'
import { type EscalationAction, escalationIdOf, type GuideTask, type Person } from '@/lib/domain/escalation'
import type { Actor } from '@/lib/store/ports'
import type { Escalation as EscalationRecord } from './client/client'
import { EscalationRefusal } from './escalation-refusal'
import type { Tx } from './write-transaction'

const ids = z.array(z.string())
const person = z.object({ userId: z.string(), name: z.string() }).nullable()

/** What taking a line back needs to know. */
export const reversalSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('detach'), alarmIds: ids, taskIds: ids }),
  z.object({ kind: z.literal('attach'), alarmIds: ids }),
  z.object({ kind: z.literal('unmerge'), fromId: z.string(), alarmIds: ids, taskIds: ids }),
  z.object({ kind: z.literal('unsplit'), toId: z.string(), alarmIds: ids }),
  z.object({ kind: z.literal('owner'), owner: person }),
  z.object({ kind: z.literal('status'), status: z.string() }),
  z.object({ kind: z.literal('title'), title: z.string() }),
  z.object({ kind: z.literal('task'), taskId: z.string() }),
  z.object({ kind: z.literal('untick'), taskId: z.string() }),
  z.object({ kind: z.literal('tick'), taskId: z.string(), at: z.number(), by: z.object({ userId: z.string(), name: z.string() }) }),
  z.object({ kind: z.literal('assignee'), taskId: z.string(), assignee: person }),
  z.object({ kind: z.literal('note') }),
])
export type Reversal = z.infer<typeof reversalSchema>

export interface Line {
  readonly id: string
  readonly escalationId: string
  readonly action: EscalationAction
  readonly subject: string
  readonly by: Actor
  readonly at: number
  readonly detail: string | null
  readonly note?: string | null
  readonly reversal: Reversal | null
}

/** Writes one line of history and raises the version, in the transaction that changes the escalation. */
export async function writeLine(tx: Tx, line: Line): Promise<void> {
  const at = new Date(line.at)
  await tx.escalationEvent.create({
    data: {
      id: line.id,
      escalationId: line.escalationId,
      at,
      action: line.action,
      byUserId: line.by.userId,
      byName: line.by.name,
      note: line.note ?? null,
      detail: line.detail,
      subject: line.subject,
      reversal: line.reversal === null ? null : JSON.stringify(line.reversal),
    },
  })
  await tx.escalation.update({ where: { id: line.escalationId }, data: { version: { increment: 1 }, updatedAt: at } })
}

const COUNTER = 'escalations'

/** A new escalation without alarms, under the next number. Its version is 0 until its first line of history is written. */
export async function openEscalation(
  tx: Tx,
  { title, owner, by, at }: { title: string; owner: Person | null; by: Actor; at: number },
): Promise<EscalationRecord> {
  const { value: number } = await tx.changeCounter.upsert({
    where: { name: COUNTER },
    create: { name: COUNTER, value: 1 },
    update: { value: { increment: 1 } },
  })
  return tx.escalation.create({
    data: {
      id: escalationIdOf(number),
      number,
      title,
      status: 'open',
      ownerUserId: owner?.userId ?? null,
      ownerName: owner?.name ?? null,
      createdAt: new Date(at),
      createdByUserId: by.userId,
      createdByName: by.name,
      updatedAt: new Date(at),
      version: 0,
    },
  })
}

/** @throws EscalationRefusal when there is none, or it was merged into another. */
export async function requireStanding(tx: Tx, id: string): Promise<EscalationRecord> {
  const record = await tx.escalation.findUnique({ where: { id } })
  if (record === null) throw new EscalationRefusal('not-found', `There is no escalation ${id}.`)
  if (record.mergedIntoId !== null) throw new EscalationRefusal('conflict', `${id} was merged into ${record.mergedIntoId}.`)
  return record
}

/** A resolved escalation may be opened again only while its alarms stand in no other. */
export async function refuseSecondStanding(tx: Tx, before: EscalationRecord, status: string): Promise<void> {
  if (before.status !== 'resolved' || status === 'resolved') return
  const [taken] = await tx.$queryRaw<{ alarmId: string; escalationId: string }[]>`
    SELECT o.alarmId, o.escalationId FROM "EscalationAlarm" m JOIN "EscalationAlarm" o ON o.alarmId = m.alarmId
    JOIN "Escalation" e ON e.id = o.escalationId
    WHERE m.escalationId = ${before.id} AND o.escalationId <> ${before.id} AND e.status <> 'resolved' LIMIT 1`
  if (taken !== undefined) {
    throw new EscalationRefusal(
      'conflict',
      `${taken.alarmId} stands in ${taken.escalationId} by now. Merge ${before.id} into it or remove the alarm first.`,
    )
  }
}

export const alarmWords = (alarmIds: readonly string[]): string =>
  alarmIds.length <= 3
    ? alarmIds.join(', ')
    : `${alarmIds.length} alarms: ${alarmIds.slice(0, 3).join(', ')} and ${alarmIds.length - 3} more`

/** Steps of a guide as a detail names them. */
export const taskWords = (tasks: readonly GuideTask[] | readonly string[]): string =>
  tasks.length === 0 ? '' : `, ${tasks.length} ${tasks.length === 1 ? 'step' : 'steps'} of the response`
