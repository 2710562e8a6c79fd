import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LogEvent } from '@/lib/domain/log-event'
import { lookup } from '@/lib/store/contract/sample-events'
import { batchOf, type LiveBench, openLive } from './fixtures/live-bench'
import { countingDetector, inOrder, T0, traffic } from './fixtures/made-events'
import { LATENESS_MS } from './live-watermark'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

let dir: string
let open: LiveBench[]
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dowser-live-'))
  open = []
})
afterEach(() => {
  for (const bench of open) bench.kill()
  rmSync(dir, { recursive: true, force: true })
})

function bench(name: string, setup: Parameters<typeof openLive>[1] = {}): LiveBench {
  const opened = openLive(join(dir, name), setup)
  open.push(opened)
  return opened
}

/** `count` look-ups of one source below one zone, evenly from `at` on. */
const tunnel = (at: number, count: number, everyMs: number, zone = 'tunnel.org', source = '10.0.0.1'): LogEvent[] =>
  Array.from({ length: count }, (_, n) => lookup({ at: at + n * everyMs, id: n, source, qname: `n${n}.${zone}` }))

/** The alarms of the same events analysed from the store, in order. */
async function alarmsInOrder(name: string, events: readonly LogEvent[]): Promise<unknown> {
  const whole = bench(name)
  whole.events.append(inOrder(events), 'whole')
  await whole.engine.analyse()
  return whole.sink.alarms()
}

/** Delivers every event at its time plus its delay, in batches of what came within `batchMs`. */
async function deliverLive(live: LiveBench, events: readonly LogEvent[], delays: readonly number[], batchMs: number): Promise<void> {
  const arrivals = events.map((event, n) => ({ event, at: event.at + (delays[n % delays.length] ?? 0) })).sort((a, b) => a.at - b.at)
  while (arrivals.length > 0) {
    const until = (arrivals[0]?.at ?? 0) + batchMs
    const due = arrivals.findIndex(({ at }) => at >= until)
    const part = arrivals.splice(0, due < 0 ? arrivals.length : due)
    const end = part.at(-1)?.at ?? 0
    // Long silences in fewer turns: what the turns in between would do is nothing.
    if (end - live.clock.now > 5 * MINUTE) await live.pass(end - live.clock.now - MINUTE, 10 * MINUTE)
    await live.pass(end - live.clock.now, 2 * SECOND)
    live.deliver(part.map(({ event }) => event))
  }
}

describe('a live tunnel', () => {
  test('shows its alarm within 60 s of the event that crosses the threshold', async () => {
    const live = bench('live', { clock: { now: T0 } })
    const events = tunnel(T0, 60, 2 * SECOND)
    const crossing = T0 + 19 * 2 * SECOND
    let seenAt: number | null = null
    for (const event of events) {
      await live.pass(event.at + SECOND - live.clock.now)
      live.deliver([event])
      if (live.sink.alarms().length > 0) seenAt ??= live.clock.now
    }
    expect(seenAt).not.toBeNull()
    expect((seenAt ?? 0) - crossing).toBeLessThanOrEqual(60 * SECOND)
  })

  test('shows it when nothing else comes after the event', async () => {
    const live = bench('live', { clock: { now: T0 + 19 * SECOND } })
    live.deliver(tunnel(T0, 20, SECOND))
    await live.pass(60 * SECOND)
    expect(live.sink.alarms()).toMatchObject([{ zone: 'tunnel.org', queries: 20 }])
  })

  test('is not held back by a source whose clock is hours behind, nor pushed ahead by one whose clock is ahead', async () => {
    const live = bench('live', { clock: { now: T0 } })
    for (let n = 0; n < 40; n++) {
      await live.pass(SECOND)
      live.deliver([lookup({ at: live.clock.now, id: n, source: '10.0.0.1', qname: `n${n}.tunnel.org` })])
      live.deliver([lookup({ at: live.clock.now - 5 * HOUR, id: 1_000 + n, source: '10.0.0.2', qname: 'a.slow.org' })], 'behind')
      live.deliver([lookup({ at: live.clock.now + 5 * HOUR, id: 2_000 + n, source: '10.0.0.3', qname: 'a.fast.org' })], 'ahead')
    }
    expect(live.engine.live.lane.passedMs).toBeLessThanOrEqual(live.clock.now - 30 * SECOND)
    await live.pass(3 * MINUTE, 10 * SECOND)
    expect(live.sink.alarms()).toMatchObject([{ zone: 'tunnel.org', queries: 40 }])
    const health = new Map(live.engine.live.health().map((one) => [one.logSourceId, one]))
    expect(health.get('behind')).toMatchObject({ lateEvents: 40, futureEvents: 0, lagMs: 5 * HOUR })
    expect(health.get('ahead')).toMatchObject({ lateEvents: 0, futureEvents: 40, lagMs: -5 * HOUR })
  })
})

describe('the same events give the same alarms', () => {
  // What waits for its batch to be full is so much older when it comes.
  const batching = fc.constantFrom(1, 700, 5_000, 20_000).chain((batchMs) =>
    fc.record({
      delays: fc.array(fc.integer({ min: 0, max: LATENESS_MS - SECOND - batchMs }), { minLength: 1, maxLength: 40 }),
      batchMs: fc.constant(batchMs),
    }),
  )

  test('whatever the batches and the order within the lateness bound', { timeout: 60_000 }, async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(traffic, batching, async (events, { delays, batchMs }) => {
        run += 1
        const live = bench(`live-${run}`, { clock: { now: T0 }, detectors: [countingDetector(20)] })
        await deliverLive(live, events, delays, batchMs)
        await live.pass(26 * HOUR, 10 * MINUTE)
        expect(live.failures).toEqual([])
        expect(live.engine.live.health()[0]?.lateEvents).toBe(0)
        expect(live.sink.alarms()).toEqual(await alarmsInOrder(`whole-${run}`, events))
      }),
      { numRuns: 8 },
    )
  })

  test('wherever the process is killed or stopped and started again', { timeout: 60_000 }, async () => {
    const events = [...tunnel(T0, 90, 2 * SECOND), ...tunnel(T0 + 40 * MINUTE, 60, 3 * SECOND)].map((event, id) => ({ ...event, id }))
    const expected = await alarmsInOrder('whole', events)
    expect(expected).not.toEqual([])
    for (const stop of ['killed', 'stopped'] as const) {
      let live = bench(stop, { clock: { now: T0 } })
      for (let from = 0; from < events.length; from += 15) {
        const part = events.slice(from, from + 15)
        await live.pass(Math.max(0, (part.at(-1)?.at ?? 0) - live.clock.now), 5 * SECOND)
        live.deliver(part)
        if (stop === 'stopped') live.engine.close()
        live.kill()
        live = bench(stop, { clock: live.clock, sink: live.sink })
        // What was not acknowledged is sent again.
        expect(live.deliver(part)).toEqual({ added: 0, duplicates: part.length })
      }
      await live.pass(26 * HOUR, 10 * MINUTE)
      expect(live.sink.alarms()).toEqual(expected)
    }
  })
})

describe('late events', () => {
  test('are counted, and the tunnel they complete is found', async () => {
    const live = bench('live', { clock: { now: T0 } })
    const all = tunnel(T0, 24, SECOND)
    const [early, rest] = [all.slice(0, 12), all.slice(12)]
    await live.pass(30 * SECOND)
    live.deliver(rest)
    await live.pass(10 * MINUTE)
    expect(live.sink.alarms()).toEqual([])
    live.deliver(early, 'slow')
    await live.pass(2 * MINUTE)
    expect(live.engine.live.health().find(({ logSourceId }) => logSourceId === 'slow')?.lateEvents).toBe(12)
    expect(live.sink.alarms()).toEqual(await alarmsInOrder('whole', all))
    // The resident analyser knows them too: what follows continues the alarm.
    await live.pass(2 * MINUTE)
    const more = tunnel(live.clock.now, 30, 100).map((event) => ({ ...event, id: event.id + 500 }))
    live.deliver(more)
    await live.pass(26 * HOUR, 10 * MINUTE)
    expect(live.sink.alarms()).toEqual(await alarmsInOrder('whole-2', [...all, ...more]))
  })

  test('are not lost to a kill before their repair', async () => {
    const live = bench('live', { clock: { now: T0 } })
    const all = tunnel(T0, 24, SECOND)
    await live.pass(30 * SECOND)
    live.deliver(all.slice(12))
    await live.pass(10 * MINUTE)
    live.deliver(all.slice(0, 12))
    live.kill()
    const next = bench('live', { clock: live.clock, sink: live.sink })
    await next.pass(2 * MINUTE)
    expect(next.sink.alarms()).toEqual(await alarmsInOrder('whole', all))
  })

  test('sent a second time are no reason to analyse again', async () => {
    const live = bench('live', { clock: { now: T0 } })
    const all = tunnel(T0, 10, SECOND)
    await live.pass(MINUTE)
    live.deliver(all)
    await live.pass(10 * MINUTE)
    expect(live.engine.live.lane.isInOrder).toBe(true)
    live.deliver(all)
    expect(live.engine.live.lane.isInOrder).toBe(true)
    expect(live.engine.live.health()).toMatchObject([{ duplicates: 10, lateEvents: 0, dnsEvents: 20 }])
  })

  test('of another day are analysed where they belong', async () => {
    const live = bench('live', { clock: { now: T0 } })
    live.deliver(tunnel(T0, 5, SECOND, 'quiet.org'))
    await live.pass(5 * MINUTE)
    const old = tunnel(T0 - 9 * 24 * HOUR, 30, SECOND)
    live.deliver(old)
    await live.pass(3 * MINUTE)
    expect(live.sink.alarms()).toMatchObject([{ zone: 'tunnel.org', queries: 30, firstSeenAt: T0 - 9 * 24 * HOUR }])
  })
})

describe('storing goes on', () => {
  test('when a detector throws, which then starts anew, and the other finds its tunnel', async () => {
    const crashing = countingDetector(1)
    const broken = {
      ...crashing,
      rule: { ...crashing.rule, id: 'broken' },
      create: () => ({
        step: () => {
          throw new Error('poison')
        },
        wakeAt: () => null,
        snapshot: () => null,
      }),
    }
    const live = bench('live', { clock: { now: T0 + 30 * SECOND }, detectors: [broken, countingDetector(20)] })
    expect(live.deliver(tunnel(T0, 30, SECOND)).added).toBe(30)
    await live.pass(3 * MINUTE, 10 * SECOND)
    expect(live.sink.alarms()).toMatchObject([{ zone: 'tunnel.org', queries: 30 }])
    expect(live.failures).toContain('the detector broken: poison')
  })

  test('when alarms cannot be written, and they are written once that is over', async () => {
    const live = bench('live', { clock: { now: T0 + 30 * SECOND }, maxWaitingEvents: 30 })
    const { upsert } = live.sink
    let isLocked = true
    live.sink.upsert = (...args) => {
      if (isLocked) throw new Error('database is locked')
      return upsert(...args)
    }
    live.deliver(tunnel(T0, 30, SECOND))
    await live.pass(2 * MINUTE)
    expect(live.failures).toContain('analysing what is stored: database is locked')
    expect(live.deliver(tunnel(live.clock.now, 30, 10, 'second.org')).added).toBe(30)
    isLocked = false
    await live.pass(5 * MINUTE)
    expect(live.sink.alarms().map(({ zone, queries }) => [zone, queries])).toEqual([
      ['tunnel.org', 30],
      ['second.org', 30],
    ])
  })
})

test('too many events waiting are refused before anything is stored, and let in once they are analysed', async () => {
  const live = bench('live', { clock: { now: T0 }, maxWaitingEvents: 50 })
  live.deliver(tunnel(T0, 50, 10))
  const more = tunnel(T0 + 500, 10, 10).map((event) => ({ ...event, id: event.id + 100 }))
  expect(() => live.deliver(more)).toThrow(expect.objectContaining({ code: 'overloaded', retryAfterSeconds: 5 }))
  expect([...live.events.read({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER })]).toHaveLength(50)
  await live.pass(MINUTE)
  expect(live.deliver(more)).toEqual({ added: 10, duplicates: 0 })
})

test('the place a reader continues from is kept with the delivery and outlives the process', () => {
  const live = bench('live', { clock: { now: T0 } })
  expect(live.engine.live.intake.place('tail:a')).toBeNull()
  live.engine.live.intake.accept({ logSourceId: 's1', batch: batchOf([]), place: { key: 'tail:a', value: { offset: 7 } } })
  live.kill()
  expect(bench('live', { clock: live.clock }).engine.live.intake.place('tail:a')).toEqual({ offset: 7 })
})
