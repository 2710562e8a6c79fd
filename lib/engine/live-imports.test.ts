import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type LiveBench, openLive } from './fixtures/live-bench'
import { T0 } from './fixtures/made-events'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

let dir: string
let open: LiveBench[]
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dowser-imports-'))
  open = []
})
afterEach(() => {
  for (const bench of open) bench.kill()
  rmSync(dir, { recursive: true, force: true })
})

function bench(setup: Parameters<typeof openLive>[1] = {}): LiveBench {
  const opened = openLive(dir, setup)
  open.push(opened)
  return opened
}

/** Zeek JSON of look-ups a second apart. */
function zeek(fromMs: number, count: number, zone = 'tunnel.org', mark = zone): Buffer {
  const lines = Array.from({ length: count }, (_, n) =>
    JSON.stringify({
      ...{ ts: fromMs / 1000 + n, uid: `${mark}-${n}`, 'id.orig_h': '10.0.0.1', 'id.orig_p': 40_000 + n, 'id.resp_h': '10.0.0.53' },
      ...{ 'id.resp_p': 53, proto: 'udp', trans_id: n, query: `${mark}${n}.${zone}`, qtype: 16, qtype_name: 'TXT', rcode: 0 },
    }),
  )
  return Buffer.from(`${lines.join('\n')}\n`)
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

const importInto = (live: LiveBench, bytes: Uint8Array, via = 'api') =>
  live.engine.import(once(bytes), { via, name: 'log', bytesTotal: null, demo: false })

describe('an import counts as its alarms', () => {
  test('those it opened or made grow, not those that lie in its time', async () => {
    const live = bench({ clock: { now: T0 + 9 * HOUR } })
    expect(await importInto(live, zeek(T0, 40))).toMatchObject({ state: 'done', alarms: 1 })
    expect(await importInto(live, zeek(T0, 5, 'beside.org'))).toMatchObject({ state: 'done', alarms: 0, dnsEvents: 5 })
    expect(await importInto(live, zeek(T0 + 40 * SECOND, 10, 'tunnel.org', 'more'))).toMatchObject({ state: 'done', alarms: 1 })
    expect(live.sink.alarms()).toMatchObject([{ queries: 50 }])
  })
})

describe('an import of the last minutes', () => {
  test('is answered when it is stored, and its account ends when the watermark has passed it', async () => {
    const live = bench({ clock: { now: T0 + 25 * SECOND } })
    const intake = await importInto(live, zeek(T0, 25))
    expect(intake).toMatchObject({ state: 'analysing', dnsEvents: 25, alarms: 0 })
    await live.pass(3 * MINUTE)
    expect(live.intakes.find(intake.id)).toMatchObject({ state: 'done', alarms: 1, error: null })
    expect(live.sink.alarms()).toMatchObject([{ zone: 'tunnel.org', queries: 25 }])
  })

  test('that a person uploads is analysed at once; what follows live continues its alarm', async () => {
    const live = bench({ clock: { now: T0 + 25 * SECOND } })
    expect(await importInto(live, zeek(T0, 25), 'upload')).toMatchObject({ state: 'done', alarms: 1 })
    await importInto(live, zeek(T0 + 25 * SECOND, 20, 'tunnel.org', 'later'))
    await live.pass(5 * MINUTE, 10 * SECOND)
    expect(live.sink.alarms()).toMatchObject([{ zone: 'tunnel.org', queries: 45, firstSeenAt: T0 }])
    expect(live.engine.live.lane.isInOrder).toBe(true)
  })

  test('is finished by the next process when this one is killed', async () => {
    const live = bench({ clock: { now: T0 + 25 * SECOND } })
    const intake = await importInto(live, zeek(T0, 25))
    live.kill()
    const next = bench({ clock: live.clock, sink: live.sink })
    expect(await next.engine.recover()).toBe(1)
    expect(next.intakes.find(intake.id)).toMatchObject({ state: 'done', alarms: 1 })
  })

  test('sent every minute never holds one piece late', async () => {
    const live = bench({ clock: { now: T0 } })
    for (let minute = 0; minute < 6; minute++) {
      await live.pass(MINUTE, 5 * SECOND)
      const intake = await importInto(live, zeek(T0 + minute * MINUTE, 55, 'tunnel.org', `m${minute}`))
      expect(intake.state).toBe('analysing')
    }
    expect(live.engine.live.lane.isInOrder).toBe(true)
    await live.pass(10 * MINUTE, 10 * SECOND)
    expect(live.sink.alarms()).toMatchObject([{ zone: 'tunnel.org', queries: 6 * 55 }])
  })
})

describe('the resident analyser learns of', () => {
  test('an import behind it: what follows live continues the alarm of the file', async () => {
    const live = bench({ clock: { now: T0 } })
    await importInto(live, zeek(T0 - 10 * SECOND, 5, 'quiet.org'))
    await live.pass(10 * MINUTE, 10 * SECOND)
    expect(await importInto(live, zeek(T0 + MINUTE, 30))).toMatchObject({ state: 'done', alarms: 1 })
    await live.pass(2 * MINUTE, 10 * SECOND)
    expect(live.engine.live.lane.isInOrder).toBe(true)
    await importInto(live, zeek(live.clock.now - 30 * SECOND, 25, 'tunnel.org', 'later'))
    await live.pass(5 * MINUTE, 10 * SECOND)
    expect(live.sink.alarms()).toMatchObject([{ zone: 'tunnel.org', queries: 55, firstSeenAt: T0 + MINUTE }])
  })

  test('what another process imported', async () => {
    const live = bench({ clock: { now: T0 } })
    await importInto(live, zeek(T0 - 10 * SECOND, 5, 'quiet.org'))
    await live.pass(10 * MINUTE, 10 * SECOND)
    const other = bench({ clock: live.clock, sink: live.sink, newId: () => 'of-the-command-line' })
    await importInto(other, zeek(live.clock.now - 3 * MINUTE, 19), 'cli')
    await live.pass(90 * SECOND)
    // The twentieth of five minutes, only for an analyser that knows the other nineteen.
    await importInto(live, zeek(live.clock.now - SECOND, 1, 'tunnel.org', 'last'))
    await live.pass(2 * MINUTE)
    expect(live.sink.alarms()).toMatchObject([{ zone: 'tunnel.org', queries: 20 }])
  })

  test('the removal of the demo data', async () => {
    const live = bench({ clock: { now: T0 } })
    await live.engine.import(once(zeek(T0 - 2 * MINUTE, 19)), { via: 'demo', name: 'demo', bytesTotal: null, demo: true })
    await importInto(live, zeek(T0 - 10 * SECOND, 5, 'quiet.org'))
    await live.pass(MINUTE)
    await live.engine.removeDemo()
    await importInto(live, zeek(live.clock.now - 20 * SECOND, 10, 'tunnel.org', 'real'))
    await live.pass(3 * MINUTE, 10 * SECOND)
    expect(live.sink.alarms().filter(({ zone }) => zone === 'tunnel.org')).toEqual([])
    expect(live.failures).toEqual([])
  })
})
