import { type GuideTask, MAX_ESCALATION_ALARMS } from '@/lib/domain/escalation'
import type { Actor } from '@/lib/store/ports'
import { Prisma } from './client/client'
import { EscalationRefusal } from './escalation-refusal'
import { raiseChangeNumber, type Tx } from './write-transaction'

/** Who changes the alarms of which escalation, and under which line of its history. */
export interface MemberChange {
  readonly escalationId: string
  readonly alarmIds: readonly string[]
  /** Id of the escalation's history line; those of the alarms are made from it. */
  readonly eventId: string
  readonly by: Actor
  readonly at: number
}

/** Names the first few, counts the rest. */
const listed = (reasons: readonly string[]): string =>
  `${reasons.slice(0, 5).join(', ')}${reasons.length > 5 ? ` and ${reasons.length - 5} more` : ''}`

/** Puts all the alarms into the escalation or none: open and suppressed ones become escalated. @throws EscalationRefusal. */
export async function attachAlarms(tx: Tx, change: MemberChange, note: string | null): Promise<void> {
  const ids = [...new Set(change.alarmIds)]
  const alarms = await tx.alarm.findMany({
    where: { id: { in: ids } },
    select: { id: true, status: true, decision: true, suppressedByEntryId: true },
  })
  const standing = await standingEscalations(tx, ids)
  const status = new Map(alarms.map((alarm) => [alarm.id, alarm.status]))
  const refused = ids.flatMap((id) => {
    const held = standing.get(id)
    if (!status.has(id)) return [`${id} does not exist`]
    if (held !== undefined) return [`${id} stands in ${held}`]
    return status.get(id) === 'closed' ? [`${id} is closed`] : []
  })
  if (refused.length > 0) {
    const message = `${refused.length} of ${ids.length} alarms cannot be attached, so none was: ${listed(refused)}.`
    throw new EscalationRefusal('conflict', message)
  }
  const held = await tx.escalationAlarm.count({ where: { escalationId: change.escalationId } })
  if (held + ids.length > MAX_ESCALATION_ALARMS) {
    throw new EscalationRefusal(
      'invalid',
      `An escalation holds ${MAX_ESCALATION_ALARMS} alarms at most; ${held + ids.length} were to be in it.`,
    )
  }
  const moved = alarms.filter((alarm) => alarm.status !== 'escalated')
  await setStatus(tx, change, moved, { action: 'escalated', status: 'escalated', note })
  await tx.escalationAlarm.createMany({
    data: ids.map((alarmId) => ({ escalationId: change.escalationId, alarmId, addedAt: new Date(change.at) })),
  })
}

/** Takes alarms out and reopens those that are escalated. @throws EscalationRefusal when one is not in it. */
export async function removeAlarms(tx: Tx, change: MemberChange): Promise<void> {
  await takeOut(tx, change)
  const escalated = await escalatedOf(tx, change.alarmIds)
  await setStatus(tx, change, escalated, { action: 'reopened', status: 'open', note: null })
}

interface AlarmState {
  readonly id: string
  readonly status: string
  readonly decision: string | null
  readonly suppressedByEntryId: string | null
}

interface NewState {
  readonly action: 'escalated' | 'reopened'
  readonly status: 'escalated' | 'open'
  readonly note: string | null
}

async function setStatus(tx: Tx, change: MemberChange, alarms: readonly AlarmState[], to: NewState): Promise<void> {
  if (alarms.length === 0) return
  const { by, at, escalationId } = change
  const decision = { reason: null, family: null, note: to.note, byUserId: by.userId, byName: by.name, at }
  const { count } = await tx.alarm.updateMany({
    where: { id: { in: alarms.map(({ id }) => id) } },
    data: {
      status: to.status,
      decision: to.status === 'open' ? null : JSON.stringify(decision),
      suppressedByEntryId: null,
      version: { increment: 1 },
      changeNumber: await raiseChangeNumber(tx),
    },
  })
  if (count !== alarms.length) throw new EscalationRefusal('conflict', `${count} of ${alarms.length} alarms could be changed, so none was.`)
  await tx.alarmEvent.createMany({
    data: alarms.map((alarm) => ({
      id: `${change.eventId}:${alarm.id}`,
      alarmId: alarm.id,
      at: new Date(at),
      action: to.action,
      byUserId: by.userId,
      byName: by.name,
      note: to.note,
      detail: to.status === 'open' ? `out of ${escalationId}` : `into ${escalationId}`,
      previousStatus: alarm.status,
      previousDecision: alarm.decision,
      previousSuppressedByEntryId: alarm.suppressedByEntryId,
      escalationId,
    })),
  })
}

/** Takes alarms out and puts each back into the state it was escalated from; one that was decided on since keeps that. */
export async function putBackAlarms(tx: Tx, change: MemberChange): Promise<void> {
  const ids = await membersAmong(tx, change)
  await takeOut(tx, { ...change, alarmIds: ids })
  const escalated = await escalatedOf(tx, ids)
  const lines = await tx.alarmEvent.findMany({
    where: { alarmId: { in: escalated.map(({ id }) => id) }, action: 'escalated', undoneById: null },
    orderBy: { seq: 'asc' },
  })
  const before = new Map(lines.map((line) => [line.alarmId, line]))
  const changeNumber = escalated.length === 0 ? 0 : await raiseChangeNumber(tx)
  for (const alarm of escalated) {
    const line = before.get(alarm.id)
    const id = `${change.eventId}:${alarm.id}`
    const restored = {
      status: line?.previousStatus ?? 'open',
      decision: line?.previousDecision ?? null,
      suppressedByEntryId: line?.previousSuppressedByEntryId ?? null,
    }
    await tx.alarm.update({ where: { id: alarm.id }, data: { ...restored, version: { increment: 1 }, changeNumber } })
    await tx.alarmEvent.create({
      data: {
        id,
        alarmId: alarm.id,
        at: new Date(change.at),
        action: 'undone',
        byUserId: change.by.userId,
        byName: change.by.name,
        detail: `escalated, out of ${change.escalationId}`,
        previousStatus: alarm.status,
        previousDecision: alarm.decision,
        previousSuppressedByEntryId: alarm.suppressedByEntryId,
        escalationId: change.escalationId,
      },
    })
    if (line !== undefined) await tx.alarmEvent.update({ where: { id: line.id }, data: { undoneById: id } })
  }
}

/** Those of the alarms that still stand in the escalation. */
export async function membersAmong(tx: Tx, { escalationId, alarmIds }: Pick<MemberChange, 'escalationId' | 'alarmIds'>): Promise<string[]> {
  const members = await tx.escalationAlarm.findMany({ where: { escalationId, alarmId: { in: [...alarmIds] } }, select: { alarmId: true } })
  return members.map(({ alarmId }) => alarmId)
}

/** Moves alarms from one escalation to another; their states stay. @throws EscalationRefusal unless all of them can be. */
export async function moveAlarms(tx: Tx, fromId: string, toId: string, alarmIds: readonly string[]): Promise<void> {
  const held = await tx.escalationAlarm.count({ where: { escalationId: toId } })
  if (held + alarmIds.length > MAX_ESCALATION_ALARMS) {
    throw new EscalationRefusal(
      'invalid',
      `An escalation holds ${MAX_ESCALATION_ALARMS} alarms at most; ${held + alarmIds.length} were to be in it.`,
    )
  }
  const { count } = await tx.escalationAlarm.updateMany({
    where: { escalationId: fromId, alarmId: { in: [...alarmIds] } },
    data: { escalationId: toId },
  })
  refuseUnless(count, alarmIds.length, fromId)
}

async function takeOut(tx: Tx, { escalationId, alarmIds }: MemberChange): Promise<void> {
  const { count } = await tx.escalationAlarm.deleteMany({ where: { escalationId, alarmId: { in: [...alarmIds] } } })
  refuseUnless(count, new Set(alarmIds).size, escalationId)
}

function refuseUnless(count: number, wanted: number, escalationId: string): void {
  if (count !== wanted) throw new EscalationRefusal('conflict', `${count} of ${wanted} alarms stand in ${escalationId}, so none was moved.`)
}

function escalatedOf(tx: Tx, alarmIds: readonly string[]): Promise<AlarmState[]> {
  return tx.alarm.findMany({
    where: { id: { in: [...alarmIds] }, status: 'escalated' },
    select: { id: true, status: true, decision: true, suppressedByEntryId: true },
  })
}

/** The unresolved escalation that each alarm stands in; those that stand in none are absent. */
export async function standingEscalations(tx: Pick<Tx, '$queryRaw'>, alarmIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (alarmIds.length === 0) return new Map()
  const rows = await tx.$queryRaw<{ alarmId: string; escalationId: string }[]>`
    SELECT m.alarmId, m.escalationId FROM "EscalationAlarm" m JOIN "Escalation" e ON e.id = m.escalationId
    WHERE m.alarmId IN (${Prisma.join([...alarmIds])}) AND e.status <> 'resolved'`
  return new Map(rows.map(({ alarmId, escalationId }) => [alarmId, escalationId]))
}

/** Adds the steps of guides that are not in the list yet. @returns ids of those added. */
export async function addGuideTasks(
  tx: Tx,
  newId: () => string,
  { escalationId, tasks, by, at }: { escalationId: string; tasks: readonly GuideTask[]; by: Actor; at: number },
): Promise<string[]> {
  const present = await tx.escalationTask.findMany({ where: { escalationId }, select: { text: true, position: true, removedAt: true } })
  const known = new Set(present.filter(({ removedAt }) => removedAt === null).map(({ text }) => text))
  const first = 1 + Math.max(-1, ...present.map(({ position }) => position))
  const fresh = tasks.filter(({ text }, index) => !known.has(text) && tasks.findIndex((task) => task.text === text) === index)
  const rows = fresh.map(({ detector, text }, index) => ({
    id: newId(),
    escalationId,
    position: first + index,
    text,
    detector,
    addedByName: by.name,
    addedAt: new Date(at),
  }))
  if (rows.length > 0) await tx.escalationTask.createMany({ data: rows })
  return rows.map(({ id }) => id)
}
