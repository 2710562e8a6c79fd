import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AlarmStatus } from '@/lib/domain/alarm'
import { draft, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { addNote } from '@/lib/services/alarms/add-note'
import { closeAlarm } from '@/lib/services/alarms/close-alarm'
import { getAlarm } from '@/lib/services/alarms/get-alarm'
import { listEntries } from '@/lib/services/allowlist/list-entries'
import type { ServiceContext } from '@/lib/services/context'
import { createEscalation } from '@/lib/services/escalations/create-escalation'
import { getEscalation } from '@/lib/services/escalations/get-escalation'
import { createSelection } from './create-selection'
import { decideSelection, type SelectionDecision } from './decide-selection'
import { getUnit } from './get-unit'
import { matchSelection } from './match-selection'
import { offerEntries } from './offer-entries'
import { runUnit } from './run-unit'
import { undoUnit } from './undo-unit'

let temporary: TemporaryContext
let ana: ServiceContext

beforeEach(() => {
  temporary = temporaryContext()
  ana = temporary.as('analyst', 'Ana')
})
afterEach(() => temporary.dispose())

const raise = (count: number, zone: string, fields: { source?: string; from?: number } = {}) =>
  temporary.stores.alarmSink.upsert(
    Array.from({ length: count }, (_, i) =>
      draft({ id: `ALM-${zone}-${(fields.from ?? 0) + i}`, zone, source: fields.source ?? `10.0.${i % 200}.1` }),
    ),
    NOON,
  )

const selectOpen = async () => (await createSelection(ana, { filter: { status: ['open'] } })).selection.id
const finish = async ({ unit }: Awaited<ReturnType<typeof decideSelection>>, ctx = ana) =>
  unit.finishedAt === null ? runUnit(ctx, unit.id) : unit
const decide = async (selectionId: string, decision: SelectionDecision) => finish(await decideSelection(ana, { selectionId, decision }))
const undo = async (unitId: string) => finish(await undoUnit(ana, { unitId }))
const count = (status: AlarmStatus) => temporary.stores.alarms.count({ status: [status] })
const close = (alarmId: string, reason: 'true-positive' | 'duplicate' = 'duplicate') =>
  closeAlarm(temporary.as('analyst', 'Ben'), { alarmId, expectedVersion: 1, reason, family: null, note: null, allowlist: null })

const ESCALATE = { kind: 'escalate', escalationId: null, note: 'call them' } as const
const allow = (...zones: string[]) =>
  ({ kind: 'close', reason: 'false-positive', family: null, note: null, allowlist: { zones, days: 30 } }) as const

describe('escalating a selection', () => {
  it('bundles it into one new escalation; what someone closed meanwhile is left, counted and listed', async () => {
    raise(3, 'a.example')
    raise(1, 'b.example')
    const id = await selectOpen()
    await close('ALM-a.example-1')
    const unit = await decide(id, ESCALATE)
    expect(unit).toMatchObject({ total: 4, changed: 3, left: 1, change: { kind: 'escalate', escalationId: 'ESC-0001', note: 'call them' } })
    expect((await getUnit(ana, { unitId: unit.id })).leftAlone).toMatchObject([{ id: 'ALM-a.example-1', status: 'closed' }])
    const { escalation, alarms, tasks } = await getEscalation(ana, { escalationId: 'ESC-0001' })
    expect(escalation.title).toMatch(/^a\.example and 1 more, \d+ hosts$/)
    expect(alarms.map((alarm) => alarm.id).toSorted()).toEqual(['ALM-a.example-0', 'ALM-a.example-2', 'ALM-b.example-0'])
    expect(tasks.length).toBeGreaterThan(0)
    expect((await getAlarm(ana, { alarmId: 'ALM-b.example-0' })).history.at(-1)).toMatchObject({
      action: 'escalated',
      byName: 'Ana',
      note: 'call them',
      detail: 'into ESC-0001',
    })
  })

  it('joins an open escalation, which is suggested because it shares the domain', async () => {
    raise(3, 'a.example')
    await createEscalation(ana, { alarmIds: ['ALM-a.example-0'], title: null, note: null })
    const id = await selectOpen()
    const { matches, escalatable } = await matchSelection(ana, { selectionId: id })
    expect(matches.map(({ escalation, because }) => [escalation.id, because])).toEqual([
      ['ESC-0001', expect.arrayContaining(['same-zone'])],
    ])
    expect(escalatable).toBe(2)
    expect(await decide(id, { ...ESCALATE, escalationId: 'ESC-0001' })).toMatchObject({ changed: 2, left: 0 })
    expect((await getEscalation(ana, { escalationId: 'ESC-0001' })).alarms).toHaveLength(3)
  })

  it('is taken back as one; an alarm that was closed since keeps that', async () => {
    raise(3, 'a.example')
    const unit = await decide(await selectOpen(), ESCALATE)
    const { alarm } = await getAlarm(ana, { alarmId: 'ALM-a.example-2' })
    await closeAlarm(ana, {
      alarmId: alarm.id,
      expectedVersion: alarm.version,
      reason: 'true-positive',
      family: null,
      note: null,
      allowlist: null,
    })
    const undone = await undo(unit.id)
    expect(undone).toMatchObject({ total: 3, changed: 2, left: 1, change: { kind: 'undo', of: 'escalate' } })
    expect([await count('open'), await count('closed'), await count('escalated')]).toEqual([2, 1, 0])
    await expect(undoUnit(ana, { unitId: unit.id })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('refuses more than an escalation holds, and a selection of which nothing is open, and stores nothing', async () => {
    raise(501, 'a.example')
    const id = await selectOpen()
    expect((await matchSelection(ana, { selectionId: id })).escalatable).toBe(501)
    await expect(decide(id, ESCALATE)).rejects.toMatchObject({ code: 'invalid' })
    expect(await count('open')).toBe(501)
    const gone = (await createSelection(ana, { alarms: [{ id: 'ALM-a.example-1', version: 1 }] })).selection.id
    await close('ALM-a.example-1')
    await expect(decide(gone, ESCALATE)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('entries for a selection', () => {
  it('are offered one a zone, as narrow as its alarms allow, with what they hide and whether they may be', async () => {
    raise(2, 'cdn.example')
    raise(2, 'one-host.example', { source: '10.9.9.9' })
    raise(1, 'co.uk')
    await close('ALM-cdn.example-1', 'true-positive')
    const { entries, zonesTotal, withoutZone } = await offerEntries(ana, { selectionId: await selectOpen() })
    expect([zonesTotal, withoutZone]).toEqual([3, 0])
    expect(entries).toMatchObject([
      {
        zone: 'one-host.example',
        alarms: 2,
        source: '10.9.9.9',
        detector: 'dns_lookup_tunneling',
        openAlarms: 2,
        truePositives: 0,
        refusal: null,
      },
      { zone: 'cdn.example', alarms: 1, source: '10.0.0.1', openAlarms: 1, truePositives: 0 },
      { zone: 'co.uk', alarms: 1, refusal: expect.stringMatching(/./) },
    ])
  })

  it('close what is selected, hide its like, and go with one undo', async () => {
    raise(2, 'cdn.example')
    raise(1, 'other.example')
    const id = await selectOpen()
    raise(3, 'cdn.example', { from: 100 })
    const unit = await decide(id, allow('cdn.example', 'other.example'))
    expect(unit).toMatchObject({ total: 3, changed: 3, left: 0 })
    const { entries } = await listEntries(ana, { includeRemoved: false })
    expect(entries.map(({ domain, source, createdByName }) => [domain, source, createdByName]).toSorted()).toEqual([
      ['cdn.example', null, 'Ana'],
      ['other.example', '10.0.0.1', 'Ana'],
    ])
    expect([await count('closed'), await count('suppressed'), await count('open')]).toEqual([3, 3, 0])
    await undo(unit.id)
    expect([await count('closed'), await count('suppressed'), await count('open')]).toEqual([0, 0, 6])
    expect((await listEntries(ana, { includeRemoved: false })).entries).toEqual([])
  })

  it('are added with the last part, so that none of the selection is hidden before it is closed', async () => {
    raise(600, 'cdn.example')
    const id = await selectOpen()
    const { unit } = await decideSelection(ana, { selectionId: id, decision: allow('cdn.example') })
    expect(unit).toMatchObject({ changed: 500, finishedAt: null })
    expect((await listEntries(ana, { includeRemoved: false })).entries).toEqual([])
    expect(await runUnit(ana, unit.id)).toMatchObject({ changed: 600, left: 0 })
    expect((await listEntries(ana, { includeRemoved: false })).entries).toHaveLength(1)
  })

  it.each([
    ['a zone that is not selected', allow('elsewhere.example'), 'invalid'],
    ['a public suffix', allow('co.uk'), 'invalid'],
    ['a reason that says it was a tunnel', { ...allow('cdn.example'), reason: 'true-positive' as const }, 'invalid'],
    ['a longer life than an analyst may give', { ...allow('cdn.example'), allowlist: { zones: ['cdn.example'], days: 31 } }, 'invalid'],
  ])('are refused for %s, and nothing is stored', async (_, decision, code) => {
    raise(2, 'cdn.example')
    raise(1, 'co.uk')
    const id = await selectOpen()
    await addNote(ana, { alarmId: 'ALM-cdn.example-0', text: 'seen' })
    await expect(decide(id, decision)).rejects.toMatchObject({ code })
    expect([await count('open'), (await listEntries(ana, { includeRemoved: false })).entries.length]).toEqual([3, 0])
  })
})
