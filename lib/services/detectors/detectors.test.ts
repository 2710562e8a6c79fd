import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ChangedDetectorResponse, DetectorResponse, ListDetectorsResponse } from '@/lib/api/contracts/detectors'
import { detectors } from '@/lib/detectors'
import { DAY, draft, HOUR, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { closeAlarm } from '@/lib/services/alarms/close-alarm'
import { createSqliteDetectorSettingsReader } from '@/lib/store/sqlite/detector-settings-reader'
import { changeDetector } from './change-detector'
import { checkException } from './check-exception'
import { getDetector } from './get-detector'
import { getPreview } from './get-preview'
import { listDetectors } from './list-detectors'
import { revertChange } from './revert-change'
import { startPreview } from './start-preview'

const NSLOOKUP = 'dns_tunneling_nslookup'
const LOOKUP = 'dns_lookup_tunneling'

let temporary: TemporaryContext
let commands: { name: string; params: unknown }[]
beforeEach(() => {
  temporary = temporaryContext()
  commands = []
  temporary.engine.commanded = async (name, params) => {
    commands.push({ name, params })
    return name === 'detectors.activity' ? {} : { changed: [] }
  }
})
afterEach(() => temporary.dispose())

const choice = { enabled: true, values: {}, exceptions: [], acceptedLosses: 0 }
const change = (fields: Partial<Parameters<typeof changeDetector>[1]> = {}, who = 'Ada') =>
  changeDetector(temporary.as('admin', who), {
    ...choice,
    ...{ detectorId: NSLOOKUP, expectedVersion: 0, reason: 'fewer than ten is noise here', values: { threshold: 10 } },
    ...fields,
  })
const parameterOf = async (parameter: string, detectorId = NSLOOKUP) =>
  (await getDetector(temporary.as('analyst'), { detectorId })).detector.parameters.find(({ id }) => id === parameter)
const audit = async () =>
  (await temporary.stores.audit.list(20, null)).rows.map(({ action, detail, byName }) => ({ action, detail, byName }))

describe('a detector nobody touched', () => {
  it('shows every parameter with its default, bounds and reason', async () => {
    for (const { rule } of detectors) {
      const answer = await getDetector(temporary.as('manager'), { detectorId: rule.id })
      expect(DetectorResponse.parse(answer)).toEqual(answer)
      expect(answer.detector).toMatchObject({ version: 0, enabled: true, changes: [] })
      expect(answer.detector.parameters.map(({ id, value, touched }) => [id, value, touched])).toEqual(
        rule.parameters.map((parameter) => [parameter.id, parameter.default, null]),
      )
    }
  })

  it('is unknown under another name', async () => {
    await expect(getDetector(temporary.as('analyst'), { detectorId: '__proto__' })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a change', () => {
  it('is in force, told to the engine, and says who made it and why', async () => {
    const answer = await change()
    expect(ChangedDetectorResponse.parse(answer)).toEqual(answer)
    expect(answer).toMatchObject({ running: true, detector: { version: 1 } })
    expect(await parameterOf('threshold')).toMatchObject({
      value: 10,
      default: 15,
      touched: { at: NOON, byName: 'Ada', reason: 'fewer than ten is noise here' },
    })
    expect(commands.map(({ name }) => name)).toEqual(['detectors.reload'])
    const reader = createSqliteDetectorSettingsReader(`${temporary.dataDir}/app.db`)
    expect(reader.all()[NSLOOKUP]?.config.values).toEqual({ threshold: 10 })
    reader.close()
  })

  it('stands in the audit log with the old and the new value', async () => {
    await change()
    await change({ expectedVersion: 1, values: { threshold: 10 }, enabled: false, reason: 'maintenance' })
    expect(await audit()).toEqual([
      { action: 'detector.switched-off', byName: 'Ada', detail: 'switched off — maintenance' },
      { action: 'detector.changed', byName: 'Ada', detail: 'threshold: 15 (default) → 10 — fewer than ten is noise here' },
    ])
  })

  it('is stored also when the engine is down, and says so', async () => {
    temporary.engine.commanded = () => Promise.reject(new Error('down'))
    expect(await change()).toMatchObject({ running: false, detector: { version: 1 } })
  })

  it('made on settings that someone changed meanwhile is refused with those in force', async () => {
    await change()
    await expect(change({ values: { threshold: 20 } }, 'Bob')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Ada'),
      extra: { detector: { version: 1 } },
    })
    expect(await parameterOf('threshold')).toMatchObject({ value: 10 })
    expect(await audit()).toHaveLength(1)
  })

  it('of two made at once, one wins', async () => {
    const both = await Promise.allSettled([change({ values: { threshold: 20 } }), change({ values: { threshold: 30 } }, 'Bob')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await audit()).toHaveLength(1)
  })

  it('names every bad field and its bounds', async () => {
    const values = { threshold: 0, windowMinutes: 1.5, caseSensitive: Number.NaN, unknown: 3, __proto__: 1 }
    await expect(change({ values, exceptions: [{ kql: 'a:(', reason: '', expiresAt: null }] })).rejects.toMatchObject({
      code: 'invalid',
      fields: [
        { path: 'values.threshold', message: 'must be between 1 and 1000 starts; the default is 15' },
        { path: 'values.windowMinutes', message: 'must be a whole number between 1 and 60' },
        { path: 'values.caseSensitive', message: expect.stringContaining('between 0 and 1') },
        { path: 'values.unknown', message: `is no setting of ${NSLOOKUP}` },
        { path: 'exceptions.0.reason', message: expect.stringContaining('say why') },
        { path: 'exceptions.0.kql', message: expect.any(String) },
      ],
    })
    const except = [{ kql: 'host.name: x', reason: 'a test', expiresAt: null }]
    await expect(change({ detectorId: LOOKUP, values: {}, exceptions: except })).rejects.toMatchObject({
      fields: [{ path: 'exceptions.0', message: `${LOOKUP} takes no exceptions` }],
    })
  })

  it('that changes nothing is refused; the default is no change', async () => {
    await expect(change({ values: { threshold: 15, windowMinutes: null } })).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('taking a change back', () => {
  it('restores what it touched and leaves later changes alone', async () => {
    await change()
    await change({ expectedVersion: 1, values: { threshold: 10, windowMinutes: 20 }, reason: 'slower scripts' })
    const { changes } = (await getDetector(temporary.as('admin'), { detectorId: NSLOOKUP })).detector
    const first = changes.at(-1)?.id ?? ''
    await revertChange(temporary.as('admin', 'Bob'), { detectorId: NSLOOKUP, changeId: first, expectedVersion: 2 })
    expect(await parameterOf('threshold')).toMatchObject({ value: 15, touched: { byName: 'Bob' } })
    expect(await parameterOf('windowMinutes')).toMatchObject({ value: 20, touched: { byName: 'Ada' } })
    expect((await audit())[0]).toEqual({
      action: 'detector.reverted',
      byName: 'Bob',
      detail: 'threshold: 10 → 15 (default) — Takes back: fewer than ten is noise here',
    })
  })

  it('is refused when it is back already, or on other settings', async () => {
    const changeId = (await change()).detector.changes[0]?.id ?? ''
    const revert = (expectedVersion: number) => revertChange(temporary.as('admin'), { detectorId: NSLOOKUP, changeId, expectedVersion })
    await expect(revert(0)).rejects.toMatchObject({ code: 'conflict' })
    await revert(1)
    await expect(revert(2)).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('the list', () => {
  it('counts alarms of seven days by where they stand', async () => {
    const ids = ['ALM-1', 'ALM-2', 'ALM-3', 'ALM-4']
    const old = draft({ id: 'ALM-OLD', zone: 'old.example', lastSeenAt: NOON - 8 * DAY, firstSeenAt: NOON - 8 * DAY })
    temporary.stores.alarmSink.upsert([...ids.map((id) => draft({ id, zone: `${id.toLowerCase()}.example` })), old], NOON)
    const close = { expectedVersion: 1, family: null, note: null, allowlist: null }
    await closeAlarm(temporary.as('analyst'), { ...close, alarmId: 'ALM-1', reason: 'true-positive' })
    await closeAlarm(temporary.as('analyst'), { ...close, alarmId: 'ALM-2', reason: 'duplicate' })
    await change({ enabled: false, values: {} })
    const answer = await listDetectors(temporary.as('analyst'))
    expect(ListDetectorsResponse.parse(answer)).toEqual(answer)
    expect(answer.detectors.map(({ id }) => id)).toEqual(detectors.map(({ rule }) => rule.id))
    expect(answer.detectors.find(({ id }) => id === LOOKUP)).toMatchObject({
      enabled: true,
      week: { open: 2, escalated: 0, truePositive: 1, closedOtherwise: 1, suppressed: 0 },
    })
    expect(answer.detectors.find(({ id }) => id === NSLOOKUP)).toMatchObject({ enabled: false, changed: 0, changedByName: 'Ada' })
  })
})

describe('a preview', () => {
  it('is started with what would be in force, and refused for bad values before the engine is asked', async () => {
    temporary.engine.commanded = async (name, params) => {
      commands.push({ name, params })
      return { previewId: 'p1' }
    }
    const ctx = temporary.as('admin')
    await startPreview(ctx, { ...choice, detectorId: NSLOOKUP, values: { threshold: 15, windowMinutes: 5 }, days: 7 })
    expect(commands).toEqual([
      {
        name: 'detectors.preview',
        params: {
          detectorId: NSLOOKUP,
          days: 7,
          limitMs: 60_000,
          changed: { enabled: true, values: { windowMinutes: 5 }, exceptions: [] },
        },
      },
    ])
    await expect(startPreview(ctx, { ...choice, detectorId: NSLOOKUP, values: { threshold: -1 }, days: 7 })).rejects.toMatchObject({
      code: 'invalid',
    })
    expect(commands).toHaveLength(1)
  })

  it('puts confirmed alarms that would be lost first, and counts them', async () => {
    temporary.stores.alarmSink.upsert([draft({ id: 'ALM-1' }), draft({ id: 'ALM-2', zone: 'u.example' })], NOON)
    const close = { expectedVersion: 1, family: null, note: null, allowlist: null, reason: 'true-positive' } as const
    await closeAlarm(temporary.as('analyst'), { ...close, alarmId: 'ALM-2' })
    const row = { zone: 't.example', source: '10.0.0.5', severity: 'high', firstSeenAt: NOON - HOUR, lastSeenAt: NOON, summary: 's' }
    const side = (ids: readonly (string | null)[]) => ({ count: ids.length, rows: ids.map((alarmId) => ({ ...row, alarmId })) })
    const sides = { added: side([null]), dropped: side(['ALM-1', 'ALM-2']) }
    const counts = { events: 9, currentAlarms: 2, changedAlarms: 1, severityChanged: 0 }
    const result = { fromMs: 0, toMs: NOON, reachedMs: NOON, complete: true, ...counts, ...sides }
    temporary.engine.commanded = async () => ({ state: 'done', progress: 1, result, error: null })
    const { preview } = await getPreview(temporary.as('admin'), { previewId: 'p1' })
    expect(preview.result).toMatchObject({ lostTruePositives: 1 })
    expect(preview.result?.dropped.rows.map(({ alarmId, status, reason }) => [alarmId, status, reason])).toEqual([
      ['ALM-2', 'closed', 'true-positive'],
      ['ALM-1', 'open', null],
    ])
    expect(preview.result?.added.rows).toMatchObject([{ alarmId: null, status: null, reason: null }])
  })
})

describe('a query of an exception', () => {
  it.each<[string, string, boolean]>([
    ['whole', 'process.parent.name: "inventory-agent.exe" and process.args: *.corp.example', true],
    ['with an open bracket', 'host.name: (x', false],
    ['empty', '  ', false],
    ['too long', `host.name: ${'x'.repeat(2_000)}`, false],
  ])('%s', async (_, kql, isTaken) => {
    const { refusal } = await checkException(temporary.as('analyst'), { kql })
    expect(refusal === null).toBe(isTaken)
  })
})
