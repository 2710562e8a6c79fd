import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { emptyEvidence } from '@/lib/domain/evidence'
import { type EscalationDesk, escalationDesk, on, undo } from '@/lib/server/testing/escalation-desk'
import { draft, NOON } from '@/lib/server/testing/temporary-context'
import { closeAlarm } from '@/lib/services/alarms/close-alarm'
import { escalateAlarm } from '@/lib/services/alarms/escalate-alarm'
import { getAlarm } from '@/lib/services/alarms/get-alarm'
import { reopenAlarm } from '@/lib/services/alarms/reopen-alarm'
import { undoDecision } from '@/lib/services/alarms/undo-decision'
import { addEntry } from '@/lib/services/allowlist/add-entry'
import { addAlarms } from './add-alarms'
import { assignEscalation } from './assign-escalation'
import { getEscalation } from './get-escalation'
import { listEscalations } from './list-escalations'
import { removeAlarms } from './remove-alarms'
import { setEscalationStatus } from './set-status'
import { suggestEscalations } from './suggest-escalations'

let desk: EscalationDesk

beforeEach(() => {
  desk = escalationDesk()
})

afterEach(() => desk.temporary.dispose())

const statusOf = async (id: string) => (await getAlarm(desk.ana, { alarmId: id })).alarm.status
const statuses = () => Promise.all(['ALM-1', 'ALM-2', 'ALM-3', 'ALM-4'].map(statusOf))

describe('escalating one alarm', () => {
  it('opens an escalation named after domain and host, with the steps of the guide', async () => {
    const { event } = await escalateAlarm(desk.ana, { alarmId: 'ALM-1', expectedVersion: 1, note: 'call the owner' })
    expect(event.detail).toBe('into ESC-0001')
    const { escalation, alarms, tasks, history } = await getEscalation(desk.ana, { escalationId: 'ESC-0001' })
    expect(escalation).toMatchObject({ title: 't.example, 10.0.0.5', status: 'open', owner: null, createdBy: { name: 'Ana' }, version: 1 })
    expect(alarms.map(({ id, status }) => [id, status])).toEqual([['ALM-1', 'escalated']])
    expect(tasks[0]).toMatchObject({ detector: 'dns_lookup_tunneling', done: null })
    expect(tasks[0]?.text).toMatch(/^Isolate the host/)
    expect(tasks).toHaveLength(7)
    expect(history).toMatchObject([{ action: 'created', byName: 'Ana', note: 'call the owner' }])
  })

  it('joins the open escalation that shares the domain, unless a new one is asked for', async () => {
    await escalateAlarm(desk.ana, { alarmId: 'ALM-1', expectedVersion: 1, note: null })
    await escalateAlarm(desk.ben, { alarmId: 'ALM-2', expectedVersion: 1, note: null })
    await escalateAlarm(desk.ben, { alarmId: 'ALM-3', expectedVersion: 1, note: null, escalationId: null })
    expect(await desk.membersOf('ESC-0001')).toEqual(['ALM-1', 'ALM-2'])
    expect(await desk.membersOf('ESC-0002')).toEqual(['ALM-3'])
  })

  it('is taken back with its escalation, in one undo', async () => {
    const { alarm, event } = await escalateAlarm(desk.ana, { alarmId: 'ALM-1', expectedVersion: 1, note: null })
    await undoDecision(desk.ana, { alarmId: 'ALM-1', expectedVersion: alarm.version, eventId: event.id })
    expect(await statusOf('ALM-1')).toBe('open')
    expect(await desk.listed()).toEqual([])
    const { history, tasks } = await getEscalation(desk.ana, { escalationId: 'ESC-0001' })
    expect(history.map(({ action }) => action)).toEqual(['created', 'undone'])
    expect(history[0]?.undoneById).toBe(history[1]?.id)
    expect(tasks).toEqual([])
  })

  it('leaves the escalation when it is reopened, and is back in it when that is undone', async () => {
    const { alarm } = await escalateAlarm(desk.ana, { alarmId: 'ALM-1', expectedVersion: 1, note: null })
    const reopened = await reopenAlarm(desk.ana, { alarmId: 'ALM-1', expectedVersion: alarm.version, note: null })
    expect(await desk.membersOf('ESC-0001')).toEqual([])
    await undoDecision(desk.ana, { alarmId: 'ALM-1', expectedVersion: reopened.alarm.version, eventId: reopened.event.id })
    expect([await statusOf('ALM-1'), await desk.membersOf('ESC-0001')]).toEqual(['escalated', ['ALM-1']])
  })

  it('stays in the escalation when it is closed', async () => {
    const { alarm } = await escalateAlarm(desk.ana, { alarmId: 'ALM-1', expectedVersion: 1, note: null })
    const close = {
      alarmId: 'ALM-1',
      expectedVersion: alarm.version,
      reason: 'true-positive',
      family: null,
      note: null,
      allowlist: null,
    } as const
    await closeAlarm(desk.ana, close)
    expect(await desk.membersOf('ESC-0001')).toEqual(['ALM-1'])
  })

  it('does not join one that was resolved meanwhile, and changes nothing', async () => {
    const made = await desk.bundle(['ALM-1'])
    await setEscalationStatus(desk.ana, { ...on(made), status: 'resolved' })
    await expect(
      escalateAlarm(desk.ben, { alarmId: 'ALM-2', expectedVersion: 1, note: null, escalationId: 'ESC-0001' }),
    ).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await statusOf('ALM-2')).toBe('open')
    expect((await getAlarm(desk.ana, { alarmId: 'ALM-2' })).history.map(({ action }) => action)).toEqual(['opened'])
  })
})

describe('suggestions', () => {
  it('name what is shared, and nothing for a stranger', async () => {
    await desk.bundle(['ALM-1'])
    const { matches } = await suggestEscalations(desk.ana, { alarmIds: ['ALM-2'] })
    expect(matches).toMatchObject([{ escalation: { id: 'ESC-0001' }, alarms: 1, because: ['same-zone'] }])
    expect((await suggestEscalations(desk.ana, { alarmIds: ['ALM-4'] })).matches).toEqual([])
  })

  it('take no resolver for a shared host', async () => {
    await desk.bundle(['ALM-1'])
    const evidence = { ...emptyEvidence, resolver: 'It asks for 40 hosts.' }
    desk.temporary.stores.alarmSink.upsert([draft({ id: 'ALM-5', zone: 'fifth.example', source: '10.0.0.5', evidence })], NOON)
    expect((await suggestEscalations(desk.ana, { alarmIds: ['ALM-5'] })).matches).toEqual([])
  })
})

describe('a bundle', () => {
  it('takes all the alarms or none', async () => {
    const close = { alarmId: 'ALM-4', expectedVersion: 1, reason: 'true-positive', family: null, note: null, allowlist: null } as const
    await closeAlarm(desk.ana, close)
    await desk.bundle(['ALM-3'])
    await expect(desk.bundle(['ALM-1', 'ALM-2', 'ALM-3', 'ALM-4'])).rejects.toMatchObject({
      code: 'conflict',
      message: '2 of 4 alarms cannot be attached, so none was: ALM-3 stands in ESC-0001, ALM-4 is closed.',
    })
    expect(await statuses()).toEqual(['open', 'open', 'escalated', 'closed'])
    expect(await desk.listed()).toHaveLength(1)
  })

  it('holds 212 of 212 alarms, and gives every one back', async () => {
    const ids = Array.from({ length: 212 }, (_, index) => `ALM-B${index}`)
    desk.temporary.stores.alarmSink.upsert(
      ids.map((id) => draft({ id, source: id })),
      NOON,
    )
    const made = await desk.bundle(ids, 'All of them')
    expect(await desk.listed()).toMatchObject([{ id: 'ESC-0001', alarms: 212, worstSeverity: 'high', hosts: 212, openTasks: 7 }])
    await undo(desk.ana, made)
    expect(await desk.temporary.stores.alarms.count({ status: ['open'] })).toBe(216)
    expect(await desk.listed()).toEqual([])
  })

  it('brings the steps of every guide once', async () => {
    const made = await desk.bundle(['ALM-1', 'ALM-2'])
    const { event } = await addAlarms(desk.ana, { ...on(made), alarmIds: ['ALM-3'] })
    const { tasks } = await getEscalation(desk.ana, { escalationId: 'ESC-0001' })
    expect(new Set(tasks.map(({ text }) => text)).size).toBe(tasks.length)
    expect(new Set(tasks.map(({ detector }) => detector))).toEqual(new Set(['dns_lookup_tunneling', 'dns_tunnel_tool']))
    expect(event.detail).toBe('ALM-3, 7 steps of the response')
  })

  it('gives an alarm back to the queue, and takes it again when that is undone', async () => {
    const made = await desk.bundle(['ALM-1', 'ALM-2'])
    const removed = await removeAlarms(desk.ana, { ...on(made), alarmIds: ['ALM-2'] })
    expect([await statusOf('ALM-2'), await desk.membersOf('ESC-0001')]).toEqual(['open', ['ALM-1']])
    await undo(desk.ben, removed)
    expect([await statusOf('ALM-2'), await desk.membersOf('ESC-0001')]).toEqual(['escalated', ['ALM-1', 'ALM-2']])
  })

  it('gives back an alarm that was hidden as hidden', async () => {
    const entry = { domain: 'far.example', source: null, detector: null, reason: 'a test', family: null, days: 1 }
    await addEntry(desk.temporary.as('admin'), entry)
    expect(await statusOf('ALM-4')).toBe('suppressed')
    await undo(desk.ana, await desk.bundle(['ALM-4']))
    expect(await statusOf('ALM-4')).toBe('suppressed')
  })

  it('refuses a change made on an older version, naming who was first', async () => {
    const made = await desk.bundle(['ALM-1'])
    await assignEscalation(desk.ben, { ...on(made), userId: 'user-Ben' })
    const message = 'Ben changed ESC-0001 meanwhile (assigned). Look at it as it is now.'
    await expect(setEscalationStatus(desk.ana, { ...on(made), status: 'contained' })).rejects.toMatchObject({ code: 'conflict', message })
  })

  it('counts escalated alarms that stand nowhere', async () => {
    const made = await desk.bundle(['ALM-1', 'ALM-2'])
    await desk.temporary.stores.appDb.escalationAlarm.deleteMany({ where: { escalationId: made.escalation.id } })
    const { loose } = await listEscalations(desk.ana, { limit: 1, cursor: null })
    expect(loose).toEqual({ alarmIds: ['ALM-2', 'ALM-1'].toSorted(), total: 2 })
    await desk.bundle(loose.alarmIds)
    expect((await listEscalations(desk.ana, { limit: 1, cursor: null })).loose.total).toBe(0)
  })
})
