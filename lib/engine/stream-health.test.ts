import { beforeEach, describe, expect, test } from 'vitest'
import { type LogSourceHealth, logSourceHealthSchema } from '@/lib/domain/log-source'
import { lookup } from '@/lib/store/contract/sample-events'
import { batchOf, logSource } from './fixtures/live-bench'
import { StreamHealth } from './stream-health'

const NOW = Date.UTC(2026, 10, 20, 9)
const MINUTE = 60_000
const QUIET = 5 * MINUTE

let saved: LogSourceHealth[]
const registry = {
  live: () => [],
  saveHealth: (health: readonly LogSourceHealth[]) => {
    saved = [...health]
  },
  loadHealth: () => saved,
}

function opened(): StreamHealth {
  const health = new StreamHealth(registry)
  health.follow([logSource('a', QUIET)], NOW)
  return health
}

const received = (health: StreamHealth, events: number, nowMs: number): void =>
  health.received(
    'a',
    {
      batch: batchOf(Array.from({ length: events }, (_, id) => lookup({ at: nowMs - 4_000, id }))),
      ...{ added: events, duplicates: 0, lateEvents: 0, futureEvents: 0, newestAt: nowMs - 4_000 },
    },
    nowMs,
  )

beforeEach(() => {
  saved = []
})

describe('the health of a log source', () => {
  test('begins with waiting, and tells rate, lag and counts once something came', () => {
    const health = opened()
    expect(health.all(NOW)).toMatchObject([{ state: 'waiting', lastReceivedAt: null, lagMs: null }])
    for (let second = 0; second < 60; second++) received(health, 30, NOW + second * 1_000)
    const [one] = health.all(NOW + 59_000)
    expect(one).toMatchObject({ state: 'receiving', dnsEvents: 1_800, records: 1_800, eventsPerSecond: 30, lagMs: 4_000 })
    expect(one?.lastEventAt).toBe(NOW + 55_000)
    expect(logSourceHealthSchema.safeParse(one).success).toBe(true)
    expect(health.all(NOW + 3 * MINUTE)[0]?.eventsPerSecond).toBe(0)
  })

  test('opens a gap after the agreed silence, from the last delivery, and closes it with the next', () => {
    const health = opened()
    received(health, 1, NOW)
    expect(health.all(NOW + QUIET)[0]).toMatchObject({ state: 'receiving', gaps: [] })
    expect(health.all(NOW + QUIET + 1)[0]).toMatchObject({ state: 'quiet', gaps: [{ fromMs: NOW, toMs: null }] })
    received(health, 1, NOW + 20 * MINUTE)
    expect(health.all(NOW + 20 * MINUTE)[0]).toMatchObject({ state: 'receiving', gaps: [{ fromMs: NOW, toMs: NOW + 20 * MINUTE }] })
  })

  test('keeps the newest hundred gaps', () => {
    const health = opened()
    for (let n = 0; n < 120; n++) received(health, 1, NOW + n * 10 * MINUTE)
    const gaps = health.all(NOW + 119 * 10 * MINUTE)[0]?.gaps ?? []
    expect(gaps).toHaveLength(100)
    expect(gaps[0]).toEqual({ fromMs: NOW + 118 * 10 * MINUTE, toMs: NOW + 119 * 10 * MINUTE })
  })

  test('counts rejects by reason with at most five samples', () => {
    const health = opened()
    const reject = (recordNo: number) => ({ reason: 'no-time', recordNo, detail: 'no time', sample: `line ${recordNo}` })
    const batch = batchOf([], { rejects: Array.from({ length: 8 }, (_, n) => reject(n)), skipped: { 'not-dns': 2 }, records: 10 })
    health.received('a', { batch, added: 0, duplicates: 0, lateEvents: 0, futureEvents: 0, newestAt: null }, NOW)
    const [one] = health.all(NOW)
    expect(one).toMatchObject({ rejected: 8, skipped: { 'not-dns': 2 }, records: 10, rejects: [{ reason: 'no-time', count: 8 }] })
    expect(one?.rejects[0]?.samples).toHaveLength(5)
  })

  test('failed while a listener says why; receiving again ends it', () => {
    const health = opened()
    health.note('a', { error: 'the address is in use', connections: 0 })
    expect(health.all(NOW)[0]).toMatchObject({ state: 'failed', error: 'the address is in use' })
    received(health, 1, NOW)
    expect(health.all(NOW)[0]).toMatchObject({ state: 'receiving', error: null })
  })

  test('paused closes its gap, and a source taken up again waits', () => {
    const health = opened()
    received(health, 1, NOW)
    health.all(NOW + QUIET + 1)
    health.follow([], NOW + 10 * MINUTE)
    expect(health.all(NOW + HOUR)[0]).toMatchObject({ state: 'paused', gaps: [{ fromMs: NOW, toMs: NOW + 10 * MINUTE }] })
    health.follow([logSource('a', QUIET)], NOW + HOUR)
    expect(health.all(NOW + HOUR)[0]).toMatchObject({ state: 'waiting' })
  })

  test('outlives the process: counts stay, and the time it was away shows as a gap', () => {
    const before = opened()
    received(before, 7, NOW)
    before.sweep(NOW, true)
    const after = opened()
    expect(after.all(NOW + HOUR)[0]).toMatchObject({ dnsEvents: 7, state: 'quiet', gaps: [{ fromMs: NOW, toMs: null }] })
  })
})

const HOUR = 60 * MINUTE
