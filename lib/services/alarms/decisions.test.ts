import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Alarm } from '@/lib/domain/alarm'
import { DAY, draft, HOUR, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import type { EntryDraft } from '@/lib/services/allowlist/new-entry'
import type { ServiceContext } from '@/lib/services/context'
import { addNote } from './add-note'
import { type CloseAlarm, closeAlarm } from './close-alarm'
import { escalateAlarm } from './escalate-alarm'
import { getAlarm } from './get-alarm'
import { reopenAlarm } from './reopen-alarm'
import { undoDecision } from './undo-decision'

let temporary: TemporaryContext
let ana: ServiceContext
let ben: ServiceContext

beforeEach(() => {
  temporary = temporaryContext()
  ana = temporary.as('analyst', 'Ana')
  ben = temporary.as('analyst', 'Ben')
  temporary.stores.alarmSink.upsert(
    [
      draft({ id: 'ALM-1', zone: 'cdn.example', source: '10.0.0.5' }),
      draft({ id: 'ALM-2', zone: 'cdn.example', source: '10.0.0.6' }),
      draft({ id: 'ALM-3', zone: 'other.example', source: '10.0.0.5' }),
    ],
    NOON,
  )
})

afterEach(() => temporary.dispose())

const close = (fields: Partial<CloseAlarm> = {}): CloseAlarm => ({
  alarmId: 'ALM-1',
  expectedVersion: 1,
  reason: 'true-positive',
  family: null,
  note: null,
  allowlist: null,
  ...fields,
})

const entry = (fields: Partial<EntryDraft> = {}): EntryDraft => ({
  domain: 'cdn.example',
  source: null,
  detector: null,
  reason: 'our own content network',
  family: 'cdn',
  days: 30,
  ...fields,
})

const statusOf = async (id: string): Promise<Alarm['status']> => (await getAlarm(ana, { alarmId: id })).alarm.status

describe('closing', () => {
  it('stores reason, person and instant, and raises the version', async () => {
    const { alarm, event, hiddenAlarms } = await closeAlarm(ana, close({ note: 'isolated the host' }))
    expect(alarm).toMatchObject({ status: 'closed', version: 2 })
    expect(alarm.decision).toEqual({
      reason: 'true-positive',
      family: null,
      note: 'isolated the host',
      byUserId: 'user-Ana',
      byName: 'Ana',
      at: NOON,
    })
    expect(event).toMatchObject({ action: 'closed', byName: 'Ana', note: 'isolated the host', detail: 'true positive', undoneById: null })
    expect(hiddenAlarms).toBe(0)
  })

  it('writes an audit line', async () => {
    await closeAlarm(ana, close())
    const { rows } = await temporary.stores.audit.list(10, null)
    expect(rows).toMatchObject([{ action: 'alarm.closed', entity: 'alarm', entityId: 'ALM-1', byName: 'Ana', at: NOON }])
  })

  it.each([
    ['undetermined without a note', close({ reason: 'undetermined' }), ['note']],
    ['a family with a true positive', close({ family: 'cdn' }), ['family']],
    ['an entry with a true positive', close({ allowlist: entry() }), ['allowlist']],
    [
      'an entry that does not cover the alarm',
      close({ reason: 'false-positive', allowlist: entry({ domain: 'example.net' }) }),
      ['allowlist.domain'],
    ],
    ['an entry for another source', close({ reason: 'false-positive', allowlist: entry({ source: '10.9.9.9' }) }), ['allowlist.domain']],
    ['an entry longer than an analyst may make', close({ reason: 'false-positive', allowlist: entry({ days: 31 }) }), ['allowlist.days']],
    ['several faults at once', close({ reason: 'undetermined', family: 'cdn', allowlist: entry() }), ['note', 'family', 'allowlist']],
  ])('refuses %s and changes nothing', async (_name, input, paths) => {
    await expect(closeAlarm(ana, input)).rejects.toMatchObject({ code: 'invalid', fields: paths.map((path) => ({ path })) })
    expect(await statusOf('ALM-1')).toBe('open')
    expect(await temporary.stores.allowlist.list({ includeRemoved: true })).toEqual([])
  })

  it('lets a benign positive carry its family', async () => {
    const { alarm, event } = await closeAlarm(ana, close({ reason: 'benign-positive', family: 'update-service' }))
    expect(alarm.decision).toMatchObject({ reason: 'benign-positive', family: 'update-service' })
    expect(event.detail).toBe('benign positive (update service)')
  })

  it('lets an admin make a longer entry', async () => {
    await closeAlarm(temporary.as('admin'), close({ reason: 'false-positive', allowlist: entry({ days: 365 }) }))
    expect(await temporary.stores.allowlist.list({ includeRemoved: false })).toMatchObject([
      { expiresAt: NOON + 365 * DAY, alarmId: 'ALM-1' },
    ])
  })

  it('hides the other alarms its entry covers, at once', async () => {
    const { event, hiddenAlarms } = await closeAlarm(ana, close({ reason: 'false-positive', family: 'cdn', allowlist: entry() }))
    expect(hiddenAlarms).toBe(1)
    expect(event.detail).toBe('false positive (cdn), allowlist entry cdn.example until 2026-12-21')
    expect([await statusOf('ALM-1'), await statusOf('ALM-2'), await statusOf('ALM-3')]).toEqual(['closed', 'suppressed', 'open'])
    expect(await temporary.stores.allowlist.list({ includeRemoved: false })).toMatchObject([{ domain: 'cdn.example', hiddenAlarms: 1 }])
  })

  it('knows no alarm of another id', async () => {
    await expect(closeAlarm(ana, close({ alarmId: 'ALM-9' }))).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('two people at once', () => {
  it('tells the second who was first, when and what, with the alarm as it is now', async () => {
    await closeAlarm(ana, close({ reason: 'benign-positive', family: 'cdn' }))
    temporary.pass(60_000)
    const error = await escalateAlarm(ben, { alarmId: 'ALM-1', expectedVersion: 1, note: null }).catch((caught: unknown) => caught)
    expect(error).toMatchObject({
      code: 'conflict',
      message: 'Ana closed it at 2026-11-21T12:00:00.000Z: benign positive (cdn).',
      extra: { alarm: { id: 'ALM-1', status: 'closed', version: 2 }, lastEvent: { action: 'closed', byName: 'Ana' } },
    })
  })

  it('leaves no allowlist entry behind when the decision loses', async () => {
    const second = close({ reason: 'false-positive', allowlist: entry() })
    const outcomes = await Promise.allSettled([closeAlarm(ana, close()), closeAlarm(ben, second), closeAlarm(ben, second)])
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    const entries = await temporary.stores.allowlist.list({ includeRemoved: true })
    const { alarm } = await getAlarm(ana, { alarmId: 'ALM-1' })
    expect(entries).toHaveLength(alarm.decision?.byName === 'Ben' ? 1 : 0)
    expect(alarm.version).toBe(2)
  })

  it('does not count what the engine writes as a change of the decision', async () => {
    temporary.stores.alarmSink.upsert([draft({ id: 'ALM-1', zone: 'cdn.example', queries: 9_000, lastSeenAt: NOON })], NOON + HOUR)
    await expect(closeAlarm(ana, close())).resolves.toMatchObject({ alarm: { queries: 9_000, version: 2 } })
  })
})

describe('reopening', () => {
  it('puts a closed alarm back and drops its decision', async () => {
    await closeAlarm(ana, close())
    const { alarm } = await reopenAlarm(ben, { alarmId: 'ALM-1', expectedVersion: 2, note: 'seen again' })
    expect(alarm).toMatchObject({ status: 'open', decision: null, version: 3 })
  })

  it('refuses while an entry would hide the alarm again', async () => {
    await closeAlarm(ana, close({ reason: 'false-positive', allowlist: entry() }))
    await expect(reopenAlarm(ana, { alarmId: 'ALM-1', expectedVersion: 2, note: null })).rejects.toMatchObject({
      code: 'invalid',
      extra: { entry: { domain: 'cdn.example' } },
    })
  })

  it('refuses an alarm that is open already', async () => {
    await expect(reopenAlarm(ana, { alarmId: 'ALM-1', expectedVersion: 1, note: null })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('undoing', () => {
  const undo = (ctx: ServiceContext, expectedVersion: number, eventId: string) =>
    undoDecision(ctx, { alarmId: 'ALM-1', expectedVersion, eventId })

  it('takes back the entry a close made and everything that entry hid', async () => {
    const closed = await closeAlarm(ana, close({ reason: 'false-positive', allowlist: entry() }))
    temporary.pass(HOUR)
    const undone = await undo(ben, 2, closed.event.id)
    expect(undone.alarm).toMatchObject({ status: 'open', decision: null, version: 3 })
    expect(undone.event).toMatchObject({ action: 'undone', byName: 'Ben', detail: 'closed, with the allowlist entry cdn.example' })
    expect([await statusOf('ALM-1'), await statusOf('ALM-2')]).toEqual(['open', 'open'])
    expect(await temporary.stores.allowlist.list({ includeRemoved: true })).toMatchObject([
      { removedAt: NOON + HOUR, removedByName: 'Ben' },
    ])
    const { history } = await getAlarm(ana, { alarmId: 'ALM-1' })
    expect(history.find((event) => event.id === closed.event.id)?.undoneById).toBe(undone.event.id)
  })

  it('puts back the decision before it, whoever made that', async () => {
    const escalated = await escalateAlarm(ana, { alarmId: 'ALM-1', expectedVersion: 1, note: 'please look' })
    const reopened = await reopenAlarm(ben, { alarmId: 'ALM-1', expectedVersion: 2, note: null })
    const { alarm } = await undo(ben, 3, reopened.event.id)
    expect(alarm.status).toBe('escalated')
    expect(alarm.decision).toEqual(escalated.alarm.decision)
  })

  it('goes back decision by decision', async () => {
    const escalated = await escalateAlarm(ana, { alarmId: 'ALM-1', expectedVersion: 1, note: null })
    const reopened = await reopenAlarm(ana, { alarmId: 'ALM-1', expectedVersion: 2, note: null })
    const closed = await closeAlarm(ana, close({ expectedVersion: 3 }))
    expect((await undo(ana, 4, closed.event.id)).alarm.status).toBe('open')
    expect((await undo(ana, 5, reopened.event.id)).alarm.status).toBe('escalated')
    expect((await undo(ana, 6, escalated.event.id)).alarm).toMatchObject({ status: 'open', decision: null })
  })

  it('refuses a decision that a later one stands on', async () => {
    const escalated = await escalateAlarm(ana, { alarmId: 'ALM-1', expectedVersion: 1, note: null })
    await reopenAlarm(ben, { alarmId: 'ALM-1', expectedVersion: 2, note: null })
    await expect(undo(ana, 3, escalated.event.id)).rejects.toMatchObject({
      code: 'conflict',
      message: 'Ben decided after it. Undo that decision first.',
      extra: { lastEvent: { action: 'reopened' } },
    })
  })

  it('takes a decision back once', async () => {
    const closed = await closeAlarm(ana, close())
    await undo(ana, 2, closed.event.id)
    await expect(undo(ana, 3, closed.event.id)).rejects.toMatchObject({
      code: 'conflict',
      message: 'That decision was taken back already.',
    })
  })

  it('refuses an event of another alarm and one that decided nothing', async () => {
    const closed = await closeAlarm(ana, close({ alarmId: 'ALM-3' }))
    const { event } = await addNote(ana, { alarmId: 'ALM-1', text: 'hello' })
    await expect(undo(ana, 1, closed.event.id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(undo(ana, 1, event.id)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('notes', () => {
  it('are counted, kept in history and conflict with nothing', async () => {
    await closeAlarm(ben, close())
    const { event } = await addNote(ana, { alarmId: 'ALM-1', text: '<b>inert</b>' })
    expect(event).toMatchObject({ action: 'noted', note: '<b>inert</b>', byName: 'Ana' })
    const { alarm, history } = await getAlarm(ana, { alarmId: 'ALM-1' })
    expect(alarm.version).toBe(2)
    expect(history.map((line) => line.action)).toEqual(['opened', 'closed', 'noted'])
  })
})
