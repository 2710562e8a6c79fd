import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Detector } from '@/lib/detectors/detector'
import { detectors } from '@/lib/detectors/index'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { PreviewState } from '@/lib/domain/detector-preview'
import { DEFAULT_CONFIG, type DetectorConfig } from '@/lib/domain/detector-settings'
import type { EventStore } from '@/lib/store/ports'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { createSqliteIntakeLog, openIntakeDatabase } from '@/lib/store/sqlite/intake-log'
import { createEngine } from './engine'
import { createMemoryAlarmSink, type MemoryAlarmSink } from './memory-alarm-sink'
import { PreviewJobs } from './preview-jobs'
import { compareAlarms, type HistoryRun, runOverHistory } from './preview-settings'
import { pause } from './surroundings'

const NSLOOKUP = 'dns_tunneling_nslookup'
const LOOKUP = 'dns_lookup_tunneling'
const MINUTE = 60_000

let dir: string
let events: EventStore
let sink: MemoryAlarmSink
let closeStores = () => {}

/** The demo's store: an iodine tunnel, and 24 nslookup calls of one host (demo/manifest.json), analysed as an import is. */
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'dowser-preview-'))
  events = createSqliteEventStore({ dir, segmentBy: 'none', throwAway: true })
  const intakes = createSqliteIntakeLog(openIntakeDatabase(dir, { throwAway: true }))
  sink = createMemoryAlarmSink()
  closeStores = () => {
    events.close()
    intakes.close()
  }
  let ids = 0
  const clock = { pause, now: Date.now, newId: () => `i-${++ids}`, pid: 1, isAlive: () => false, throwAway: true }
  const engine = createEngine({ ...clock, events, intakes, sink, detectors, analyseOnImport: false })
  for (const name of ['iodine.pcap.gz', 'nslookup-sysmon.ndjson']) {
    const bytes = new Uint8Array(readFileSync(new URL(`../../demo/${name}`, import.meta.url)))
    const one = async function* () {
      yield bytes
    }
    await engine.import(one(), { via: 'test', name, bytesTotal: null, demo: false })
  }
  await engine.analyse()
}, 60_000)
afterAll(() => {
  closeStores()
  rmSync(dir, { recursive: true, force: true })
})

const detector = (id: string): Detector => {
  const found = detectors.find(({ rule }) => rule.id === id)
  if (found === undefined) throw new Error(id)
  return found
}
const chosen = (values: Record<string, number>, enabled = true): DetectorConfig => ({ ...DEFAULT_CONFIG, enabled, values })
const everything = () => events.extent() ?? { fromMs: 0, toMs: 1 }
const run = (id: string, variants: readonly DetectorConfig[], options: Partial<HistoryRun> = {}) =>
  runOverHistory({ events, detector: detector(id), variants, range: everything(), limitMs: null, now: Date.now, pause, ...options })
const keys = (alarms: readonly AlarmDraft[] | undefined) =>
  (alarms ?? []).map(({ id, detector: by, zone, source }) => [id, by, zone, source])

describe('a run over stored events', () => {
  it('with the settings in force finds the alarms that the engine raised', async () => {
    for (const id of [NSLOOKUP, LOOKUP]) {
      const found = await run(id, [DEFAULT_CONFIG])
      const raised = sink.alarms().filter((alarm) => alarm.detector === id)
      expect(raised.length).toBeGreaterThan(0)
      expect(found?.alarms[0]?.map(({ zone, source }) => [zone, source])).toEqual(raised.map(({ zone, source }) => [zone, source]))
      expect(found).toMatchObject({ complete: true, reachedMs: everything().toMs })
    }
  })

  it('drops the host of 24 calls when 25 are asked for, and keeps it at 24', async () => {
    const found = await run(NSLOOKUP, [
      DEFAULT_CONFIG,
      chosen({ threshold: 25, windowMinutes: 60 }),
      chosen({ threshold: 24, windowMinutes: 60 }),
    ])
    const [current = [], at25 = [], at24 = []] = found?.alarms ?? []
    expect(current).toHaveLength(1)
    expect(compareAlarms(current, at25)).toMatchObject({ dropped: current, added: [], severityChanged: 0 })
    expect(compareAlarms(current, at24)).toMatchObject({ dropped: [], added: [] })
    expect(compareAlarms(at25, current)).toMatchObject({ dropped: [], added: current })
  })

  it('raises nothing for a detector that is off, and shares nothing between variants', async () => {
    const alone = await run(LOOKUP, [DEFAULT_CONFIG])
    const beside = await run(LOOKUP, [chosen({}, false), chosen({ volumeNames: 30 }), DEFAULT_CONFIG])
    expect(beside?.alarms[0]).toEqual([])
    expect(beside?.alarms[2]?.map(({ zone, queries, score }) => [zone, queries, score])).toEqual(
      alone?.alarms[0]?.map(({ zone, queries, score }) => [zone, queries, score]),
    )
  })

  it('excepts what an exception names', async () => {
    const exceptions = [{ kql: 'process.parent.name: powershell.exe', reason: 'a test', expiresAt: null }]
    const found = await run(NSLOOKUP, [DEFAULT_CONFIG, { ...DEFAULT_CONFIG, exceptions }])
    expect(found?.alarms.map((alarms) => alarms.length)).toEqual([1, 0])
  })

  it('leaves out what ended before the span', async () => {
    const { toMs } = everything()
    const found = await run(NSLOOKUP, [DEFAULT_CONFIG], { range: { fromMs: toMs - MINUTE, toMs } })
    const late = sink.alarms().filter((alarm) => alarm.detector === NSLOOKUP && alarm.lastSeenAt >= toMs - MINUTE)
    expect(keys(found?.alarms[0]).map(([, , zone, source]) => [zone, source])).toEqual(late.map(({ zone, source }) => [zone, source]))
  })

  it('says how far it came when the time is up, and stops when it is cancelled', async () => {
    let clock = 0
    const ticking = { now: () => (clock += 1_000), pause: async () => {} }
    const short = await run(LOOKUP, [DEFAULT_CONFIG], { ...ticking, limitMs: 1_000 })
    expect(short?.complete).toBe(false)
    expect(short?.reachedMs).toBeLessThan(everything().toMs)
    expect(await run(LOOKUP, [DEFAULT_CONFIG], { isCancelled: () => true })).toBeNull()
  })

  it('lets other work run between pages', async () => {
    let turns = 0
    let isOver = false
    const others = (async () => {
      while (!isOver) {
        turns += 1
        await pause(0)
      }
    })()
    await run(LOOKUP, [DEFAULT_CONFIG])
    isOver = true
    await others
    expect(turns).toBeGreaterThan(5)
  })
})

describe('previews in the worker', () => {
  const jobs = (configOf: (id: string) => DetectorConfig = () => DEFAULT_CONFIG) => {
    let ids = 0
    return new PreviewJobs({ events, sink, detectors, configOf, now: Date.now, newId: () => `p${++ids}`, pause })
  }
  const request = { detectorId: NSLOOKUP, changed: chosen({ threshold: 25 }), days: null, limitMs: 60_000 }
  const over = async (all: PreviewJobs, id: string): Promise<PreviewState> => {
    while (all.stateOf(id).state === 'running') await pause(5)
    return all.stateOf(id)
  }

  it('compare with what is in force, and name the stored alarm', async () => {
    const all = jobs()
    const { state, progress, result } = await over(all, all.start(request))
    const [stored] = sink.alarms().filter((alarm) => alarm.detector === NSLOOKUP)
    expect({ state, progress }).toEqual({ state: 'done', progress: 1 })
    expect(result).toMatchObject({ complete: true, currentAlarms: 1, changedAlarms: 0, added: { count: 0 }, dropped: { count: 1 } })
    expect(result?.dropped.rows).toMatchObject([{ alarmId: stored?.id, source: stored?.source }])
  })

  it('say that a detector that is off would raise what it finds when it is switched on', async () => {
    const all = jobs(() => chosen({}, false))
    const { result } = await over(all, all.start({ ...request, changed: DEFAULT_CONFIG }))
    expect(result).toMatchObject({ currentAlarms: 0, changedAlarms: 1, added: { count: 1 }, dropped: { count: 0 } })
  })

  it('can be cancelled; two run at once at most', async () => {
    const all = jobs()
    const [one, two] = [all.start({ ...request, detectorId: LOOKUP }), all.start({ ...request, detectorId: LOOKUP })]
    expect(() => all.start(request)).toThrow(expect.objectContaining({ code: 'overloaded' }))
    all.cancel(one)
    expect((await over(all, one)).state).toBe('cancelled')
    all.close()
    expect((await over(all, two)).state).toBe('cancelled')
    expect(() => all.stateOf('gone')).toThrow(expect.objectContaining({ code: 'not-found' }))
    expect(() => all.start({ ...request, detectorId: 'none' })).toThrow(expect.objectContaining({ code: 'not-found' }))
  })
})
