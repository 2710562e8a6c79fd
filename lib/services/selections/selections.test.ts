import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { draft, HOUR, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { closeAlarm } from '@/lib/services/alarms/close-alarm'
import { getAlarm } from '@/lib/services/alarms/get-alarm'
import { listAlarms } from '@/lib/services/alarms/list-alarms'
import { undoDecision } from '@/lib/services/alarms/undo-decision'
import type { ServiceContext } from '@/lib/services/context'
import { adjustSelection } from './adjust-selection'
import { createSelection } from './create-selection'
import { decideSelection, type SelectionDecision } from './decide-selection'
import { getUnit } from './get-unit'
import { runUnit } from './run-unit'
import { undoUnit } from './undo-unit'

let temporary: TemporaryContext
let ana: ServiceContext
let ben: ServiceContext

beforeEach(() => {
  temporary = temporaryContext()
  ana = temporary.as('analyst', 'Ana')
  ben = temporary.as('analyst', 'Ben')
})
afterEach(() => temporary.dispose())

const raise = (count: number, zone = 'cdn.example', from = 0) =>
  temporary.stores.alarmSink.upsert(
    Array.from({ length: count }, (_, i) =>
      draft({ id: `ALM-${zone}-${String(from + i).padStart(5, '0')}`, zone, source: `10.0.${i % 200}.1` }),
    ),
    NOON,
  )

const AS_CDN: SelectionDecision = { kind: 'close', reason: 'benign-positive', family: 'cdn', note: null }
const count = (status: 'open' | 'closed') => temporary.stores.alarms.count({ status: [status] })

async function decide(ctx: ServiceContext, selectionId: string, decision: SelectionDecision = AS_CDN) {
  const { unit } = await decideSelection(ctx, { selectionId, decision })
  return unit.finishedAt === null ? runUnit(ctx, unit.id) : unit
}

const openOf = async (zone: string) => (await createSelection(ana, { filter: { status: ['open'], zone } })).selection

describe('a selection', () => {
  it('holds exactly what met the filter when it was made, whatever comes in later', async () => {
    raise(3)
    raise(2, 'other.example')
    const selection = await openOf('cdn.example')
    expect(selection.count).toBe(3)
    raise(4, 'cdn.example', 100)
    expect(await decide(ana, selection.id)).toMatchObject({ total: 3, changed: 3, left: 0 })
    expect([await count('closed'), await count('open')]).toEqual([3, 6])
  })

  it('leaves out what was taken out again and holds what was added', async () => {
    raise(3)
    raise(1, 'other.example')
    const { id } = await openOf('cdn.example')
    const adjusted = await adjustSelection(ana, {
      selectionId: id,
      add: [
        { id: 'ALM-other.example-00000', version: 1 },
        { id: 'ALM-unknown', version: 1 },
      ],
      remove: ['ALM-cdn.example-00001'],
    })
    expect(adjusted.selection.count).toBe(3)
    expect(adjusted.alarmIds).toEqual(['ALM-cdn.example-00000', 'ALM-cdn.example-00002', 'ALM-other.example-00000'])
    await decide(ana, id)
    const { rows } = await listAlarms(ana, { status: ['open'], sort: 'worst', limit: 10, cursor: null })
    expect(rows.map((row) => row.id)).toEqual(['ALM-cdn.example-00001'])
  })

  it('belongs to one person and lasts an hour', async () => {
    raise(1)
    const { id } = await openOf('cdn.example')
    await expect(decide(ben, id)).rejects.toMatchObject({ code: 'not-found' })
    temporary.pass(HOUR)
    await expect(decide(ana, id)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a decision on many', () => {
  it('leaves alone, counts and lists what someone changed meanwhile', async () => {
    raise(4)
    const { id } = await openOf('cdn.example')
    await closeAlarm(ben, {
      alarmId: 'ALM-cdn.example-00002',
      expectedVersion: 1,
      reason: 'true-positive',
      family: null,
      note: null,
      allowlist: null,
    })
    const unit = await decide(ana, id)
    expect(unit).toMatchObject({ total: 4, changed: 3, left: 1 })
    const { leftAlone } = await getUnit(ana, { unitId: unit.id })
    expect(leftAlone).toMatchObject([{ id: 'ALM-cdn.example-00002', status: 'closed' }])
    expect((await getAlarm(ana, { alarmId: 'ALM-cdn.example-00002' })).alarm.decision).toMatchObject({ byName: 'Ben' })
  })

  it('writes each alarm its own line of history, and one line of audit', async () => {
    raise(2)
    const { id } = await openOf('cdn.example')
    await decide(ana, id)
    const { alarm, history } = await getAlarm(ana, { alarmId: 'ALM-cdn.example-00001' })
    expect(alarm).toMatchObject({
      status: 'closed',
      version: 2,
      decision: { reason: 'benign-positive', family: 'cdn', byName: 'Ana', at: NOON },
    })
    expect(history.at(-1)).toMatchObject({ action: 'closed', byName: 'Ana', detail: 'benign positive (cdn)' })
    expect((await temporary.stores.audit.list(10, null)).rows).toMatchObject([
      { action: 'alarms.closed', detail: '2 alarms selected: benign positive (cdn)' },
    ])
  })

  it('is stored in parts and can be taken up where it stopped', async () => {
    raise(1_201)
    const { id } = await openOf('cdn.example')
    const { unit } = await decideSelection(ana, { selectionId: id, decision: AS_CDN })
    expect(unit).toMatchObject({ changed: 500, finishedAt: null })
    expect(await count('closed')).toBe(500)
    const [left] = await temporary.stores.selections.unfinishedUnits()
    expect(left?.id).toBe(unit.id)
    await runUnit(ana, unit.id)
    expect(await count('closed')).toBe(1_201)
    expect(await runUnit(ana, unit.id)).toMatchObject({ changed: 1_201, left: 0 })
  })

  it('refuses what one alarm would refuse', async () => {
    raise(1)
    const { id } = await openOf('cdn.example')
    await expect(decide(ana, id, { kind: 'close', reason: 'undetermined', family: null, note: null })).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(decide(ana, id, { kind: 'assign', ownerId: 'nobody' })).rejects.toMatchObject({ code: 'invalid' })
    expect(await count('open')).toBe(1)
  })

  it('writes a note on each', async () => {
    raise(2)
    const { id } = await openOf('cdn.example')
    await decide(ana, id, { kind: 'note', note: 'asked the owner' })
    const { rows } = await listAlarms(ana, { sort: 'worst', limit: 10, cursor: null })
    expect(rows.map((row) => [row.noteCount, row.status, row.version])).toEqual([
      [1, 'open', 1],
      [1, 'open', 1],
    ])
  })
})

describe('an owner', () => {
  it('is stored with a line of history, is found by filter, and is not overwritten unseen', async () => {
    raise(2)
    const mine = await openOf('cdn.example')
    const { selection: his } = await createSelection(ben, { alarms: [{ id: 'ALM-cdn.example-00000', version: 1 }] })
    await decide(ana, mine.id, { kind: 'assign', ownerId: 'user-Ana' })
    const { alarm, history } = await getAlarm(ben, { alarmId: 'ALM-cdn.example-00000' })
    expect(alarm.owner).toEqual({ userId: 'user-Ana', name: 'Ana' })
    expect(history.at(-1)).toMatchObject({ action: 'assigned', detail: 'to Ana', byName: 'Ana' })
    const page = { sort: 'worst', limit: 10, cursor: null } as const
    expect((await listAlarms(ana, { ...page, owner: 'me' })).total).toBe(2)
    expect((await listAlarms(ben, { ...page, owner: 'me' })).total).toBe(0)
    expect((await listAlarms(ben, { ...page, owner: 'none' })).total).toBe(0)
    expect(await decide(ben, his.id, { kind: 'assign', ownerId: 'user-Ben' })).toMatchObject({ changed: 0, left: 1 })
  })

  it('is taken back with the unit', async () => {
    raise(1)
    const { id } = await openOf('cdn.example')
    const unit = await decide(ana, id, { kind: 'assign', ownerId: 'user-Ana' })
    await undoUnit(ana, { unitId: unit.id })
    expect((await getAlarm(ana, { alarmId: 'ALM-cdn.example-00000' })).alarm).toMatchObject({ owner: null, version: 3 })
  })
})

describe('undoing a unit', () => {
  it('puts every alarm back and leaves what was decided after it', async () => {
    raise(700)
    const { id } = await openOf('cdn.example')
    const unit = await decide(ana, id)
    const touched = 'ALM-cdn.example-00003'
    const { alarm, history } = await getAlarm(ben, { alarmId: touched })
    const eventId = history.at(-1)?.id ?? ''
    await undoDecision(ben, { alarmId: touched, expectedVersion: alarm.version, eventId })
    await closeAlarm(ben, { alarmId: touched, expectedVersion: 3, reason: 'true-positive', family: null, note: null, allowlist: null })
    const { unit: undo } = await undoUnit(ana, { unitId: unit.id })
    const done = await runUnit(ana, undo.id)
    expect(done).toMatchObject({ total: 700, changed: 699, left: 1 })
    expect([await count('open'), await count('closed')]).toEqual([699, 1])
    expect((await getUnit(ana, { unitId: done.id })).leftAlone.map((left) => left.id)).toEqual([touched])
    await expect(undoUnit(ana, { unitId: unit.id })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('refuses a note, an undo and an unknown unit', async () => {
    raise(1)
    const { id } = await openOf('cdn.example')
    const note = await decide(ana, id, { kind: 'note', note: 'x' })
    await expect(undoUnit(ana, { unitId: note.id })).rejects.toMatchObject({ code: 'invalid' })
    await expect(undoUnit(ana, { unitId: 'none' })).rejects.toMatchObject({ code: 'not-found' })
  })
})
