import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { detectors } from '@/lib/detectors/index'
import type { EventStore, IntakeLog } from '@/lib/store/ports'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { createSqliteIntakeLog, openIntakeDatabase } from '@/lib/store/sqlite/intake-log'
import { createEngine, type Engine, type EngineOptions } from './engine'
import type { ImportMeta } from './intake-accounting'
import { createMemoryAlarmSink, type MemoryAlarmSink } from './memory-alarm-sink'
import { pause } from './surroundings'

const demo = new URL('../../demo/', import.meta.url)
const capture = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, demo)))
const TUNNEL = 'iodine.pcap.gz'
const NOW = Date.UTC(2026, 11, 1)
const meta = (name: string): ImportMeta => ({ via: 'cli', name, bytesTotal: null, demo: false })

async function* pieces(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.slice(from, from + size)
}

interface Bench {
  readonly events: EventStore
  readonly intakes: IntakeLog & { close(): void }
  readonly sink: MemoryAlarmSink
  readonly engine: Engine
  close(): void
}

let dir: string
let benches: Bench[]
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dowser-engine-'))
  benches = []
})
afterEach(() => {
  for (const bench of benches) bench.close()
  rmSync(dir, { recursive: true, force: true })
})

function openEngine(folder = dir, sink = createMemoryAlarmSink(), options: Partial<EngineOptions> = {}): Bench {
  let id = 0
  mkdirSync(folder, { recursive: true })
  const events = createSqliteEventStore({ dir: folder })
  const intakes = createSqliteIntakeLog(openIntakeDatabase(folder))
  const engine = createEngine({
    ...{
      events,
      intakes,
      sink,
      detectors,
      pause,
      now: () => NOW,
      newId: () => `intake-${folder.length}-${++id}`,
      pid: 1_000,
      isAlive: () => false,
    },
    ...options,
  })
  const bench: Bench = {
    ...{ events, intakes, sink, engine },
    close: () => {
      events.close()
      intakes.close()
    },
  }
  benches.push(bench)
  return bench
}

const everything = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER }

describe('import', () => {
  test('stores a capture, raises its alarm and accounts for every record', async () => {
    const { engine, events, sink, intakes } = openEngine()
    const seen: string[] = []
    const intake = await engine.import(pieces(capture(TUNNEL)), meta(TUNNEL), (state) => seen.push(state.state))
    // demo/SOURCE.md: the tunnel of this capture runs below this domain.
    expect(sink.alarms().map((alarm) => alarm.zone)).toContain('brindlecove.net')
    expect(intake).toMatchObject({ state: 'done', format: 'pcap', duplicates: 0, error: null, finishedAt: NOW })
    expect([...events.read(everything)]).toHaveLength(intake.dnsEvents)
    expect(intake.alarms).toBe(sink.alarms().length)
    expect(intakes.find(intake.id)).toEqual(intake)
    expect(seen).toEqual(['analysing', 'done'])
  })

  test('the same file again adds nothing and says so', async () => {
    const { engine, events, sink } = openEngine()
    const first = await engine.import(pieces(capture(TUNNEL)), meta(TUNNEL))
    const before = { alarms: structuredClone(sink.alarms()), events: [...events.read(everything)].length }
    const second = await engine.import(pieces(capture(TUNNEL), 1_000), meta('copy'))
    expect(second).toMatchObject({ state: 'done', duplicates: first.dnsEvents, alarms: 0 })
    expect(second.problems).toEqual([`All ${first.dnsEvents} events were stored before; nothing was added.`])
    expect({ alarms: sink.alarms(), events: [...events.read(everything)].length }).toEqual(before)
  })

  test('bytes of no known format fail with what was tried, and store nothing', async () => {
    const { engine, events, intakes } = openEngine()
    const intake = await engine.import(pieces(Buffer.from('hello, is this a log?\n')), meta('hello.txt'))
    expect(intake).toMatchObject({ state: 'failed', format: null, dnsEvents: 0 })
    expect(intake.error).toContain('hello, is this a log?')
    expect(intakes.find(intake.id)?.state).toBe('failed')
    expect(events.extent()).toBeNull()
  })

  test('a cut file keeps what was readable and names the cut', async () => {
    const whole = await openEngine(join(dir, 'whole')).engine.import(pieces(capture(TUNNEL)), meta(TUNNEL))
    const bytes = capture(TUNNEL)
    const { engine, events } = openEngine(join(dir, 'cut'))
    const intake = await engine.import(pieces(bytes.slice(0, Math.floor(bytes.length * 0.7))), meta('cut.pcap.gz'))
    expect(intake.state).toBe('done')
    expect(intake.problems.join(' ')).toMatch(/too early/)
    expect(intake.dnsEvents).toBeGreaterThan(0)
    expect(intake.dnsEvents).toBeLessThan(whole.dnsEvents)
    expect([...events.read(everything)]).toHaveLength(intake.dnsEvents)
  })

  test.each([
    ['before the format is known by its first 64 KiB', 100],
    ['later', 300],
  ])('a sender that stops %s leaves every whole record stored and analysed; sent again, the rest is added', async (_, count) => {
    const whole = openEngine(join(dir, 'whole'))
    await whole.engine.import(pieces(zeek(0, 500)), meta('whole'))
    const { engine, events, sink } = openEngine(join(dir, 'stopped'))
    const halfARecord = 80
    const gone = async function* () {
      yield* pieces(zeek(0, 500).subarray(0, zeek(0, count).length + halfARecord), 10_000)
      throw new Error('the connection was reset')
    }
    const intake = await engine.import(gone(), meta('stopped'))
    expect(intake).toMatchObject({ state: 'failed', error: 'the connection was reset', dnsEvents: count, rejected: 0, alarms: 1 })
    expect([...events.read(everything)]).toEqual([...whole.events.read(everything)].slice(0, count))
    expect(sink.alarms()).toMatchObject([{ zone: 'relay-net.com', queries: count }])
    const again = await engine.import(pieces(zeek(0, 500)), meta('again'))
    expect(again).toMatchObject({ state: 'done', dnsEvents: 500, duplicates: count })
    expect([...events.read(everything)]).toEqual([...whole.events.read(everything)])
  })

  test('a sender that stops before anything arrived stores nothing and says why', async () => {
    const { engine, events } = openEngine()
    // biome-ignore lint/correctness/useYield: a sender that fails at once.
    const gone = async function* (): AsyncGenerator<Uint8Array> {
      throw new Error('the connection was reset')
    }
    expect(await engine.import(gone(), meta('gone'))).toMatchObject({ state: 'failed', error: 'the connection was reset', dnsEvents: 0 })
    expect(events.extent()).toBeNull()
  })
})

describe('after a kill', () => {
  test('between storing and analysing, the next start raises the same alarms', async () => {
    const whole = openEngine(join(dir, 'whole'))
    await whole.engine.import(pieces(capture(TUNNEL)), meta(TUNNEL))

    const killed = openEngine(join(dir, 'killed'))
    const stop = new Error('killed')
    const onProgress = (state: { readonly state: string }): void => {
      if (state.state === 'analysing') throw stop
    }
    await expect(killed.engine.import(pieces(capture(TUNNEL)), meta(TUNNEL), onProgress)).rejects.toBe(stop)
    expect(killed.sink.alarms()).toEqual([])
    killed.close()

    const next = openEngine(join(dir, 'killed'), killed.sink, { pid: 2_000 })
    expect(await next.engine.recover()).toBe(1)
    expect(next.sink.alarms()).toEqual(whole.sink.alarms())
    const again = await next.engine.import(pieces(capture(TUNNEL)), meta(TUNNEL))
    expect(again.problems.join()).toContain('nothing was added')
  })

  test('the work of a process that lives is left to it', async () => {
    const first = openEngine()
    const onProgress = (): void => {
      throw new Error('stopped')
    }
    await expect(first.engine.import(pieces(capture(TUNNEL)), meta(TUNNEL), onProgress)).rejects.toThrow('stopped')
    const other = openEngine(dir, first.sink, { pid: 2_000, isAlive: (pid) => pid === 1_000 })
    expect(await other.engine.recover()).toBe(0)
    expect(other.sink.alarms()).toEqual([])
  })
})

describe('removeDemo', () => {
  test('takes back demonstration events and leaves the others', async () => {
    const { engine, events, intakes } = openEngine()
    await engine.import(pieces(capture(TUNNEL)), { ...meta(TUNNEL), demo: true })
    const real = await engine.import(pieces(capture('slow-b32.pcap.gz')), meta('slow'))
    await engine.removeDemo()
    expect([...events.read(everything)]).toHaveLength(real.dnsEvents - real.duplicates)
    expect(intakes.list(10).map((intake) => intake.name)).toEqual(['slow'])
  })
})

test('alarms of the demo stay marked when logs of the same time come in beside it', async () => {
  const { engine, sink } = openEngine(undefined, createMemoryAlarmSink())
  await engine.import(pieces(capture(TUNNEL)), { ...meta(TUNNEL), demo: true })
  await engine.import(pieces(capture('slow-b32.pcap.gz')), meta('slow'))
  const marks = new Map(sink.alarms().map(({ source, demo }) => [source, demo]))
  expect(marks.get('10.9.0.20')).toBe(true)
  expect(marks.get('10.9.0.71')).toBe(false)
})

describe('what does not matter', () => {
  const files = [TUNNEL, 'dnscat2-enc.pcap.gz', 'slow-b32.pcap.gz']

  async function alarmsOf(order: readonly string[], pieceBytes: number): Promise<string> {
    const folder = mkdtempSync(join(dir, 'order-'))
    const { engine, sink, close } = openEngine(folder, createMemoryAlarmSink(), { throwAway: true, analyseOnImport: false })
    for (const file of order) await engine.import(pieces(capture(file), pieceBytes), meta(file))
    await engine.analyse()
    close()
    return JSON.stringify(sink.alarms())
  }

  test('file order and chunk size: the alarms are the same to the byte', { timeout: 120_000 }, async () => {
    const expected = await alarmsOf(files, 65_536)
    expect(JSON.parse(expected)).not.toHaveLength(0)
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(files, { minLength: files.length }),
        fc.integer({ min: 700, max: 400_000 }),
        async (order, bytes) => {
          expect(await alarmsOf(order, bytes)).toBe(expected)
        },
      ),
      { numRuns: 3 },
    )
  })

  test('parts sent one after another give the alarms of the whole', async () => {
    const whole = openEngine(join(dir, 'whole'))
    await whole.engine.import(pieces(zeek(0, 500)), meta('whole'))
    const parts = openEngine(join(dir, 'parts'))
    for (let from = 0; from < 500; from += 125) await parts.engine.import(pieces(zeek(from, from + 125)), meta(`part ${from}`))
    const shape = (bench: Bench) =>
      bench.sink.alarms().map(({ id, zone, source, queries, distinctNames, firstSeenAt, lastSeenAt }) => ({
        ...{ id, zone, source, queries, distinctNames, firstSeenAt, lastSeenAt },
      }))
    expect(shape(parts)).toEqual(shape(whole))
    expect(shape(whole)[0]).toMatchObject({ zone: 'relay-net.com', queries: 500, distinctNames: 500 })
  })
})

/** Minutes of a made-up tunnel as Zeek JSON, one lookup a second. */
function zeek(from: number, to: number): Uint8Array {
  const lines: string[] = []
  for (let n = from; n < to; n++) {
    const payload = createHash('sha256').update(String(n)).digest('hex').slice(0, 40)
    const ts = Date.UTC(2026, 10, 20, 9) / 1000 + n
    lines.push(
      JSON.stringify({
        ...{ ts, uid: `C${n}`, 'id.orig_h': '10.0.0.9', 'id.orig_p': 40_000 + n, 'id.resp_h': '10.0.0.53', 'id.resp_p': 53, proto: 'udp' },
        ...{ trans_id: n, query: `${payload}.relay-net.com`, qtype: 16, qtype_name: 'TXT', rcode: 0, rcode_name: 'NOERROR' },
      }),
    )
  }
  return Buffer.from(`${lines.join('\n')}\n`)
}

test('the captures these tests read are there', () => {
  expect(existsSync(new URL(TUNNEL, demo))).toBe(true)
})
