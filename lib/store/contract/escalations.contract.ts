import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MAX_ESCALATION_ALARMS } from '@/lib/domain/escalation'
import type { Actor, EscalationChange, EscalationOutcome, EscalationStore, NewEscalation } from '@/lib/store/ports'

const NOON = Date.UTC(2026, 10, 21, 12)
const ada: Actor = { userId: 'ada', name: 'Ada', role: 'analyst' }
const ben: Actor = { userId: 'ben', name: 'Ben', role: 'analyst' }

/** An alarm to be there, open. */
export interface SeededAlarm {
  readonly id: string
  readonly zone: string
  readonly source: string
}

interface Opened {
  readonly store: EscalationStore
  /** Adds open alarms. */
  readonly seed: (alarms: readonly SeededAlarm[]) => void
  /** Status of an alarm. */
  readonly statusOf: (alarmId: string) => Promise<string>
  readonly close: () => Promise<void>
}

type Kind = EscalationChange extends infer One
  ? One extends EscalationChange
    ? Omit<One, 'escalationId' | 'expectedVersion' | 'by' | 'at'>
    : never
  : never

/** What every `EscalationStore` does. */
export function escalationsContract(open: () => Opened): void {
  let opened: Opened
  beforeEach(() => {
    opened = open()
    opened.seed([
      { id: 'ALM-1', zone: 't.example', source: '10.0.0.5' },
      { id: 'ALM-2', zone: 't.example', source: '10.0.0.6' },
      { id: 'ALM-3', zone: 'other.example', source: '10.0.0.5' },
      { id: 'ALM-4', zone: 'far.example', source: '10.9.9.9' },
    ])
  })
  afterEach(() => opened.close())

  const create = (alarmIds: readonly string[], part: Partial<NewEscalation> = {}) =>
    opened.store.create({ title: 'case', alarmIds, tasks: [{ text: 'Isolate', detector: 'd' }], note: null, by: ada, at: NOON, ...part })
  const change = ({ escalation: { id, version } }: Pick<EscalationOutcome, 'escalation'>, made: Kind, by = ben) =>
    opened.store.change({ ...made, escalationId: id, expectedVersion: version, by, at: NOON + 1 } as EscalationChange)
  const members = async (id: string) => ((await opened.store.detail(id))?.alarms ?? []).map((alarm) => alarm.id).toSorted()
  const statuses = () => Promise.all(['ALM-1', 'ALM-2', 'ALM-3', 'ALM-4'].map(opened.statusOf))

  describe('an escalation', () => {
    test('is numbered from one, and escalates its alarms', async () => {
      const first = await create(['ALM-1', 'ALM-2'])
      const second = await create(['ALM-3'], { title: 'other', at: NOON + 5 })
      expect([first.escalation.id, second.escalation.id]).toEqual(['ESC-0001', 'ESC-0002'])
      expect(first.escalation).toMatchObject({ title: 'case', status: 'open', owner: null, createdAt: NOON, mergedIntoId: null })
      expect(await statuses()).toEqual(['escalated', 'escalated', 'escalated', 'open'])
      expect((await opened.store.list({}, 10, null)).rows.map(({ id, alarms, hosts }) => [id, alarms, hosts])).toEqual([
        ['ESC-0002', 1, 1],
        ['ESC-0001', 2, 2],
      ])
      expect(await opened.store.find('ESC-0001')).toEqual(first.escalation)
      expect([await opened.store.find('ESC-9999'), await opened.store.detail('ESC-9999')]).toEqual([null, null])
    })

    test('is made of all its alarms or not at all', async () => {
      await expect(create(['ALM-1', 'ALM-missing'])).rejects.toMatchObject({ code: expect.any(String) })
      expect((await opened.store.list({}, 10, null)).rows).toEqual([])
      expect(await statuses()).toEqual(['open', 'open', 'open', 'open'])
    })

    test('holds an alarm that no other holds', async () => {
      await create(['ALM-1'])
      await expect(create(['ALM-1', 'ALM-2'])).rejects.toMatchObject({ code: 'conflict' })
      expect(await opened.statusOf('ALM-2')).toBe('open')
      expect((await opened.store.ofAlarm('ALM-1'))?.id).toBe('ESC-0001')
      expect(await opened.store.ofAlarm('ALM-2')).toBeNull()
    })

    test('holds a bounded number of alarms', async () => {
      const many = Array.from({ length: MAX_ESCALATION_ALARMS + 1 }, (_, i) => ({ id: `M-${i}`, zone: `z${i}.example`, source: `h${i}` }))
      opened.seed(many)
      await expect(create(many.map(({ id }) => id))).rejects.toMatchObject({ code: 'invalid' })
      expect(await opened.statusOf('M-0')).toBe('open')
    })
  })

  describe('a change', () => {
    const CHANGES: readonly [string, Kind, Record<string, unknown>][] = [
      ['of owner', { kind: 'assign', owner: { userId: 'ben', name: 'Ben' } }, { owner: { userId: 'ben', name: 'Ben' } }],
      ['of status', { kind: 'status', status: 'contained' }, { status: 'contained' }],
      ['of title', { kind: 'rename', title: 'renamed' }, { title: 'renamed' }],
    ]
    test.each(CHANGES)('%s raises the version, is in the history, and is taken back', async (_, made, shows) => {
      const before = await create(['ALM-1'])
      const after = await change(before, made)
      expect(after.escalation).toMatchObject({ ...shows, version: before.escalation.version + 1, updatedAt: NOON + 1 })
      expect(after.event).toMatchObject({ escalationId: 'ESC-0001', byName: 'Ben', at: NOON + 1 })
      const { escalation } = await change(after, { kind: 'undo', eventId: after.event.id })
      const { title, status, owner } = before.escalation
      expect(escalation).toMatchObject({ title, status, owner })
    })

    test('made on an old version is refused; of two at once one is', async () => {
      const before = await create(['ALM-1'])
      await change(before, { kind: 'rename', title: 'first' })
      await expect(change(before, { kind: 'rename', title: 'second' })).rejects.toMatchObject({ code: 'conflict' })
      const now = { escalation: (await opened.store.find('ESC-0001')) ?? before.escalation }
      const both = await Promise.allSettled(['a', 'b'].map((title) => change(now, { kind: 'rename', title })))
      expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    })

    test('of what is not there is told', async () => {
      const made = { kind: 'rename', title: 'x', escalationId: 'ESC-0404', expectedVersion: 1, by: ada, at: NOON } as const
      await expect(opened.store.change(made)).rejects.toMatchObject({ code: 'not-found' })
    })

    test('adds alarms and takes them out, all or none', async () => {
      const before = await create(['ALM-1'])
      const more = await change(before, { kind: 'add', alarmIds: ['ALM-2', 'ALM-3'], tasks: [] })
      expect(await members('ESC-0001')).toEqual(['ALM-1', 'ALM-2', 'ALM-3'])
      await expect(change(more, { kind: 'remove', alarmIds: ['ALM-2', 'ALM-4'] })).rejects.toMatchObject({ code: expect.any(String) })
      expect(await members('ESC-0001')).toHaveLength(3)
      await change(more, { kind: 'remove', alarmIds: ['ALM-2'] })
      expect([await members('ESC-0001'), await opened.statusOf('ALM-2')]).toEqual([['ALM-1', 'ALM-3'], 'open'])
    })

    test('merges and splits, and alarms are in one place', async () => {
      const one = await create(['ALM-1'])
      await create(['ALM-2', 'ALM-3'])
      const merged = await change(one, { kind: 'merge', fromId: 'ESC-0002' })
      expect([await members('ESC-0001'), await members('ESC-0002')]).toEqual([['ALM-1', 'ALM-2', 'ALM-3'], []])
      expect(await opened.store.find('ESC-0002')).toMatchObject({ mergedIntoId: 'ESC-0001' })
      const split = await change(merged, { kind: 'split', alarmIds: ['ALM-3'], title: 'apart', tasks: [] })
      expect([split.otherId, await members('ESC-0003'), await members('ESC-0001')]).toEqual(['ESC-0003', ['ALM-3'], ['ALM-1', 'ALM-2']])
      expect((await opened.store.list({}, 10, null)).rows.map(({ id }) => id).toSorted()).toEqual(['ESC-0001', 'ESC-0003'])
    })

    test('ticks tasks and hands them out; a note conflicts with nothing', async () => {
      const before = await create(['ALM-1'])
      const [task] = (await opened.store.detail('ESC-0001'))?.tasks ?? []
      const taskId = task?.id ?? ''
      const ticked = await change(before, { kind: 'tick', taskId, done: true })
      const handed = await change(ticked, { kind: 'assign-task', taskId, assignee: { userId: 'ada', name: 'Ada' } })
      await change(handed, { kind: 'add-task', text: 'Call' })
      await opened.store.change({ kind: 'note', text: 'seen', escalationId: 'ESC-0001', expectedVersion: null, by: ada, at: NOON + 2 })
      const detail = await opened.store.detail('ESC-0001')
      expect(detail?.tasks).toMatchObject([
        { text: 'Isolate', done: { name: 'Ben' }, assignee: { name: 'Ada' } },
        { text: 'Call', done: null },
      ])
      expect(detail?.history.map(({ action }) => action)).toEqual(['created', 'task-done', 'task-assigned', 'task-added', 'noted'])
    })
  })

  describe('what is found', () => {
    test('by status and by text, page by page', async () => {
      const first = await create(['ALM-1'], { title: 'beacon at night' })
      await create(['ALM-2'], { title: '100%_\\' })
      await change(first, { kind: 'status', status: 'resolved' })
      const ids = async (filter: Parameters<EscalationStore['list']>[0]) =>
        (await opened.store.list(filter, 10, null)).rows.map(({ id }) => id)
      expect(await ids({ status: ['resolved'] })).toEqual(['ESC-0001'])
      expect(await ids({ text: 'BEACON' })).toEqual(['ESC-0001'])
      expect(await ids({ text: '%_' })).toEqual(['ESC-0002'])
      expect(await ids({ text: 'esc-0002' })).toEqual(['ESC-0002'])
      const page = await opened.store.list({}, 1, null)
      const next = await opened.store.list({}, 1, page.nextCursor)
      expect([...page.rows, ...next.rows].map(({ id }) => id)).toEqual(['ESC-0002', 'ESC-0001'])
    })

    test('an open one that shares domain or host, the most in common first; a resolved one is none', async () => {
      const host = await create(['ALM-3'])
      await create(['ALM-1'])
      const scope = { zones: ['t.example'], hosts: ['10.0.0.5'], users: [] }
      const found = await opened.store.matches(scope, 10)
      expect(found.map(({ escalation, because }) => [escalation.id, [...because].toSorted()])).toEqual([
        ['ESC-0002', ['same-host', 'same-zone']],
        ['ESC-0001', ['same-host']],
      ])
      await change(host, { kind: 'status', status: 'resolved' })
      expect((await opened.store.matches(scope, 10)).map(({ escalation }) => escalation.id)).toEqual(['ESC-0002'])
      expect(await opened.store.matches({ zones: [], hosts: [], users: [] }, 10)).toEqual([])
    })
  })
}
