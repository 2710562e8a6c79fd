import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { emptyEvidence } from '@/lib/domain/evidence'
import { type EscalationDesk, escalationDesk, on, undo } from '@/lib/server/testing/escalation-desk'
import { draft, NOON } from '@/lib/server/testing/temporary-context'
import { addTask } from './add-task'
import { assignEscalation } from './assign-escalation'
import { assignTask } from './assign-task'
import { getEscalation } from './get-escalation'
import { getIndicators } from './get-indicators'
import { listEscalations } from './list-escalations'
import { mergeEscalation } from './merge-escalation'
import { noteEscalation } from './note-escalation'
import { renameEscalation } from './rename-escalation'
import { setEscalationStatus } from './set-status'
import { splitEscalation } from './split-escalation'
import { tickTask } from './tick-task'

let desk: EscalationDesk

beforeEach(() => {
  desk = escalationDesk()
})

afterEach(() => desk.temporary.dispose())

describe('merging and splitting', () => {
  it('moves alarms and what was done, and undo separates them again', async () => {
    const first = await desk.bundle(['ALM-1'])
    const second = await desk.bundle(['ALM-3'])
    const { tasks } = await getEscalation(desk.ana, { escalationId: 'ESC-0002' })
    await tickTask(desk.ana, { ...on(second), taskId: tasks[0]?.id ?? '', done: true })
    const merged = await mergeEscalation(desk.ben, { ...on(first), fromId: 'ESC-0002' })
    expect(await desk.membersOf('ESC-0001')).toEqual(['ALM-1', 'ALM-3'])
    expect((await getEscalation(desk.ana, { escalationId: 'ESC-0001' })).tasks.filter(({ done }) => done !== null)).toHaveLength(1)
    expect((await getEscalation(desk.ana, { escalationId: 'ESC-0002' })).escalation.mergedIntoId).toBe('ESC-0001')
    expect((await desk.listed()).map(({ id }) => id)).toEqual(['ESC-0001'])
    await undo(desk.ana, merged)
    expect([await desk.membersOf('ESC-0001'), await desk.membersOf('ESC-0002')]).toEqual([['ALM-1'], ['ALM-3']])
    expect((await getEscalation(desk.ana, { escalationId: 'ESC-0002' })).tasks).toHaveLength(tasks.length)
    expect((await getEscalation(desk.ana, { escalationId: 'ESC-0002' })).history.at(0)?.canUndo).toBe(true)
  })

  it('splits a selection off under the same owner, and undo joins it again', async () => {
    const made = await desk.bundle(['ALM-1', 'ALM-2', 'ALM-3'])
    const owned = await assignEscalation(desk.ana, { ...on(made), userId: 'user-Ana' })
    const split = await splitEscalation(desk.ana, { ...on(owned), alarmIds: ['ALM-3'], title: null })
    expect(split.otherId).toBe('ESC-0002')
    const other = await getEscalation(desk.ana, { escalationId: 'ESC-0002' })
    expect(other.escalation).toMatchObject({ title: 'other.example, 10.0.0.5', owner: { name: 'Ana' } })
    expect(await desk.membersOf('ESC-0002')).toEqual(['ALM-3'])
    await undo(desk.ana, split)
    expect(await desk.membersOf('ESC-0001')).toEqual(['ALM-1', 'ALM-2', 'ALM-3'])
    expect((await desk.listed()).map(({ id }) => id)).toEqual(['ESC-0001'])
  })

  it('refuses to split everything off, and to merge into itself', async () => {
    const made = await desk.bundle(['ALM-1', 'ALM-2'])
    await expect(splitEscalation(desk.ana, { ...on(made), alarmIds: ['ALM-1', 'ALM-2'], title: null })).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(mergeEscalation(desk.ana, { ...on(made), fromId: 'ESC-0001' })).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('owner, status, title, steps and notes', () => {
  it('are each kept with who and when, audited, and taken back', async () => {
    let last = await desk.bundle(['ALM-1'])
    last = await assignEscalation(desk.ana, { ...on(last), userId: 'user-Ana' })
    last = await setEscalationStatus(desk.ana, { ...on(last), status: 'contained' })
    last = await renameEscalation(desk.ana, { ...on(last), title: 'Finance laptop' })
    last = await noteEscalation(desk.ben, { escalationId: 'ESC-0001', text: 'Host is isolated.' })
    const before = await getEscalation(desk.ana, { escalationId: 'ESC-0001' })
    expect(before.escalation).toMatchObject({ owner: { name: 'Ana' }, status: 'contained', title: 'Finance laptop', version: 5 })
    expect(before.history.map(({ action, byName }) => [action, byName])).toEqual([
      ['created', 'Ana'],
      ['assigned', 'Ana'],
      ['status-set', 'Ana'],
      ['renamed', 'Ana'],
      ['noted', 'Ben'],
    ])
    const { rows } = await desk.temporary.stores.audit.list(1, null)
    expect(rows).toMatchObject([{ action: 'escalation.noted', entity: 'escalation', entityId: 'ESC-0001', byName: 'Ben' }])
    for (const event of before.history.slice(1)) await undo(desk.ana, { escalation: last.escalation, event, otherId: null })
    expect((await getEscalation(desk.ana, { escalationId: 'ESC-0001' })).escalation).toMatchObject({
      owner: null,
      status: 'open',
      title: 't.example, 10.0.0.5',
    })
  })

  it('a step is ticked by one, and only the last change of it is taken back', async () => {
    const made = await desk.bundle(['ALM-1'])
    const { tasks } = await getEscalation(desk.ana, { escalationId: 'ESC-0001' })
    const taskId = tasks[0]?.id ?? ''
    desk.temporary.pass(60_000)
    const ticked = await tickTask(desk.ben, { ...on(made), taskId, done: true })
    const isDone = async () => (await getEscalation(desk.ana, { escalationId: 'ESC-0001' })).tasks[0]?.done ?? null
    expect(await isDone()).toEqual({ userId: 'user-Ben', name: 'Ben', at: NOON + 60_000 })
    await expect(tickTask(desk.ana, { ...on(ticked), taskId, done: true })).rejects.toMatchObject({ message: 'Ben did that step already.' })
    const unticked = await tickTask(desk.ana, { ...on(ticked), taskId, done: false })
    await expect(undo(desk.ana, { ...unticked, event: ticked.event })).rejects.toMatchObject({ code: 'conflict' })
    await undo(desk.ana, unticked)
    expect(await isDone()).toEqual({ userId: 'user-Ben', name: 'Ben', at: NOON + 60_000 })
  })

  it('a step of one’s own is added, given to someone, and taken back', async () => {
    const added = await addTask(desk.ana, { ...on(await desk.bundle(['ALM-1'])), text: 'Ring the data owner' })
    const own = async () => (await getEscalation(desk.ana, { escalationId: 'ESC-0001' })).tasks.find(({ detector }) => detector === null)
    const task = await own()
    expect(task).toMatchObject({ text: 'Ring the data owner', addedByName: 'Ana', assignee: null })
    await assignTask(desk.ana, { ...on(added), taskId: task?.id ?? '', userId: 'user-Ana' })
    expect((await own())?.assignee).toEqual({ userId: 'user-Ana', name: 'Ana' })
    await undo(desk.ana, added)
    expect(await own()).toBeUndefined()
  })

  it('cannot be given to someone who may not work on it', async () => {
    const made = await desk.bundle(['ALM-1'])
    await expect(assignEscalation(desk.ana, { ...on(made), userId: 'nobody' })).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ path: 'userId' }],
    })
  })
})

describe('indicators', () => {
  it('gather what all alarms name, once', async () => {
    const start = {
      at: NOON,
      eventId: 1,
      commandLine: null,
      args: [],
      queryType: 'TXT',
      target: null,
      server: '203.0.113.9',
      parentName: null,
      user: 'eve',
    }
    const sample = {
      name: 'aa.fifth.example',
      qtype: 'TXT',
      rcode: null,
      firstAt: NOON,
      length: 16,
      entropyBits: 1,
      readabilityBits: null,
      unreadable: true,
    }
    const evidence = { ...emptyEvidence, samples: [sample, sample], processStarts: [start] }
    desk.temporary.stores.alarmSink.upsert([draft({ id: 'ALM-5', zone: 'fifth.example', hostName: 'pc-5', evidence })], NOON)
    await desk.bundle(['ALM-1', 'ALM-5'])
    expect((await getIndicators(desk.ana, { escalationId: 'ESC-0001' })).indicators).toEqual({
      zones: { values: ['fifth.example', 't.example'], omitted: 0 },
      sampleNames: { values: ['aa.fifth.example'], omitted: 0 },
      hosts: { values: ['pc-5', '10.0.0.5'], omitted: 0 },
      users: { values: ['eve'], omitted: 0 },
      servers: { values: ['203.0.113.9'], omitted: 0 },
    })
  })
})

describe('the list', () => {
  it('is filtered by status, owner, severity and text, and pages without gaps', async () => {
    const first = await desk.bundle(['ALM-1'], '100% sure')
    await desk.bundle(['ALM-3'])
    await desk.bundle(['ALM-4'])
    await assignEscalation(desk.ana, { ...on(first), userId: 'user-Ana' })
    const ids = async (filter: object) => (await listEscalations(desk.ana, { limit: 50, cursor: null, ...filter })).rows.map(({ id }) => id)
    expect(await ids({})).toEqual(['ESC-0003', 'ESC-0002', 'ESC-0001'])
    expect(await ids({ ownerUserId: 'user-Ana' })).toEqual(['ESC-0001'])
    expect(await ids({ status: ['resolved'] })).toEqual([])
    expect(await ids({ severity: ['critical'] })).toEqual([])
    expect(await ids({ severity: ['high'] })).toHaveLength(3)
    expect(await ids({ text: '0%' })).toEqual(['ESC-0001'])
    const page = await listEscalations(desk.ana, { limit: 2, cursor: null })
    expect((await listEscalations(desk.ana, { limit: 2, cursor: page.nextCursor })).rows.map(({ id }) => id)).toEqual(['ESC-0001'])
  })
})

it('goes with the demo when it holds nothing else', async () => {
  desk.temporary.stores.alarmSink.upsert([draft({ id: 'ALM-D1', demo: true }), draft({ id: 'ALM-D2', demo: true })], NOON)
  await desk.bundle(['ALM-D1'])
  await desk.bundle(['ALM-D2', 'ALM-4'])
  await desk.temporary.stores.alarms.removeDemo()
  expect(await desk.listed()).toMatchObject([{ id: 'ESC-0002', alarms: 1 }])
})
