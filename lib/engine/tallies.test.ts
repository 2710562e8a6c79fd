import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Tally } from '@/lib/domain/tally'
import { lookup } from '@/lib/store/contract/sample-events'
import { T0, traffic } from './fixtures/made-events'
import { DEFAULT_LIMITS, Tallies } from './tallies'

const MINUTE = 60_000
const plain = ({ source, zone, queries, byType, byRcode, names, firstAt, lastAt }: Tally) => ({
  ...{ source, zone, queries, firstAt, lastAt, distinct: names.distinct },
  byType: { ...byType },
  byRcode: { ...byRcode },
})

function filled(): Tallies {
  const tallies = new Tallies()
  const add = (minute: number, id: number, source: string, qname: string, qtype = 'A', rcode: string | null = 'NOERROR') =>
    tallies.add(lookup({ at: T0 + minute * MINUTE + id, id, source, qname, qtype, rcode }))
  add(0, 1, 'b', 'one.alpha.com')
  add(1, 2, 'a', 'one.alpha.com')
  add(1, 3, 'a', 'two.alpha.com', 'TXT')
  add(3, 4, 'a', 'two.alpha.com', 'TXT', null)
  add(3, 5, 'a', 'x.beta.org')
  return tallies
}

describe('a view', () => {
  const at = T0 + 4 * MINUTE
  const view = () => filled().viewAt(at)

  test('of a pair sums the minutes of the span', () => {
    const tally = view().pair('a', 'alpha.com', 5 * MINUTE)
    expect(tally && plain(tally)).toEqual({
      ...{ source: 'a', zone: 'alpha.com', queries: 3, distinct: 2, firstAt: T0 + MINUTE + 2, lastAt: T0 + 3 * MINUTE + 4 },
      byType: { A: 1, TXT: 2 },
      byRcode: { '-': 1, NOERROR: 2 },
    })
    expect(view().pair('a', 'alpha.com', MINUTE)?.queries).toBe(1)
    expect(view().pair('b', 'alpha.com', MINUTE)).toBeNull()
    expect(view().pair('nobody', 'alpha.com', HOUR)).toBeNull()
  })

  test('never counts more than the span: a minute that began before it is left out', () => {
    const tallies = filled()
    expect(tallies.viewAt(T0 + MINUTE + 30_000).pair('b', 'alpha.com', MINUTE)).toBeNull()
    expect(tallies.viewAt(T0 + MINUTE).pair('b', 'alpha.com', MINUTE)?.queries).toBe(1)
  })

  test('merges sources of a zone and lists them, busiest first', () => {
    expect(view().zone('alpha.com', HOUR)).toMatchObject({ source: null, queries: 4 })
    expect(view().zone('alpha.com', HOUR)?.names.distinct).toBe(2)
    expect(
      view()
        .sourcesOf('alpha.com', HOUR)
        .map((tally) => [tally.source, tally.queries]),
    ).toEqual([
      ['a', 3],
      ['b', 1],
    ])
  })

  test('lists pairs and zones in order, minutes oldest first', () => {
    expect([...view().pairs(HOUR)]).toEqual([
      { source: 'a', zone: 'alpha.com' },
      { source: 'b', zone: 'alpha.com' },
      { source: 'a', zone: 'beta.org' },
    ])
    expect([...view().pairs(MINUTE)]).toHaveLength(2)
    expect([...view().zones(HOUR)]).toEqual(['alpha.com', 'beta.org'])
    const minutes = (source: string | null) =>
      view()
        .minutes(source, 'alpha.com', HOUR)
        .map((tally) => [(tally.fromMs - T0) / MINUTE, tally.queries])
    expect(minutes(null)).toEqual([
      [0, 1],
      [1, 2],
      [3, 1],
    ])
    expect(minutes('a')).toEqual([
      [1, 2],
      [3, 1],
    ])
  })

  test('totals count active sources and all lookups', () => {
    expect(view().totals(HOUR)).toEqual({ sources: 2, queries: 5 })
    expect(view().totals(MINUTE)).toEqual({ sources: 1, queries: 2 })
  })
})

const HOUR = 60 * MINUTE

test('touched pairs are found in any order, also when they were let go and came again', () => {
  const tallies = filled()
  const touched = tallies.takeTouched()
  const view = tallies.viewAt(T0 + 4 * MINUTE)
  for (const { source, zone } of [...touched, ...touched.toReversed(), ...touched])
    expect(view.pair(source, zone, HOUR)).toMatchObject({ source, zone })
  expect(view.pair('nobody', 'alpha.com', HOUR)).toBeNull()
  tallies.viewAt(T0 + 10 * HOUR)
  tallies.add(lookup({ at: T0 + 10 * HOUR, id: 9, source: 'a', qname: 'www.alpha.com' }))
  expect(tallies.viewAt(T0 + 10 * HOUR + MINUTE).pair('a', 'alpha.com', HOUR)?.queries).toBe(1)
})

describe('memory', () => {
  test('minutes older than the retention are forgotten', () => {
    const tallies = filled()
    tallies.viewAt(T0 + MINUTE + DEFAULT_LIMITS.retentionMs + 1)
    expect(tallies.viewAt(T0 + 4 * MINUTE).zone('alpha.com', HOUR)?.queries).toBe(1)
    tallies.viewAt(T0 + 10 * HOUR)
    expect(tallies.size).toEqual({ pairs: 0, names: 0 })
  })

  test('too many pairs: those with the fewest names go, the oldest first, and are counted', () => {
    const tallies = new Tallies({ ...DEFAULT_LIMITS, maxPairs: 10 })
    for (let n = 0; n < 40; n++) tallies.add(lookup({ at: T0, id: n, source: 'loud', qname: `${n}.loud-zone.com` }))
    for (let n = 0; n < 100; n++) tallies.add(lookup({ at: T0 + 1 + n, id: n, source: 'quiet', qname: `www.zone-${n}.com` }))
    expect(tallies.size.pairs).toBeLessThanOrEqual(10)
    const view = tallies.viewAt(T0 + MINUTE)
    expect(view.pair('loud', 'loud-zone.com', MINUTE)?.queries).toBe(40)
    expect(view.pair('quiet', 'zone-99.com', MINUTE)?.queries).toBe(1)
    expect(view.pair('quiet', 'zone-0.com', MINUTE)).toBeNull()
    expect(tallies.evictions.pairs).toBe(101 - tallies.size.pairs)
    expect(tallies.evictions.queries).toBe(tallies.evictions.pairs)
  })

  test('random names below one zone are bounded too, and still counted', () => {
    const tallies = new Tallies()
    const names = 30_000
    for (let n = 0; n < names; n++) tallies.add(lookup({ at: T0 + Math.floor(n / 1_000), id: n, source: 'a', qname: `r${n}.alpha.com` }))
    expect(tallies.size.names).toBeLessThanOrEqual(1_100)
    const tally = tallies.viewAt(T0 + MINUTE).pair('a', 'alpha.com', MINUTE)
    expect(tally?.queries).toBe(names)
    // Standard error of the sketch is 1.6 %; four of them.
    expect(Math.abs((tally?.names.distinct ?? 0) / names - 1)).toBeLessThan(0.065)
  })

  test('invented record types do not make a tally grow', () => {
    const tallies = new Tallies()
    for (let n = 0; n < 5_000; n++) tallies.add(lookup({ at: T0, id: n, qname: 'alpha.com', qtype: n === 0 ? '__proto__' : `TYPE${n}` }))
    const { byType, queries } = tallies.viewAt(T0 + MINUTE).zone('alpha.com', MINUTE) ?? {}
    expect(Object.keys(byType ?? {}).length).toBeLessThanOrEqual(66)
    expect(Object.values(byType ?? {}).reduce((sum, count) => sum + count, 0)).toBe(queries)
  })
})

test('a snapshot at any event continues exactly', () => {
  fc.assert(
    fc.property(traffic, fc.nat(), (events, seed) => {
      const cut = seed % (events.length + 1)
      const whole = new Tallies()
      for (const event of events) whole.add(event)
      const first = new Tallies()
      for (const event of events.slice(0, cut)) first.add(event)
      const second = new Tallies(DEFAULT_LIMITS, JSON.parse(JSON.stringify(first.snapshot())))
      for (const event of events.slice(cut)) second.add(event)
      const nowMs = (events.at(-1)?.at ?? T0) + 1
      const keys = (tallies: Tallies): unknown => tallies.takeTouched().map(({ source, zone }) => ({ source, zone }))
      expect(keys(second)).toEqual(keys(whole))
      const [a, b] = [whole.viewAt(nowMs), second.viewAt(nowMs)]
      expect([...b.pairs(HOUR)]).toEqual([...a.pairs(HOUR)])
      for (const { source, zone } of a.pairs(HOUR)) {
        const [left, right] = [a.pair(source, zone, HOUR), b.pair(source, zone, HOUR)]
        expect(right && plain(right)).toEqual(left && plain(left))
      }
      expect(b.totals(HOUR)).toEqual(a.totals(HOUR))
      expect(second.size).toEqual(whole.size)
    }),
    { numRuns: 50 },
  )
})
