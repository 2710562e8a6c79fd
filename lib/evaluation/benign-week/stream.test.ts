import { describe, expect, test } from 'vitest'
import { Random, Zipf } from './random'
import { benignTraffic, TRAFFIC } from './stream'
import { activityAt } from './world'

const MONDAY = Date.UTC(2026, 9, 5)
const HOUR_MS = 3_600_000
const MORNING = MONDAY + 9 * HOUR_MS
const some = { clients: 40, days: 0.02, seed: 3, startMs: MORNING }

describe('made-up traffic', () => {
  test('comes in order of time, inside its span, and is the same for the same seed', () => {
    const made = [...benignTraffic(some)]
    expect(made.length).toBeGreaterThan(1_000)
    expect(JSON.stringify([...benignTraffic(some)])).toBe(JSON.stringify(made))
    const instants = made.flatMap(({ lookup }) => (lookup === null ? [] : [lookup.at]))
    expect(instants).toEqual(instants.toSorted((a, b) => a - b))
    expect(instants[0]).toBeGreaterThanOrEqual(MORNING)
    expect(instants.at(-1)).toBeLessThan(MORNING + some.days * 24 * HOUR_MS)
  })

  test('holds every kind within a week', () => {
    const scannedNight = MONDAY + (24 + 22) * HOUR_MS
    const starts = [MORNING, scannedNight]
    const seen = new Set(starts.flatMap((startMs) => [...benignTraffic({ ...some, startMs })].map(({ kind }) => kind)))
    expect([...seen].sort()).toEqual(TRAFFIC.map(({ id }) => id).sort())
  })

  test('rests at night and at the weekend', () => {
    const at = (day: number, hour: number) => activityAt(MONDAY + (day * 24 + hour) * HOUR_MS)
    expect(at(0, 10)).toBeGreaterThan(10 * at(0, 3))
    expect(at(0, 10)).toBeGreaterThan(5 * at(5, 10))
  })
})

describe('chance', () => {
  test('Zipf ranks fall as their weights do', () => {
    const [zipf, random] = [new Zipf(1_000, 1), new Random(5)]
    const counts = new Map<number, number>()
    for (let i = 0; i < 60_000; i++) {
      const rank = zipf.draw(random)
      counts.set(rank, (counts.get(rank) ?? 0) + 1)
    }
    // Shares are 1 : 1/2 : 1/10.
    expect((counts.get(0) ?? 0) / (counts.get(1) ?? 1)).toBeCloseTo(2, 0)
    expect((counts.get(0) ?? 0) / (counts.get(9) ?? 1)).toBeGreaterThan(8)
    expect((counts.get(0) ?? 0) / (counts.get(9) ?? 1)).toBeLessThan(12)
  })

  test.each([0.3, 4, 50])('Poisson counts have mean and variance %d', (mean) => {
    const random = new Random(9)
    const draws = Array.from({ length: 20_000 }, () => random.poisson(mean))
    const average = draws.reduce((sum, draw) => sum + draw, 0) / draws.length
    const variance = draws.reduce((sum, draw) => sum + (draw - average) ** 2, 0) / draws.length
    expect(Math.abs(average / mean - 1)).toBeLessThan(0.05)
    expect(Math.abs(variance / mean - 1)).toBeLessThan(0.08)
  })
})
