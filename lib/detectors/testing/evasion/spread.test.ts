import { describe, expect, test } from 'vitest'
import { ALPHABETS, below, madeLookup, madeTunnel, seeded, textOf } from '../made-traffic'
import { amongOffice, MINUTE, ofDetector, T0, zonesOf } from './fixtures/analysed'

const lookup = (alarms: ReturnType<typeof amongOffice>) => ofDetector(alarms, 'dns_lookup_tunneling')
const rotating = (zones: number, count: number, everyMs: number, chars = 24) => {
  const random = seeded(11)
  return Array.from({ length: count }, (_, i) =>
    madeLookup({
      at: T0 + i * everyMs,
      source: '10.0.0.66',
      qname: `${textOf(random, ALPHABETS.base36, chars)}.turn-${below(random, zones)}.com`,
    }),
  )
}

describe('spread over zones', () => {
  test('ten zones in turn, each below every threshold: one alarm that names them all', () => {
    const [alarm, ...others] = lookup(amongOffice(rotating(10, 100, 2_500)))
    expect(others).toEqual([])
    expect(alarm).toMatchObject({ source: '10.0.0.66' })
    expect(alarm?.zone).toMatch(/^turn-\d\.com$/)
    expect(alarm?.evidence.notices.join()).toMatch(/spread over 10 domains/)
    expect(alarm?.techniques.map(({ id }) => id)).toContain('T1008')
  })

  test('ten zones in turn, each over its own threshold: one alarm, not ten', () => {
    const alarms = lookup(amongOffice(rotating(10, 1_500, 200)))
    expect(alarms).toHaveLength(1)
    expect(alarms[0]?.evidence.notices.join()).toMatch(/spread over 10 domains/)
  })

  test('full tunnels of one source below several zones: an alarm each, for one may be closed as harmless', () => {
    const random = seeded(14)
    const full = ['first', 'second', 'third', 'fourth'].flatMap((zone, index) =>
      Array.from({ length: 600 }, (_, i) =>
        madeLookup({
          at: T0 + index * 60_000 + i * 100,
          source: '10.0.0.66',
          qname: `${textOf(random, ALPHABETS.base32, 40)}.${zone}-full.com`,
        }),
      ),
    )
    expect(
      lookup(amongOffice(full))
        .map(({ zone }) => zone)
        .toSorted(),
    ).toEqual(['first-full.com', 'fourth-full.com', 'second-full.com', 'third-full.com'])
  })

  test('ten zones in turn over hours: found by the day', () => {
    const alarms = amongOffice(rotating(10, 120, 90_000), 60)
    expect(alarms.length).toBeGreaterThan(0)
    for (const { zone } of alarms) expect(zone).toMatch(/^turn-\d\.com$/)
  })

  test('a browser that meets an odd host here and there is no rotation', () => {
    const random = seeded(12)
    const odd = Array.from({ length: 120 }, (_, i) => {
      const make = [
        `${textOf(random, ALPHABETS.hex, 32)}.metrics-${i % 40}.com`,
        `r${i % 9}---sn-${textOf(random, ALPHABETS.base36, 8)}.video-${i % 40}.net`,
        `p${textOf(random, '0123456789', 5)}-a.b-${textOf(random, 'abcdef', 3)}.ads-${i % 40}.org`,
      ]
      return madeLookup({ at: T0 + i * 20_000, source: '10.0.0.15', qname: make[i % 3] ?? '' })
    })
    expect(amongOffice(odd)).toEqual([])
  })
})

describe('spread over sources', () => {
  const bots = (sources: number, each: number, everyMs: number) => {
    const random = seeded(13)
    return Array.from({ length: sources * each }, (_, i) =>
      madeLookup({
        at: T0 + i * everyMs,
        source: `10.1.0.${1 + (i % sources)}`,
        qname: `${textOf(random, ALPHABETS.base32, 24)}.t.herd.example`,
      }),
    )
  }

  test('two resolvers of a pool that share a tunnel, each below the threshold: one alarm on the zone, the sources listed', () => {
    const [alarm, ...others] = lookup(amongOffice(bots(2, 22, 6_500)))
    expect(others).toEqual([])
    expect(alarm).toMatchObject({ zone: 'herd.example', source: null })
    expect(alarm?.evidence.sources.map(({ source }) => source).toSorted()).toEqual(['10.1.0.1', '10.1.0.2'])
    expect(alarm?.summary).toMatch(/^2 sources together/)
  })

  test('what one source does raises one alarm, not another for its zone or for the source', () => {
    const tunnel = madeTunnel({ seed: 14, at: T0, zone: 'evil.example', count: 400, everyMs: 1_000 })
    expect(lookup(amongOffice(tunnel))).toHaveLength(1)
  })

  test('a pool of which one resolver crosses later stays one alarm', () => {
    const later = madeTunnel({
      seed: 15,
      at: T0 + 20 * MINUTE,
      source: '10.1.0.1',
      zone: 'herd.example',
      count: 200,
      everyMs: 1_000,
      chars: 24,
    })
    expect(lookup(amongOffice([...bots(2, 100, 4_000), ...later]))).toHaveLength(1)
  })

  test('a zone that everybody asks, with a name a device: no alarm', () => {
    const random = seeded(16)
    const ids = Array.from({ length: 300 }, () => textOf(random, ALPHABETS.hex, 32))
    const fleet = Array.from({ length: 1_200 }, (_, i) =>
      madeLookup({ at: T0 + i * 2_500, source: `10.2.${i % 3}.${i % 100}`, qname: `${ids[i % 300]}.devices.vendor.example` }),
    )
    expect(lookup(amongOffice(fleet))).toEqual([])
  })

  test('a tunnel below a zone that everybody asks is found', () => {
    const random = seeded(17)
    const everybody = Array.from({ length: 2_000 }, (_, i) =>
      madeLookup({
        at: T0 + i * 1_500,
        source: `10.2.0.${i % 60}`,
        qname: `${['www', 'api', 'cdn', 'login'][below(random, 4)]}.popular.example`,
      }),
    )
    const tunnel = madeTunnel({ seed: 18, at: T0 + 10 * MINUTE, zone: 'popular.example', count: 60, everyMs: 3_000 })
    expect(lookup(amongOffice([...everybody, ...tunnel]))).toMatchObject([{ zone: 'popular.example', source: '10.0.0.66' }])
  })
})

describe('spread over time', () => {
  test.each([
    ['a name in 12 seconds', 12_000, 300],
    ['a name in 30 seconds', 30_000, 160],
    ['a name a minute', 60_000, 120],
    ['a name in 5 minutes', 300_000, 80],
  ])('%s, below the fast window: found', (_, everyMs, count) => {
    const tunnel = madeTunnel({ seed: 19, at: T0, zone: 'evil.example', count, everyMs, chars: 24 })
    expect(zonesOf(amongOffice(tunnel, 60))).toEqual(['evil.example'])
  })

  test('bursts of 20 names with pauses of 20 minutes: found', () => {
    const bursts = [0, 1, 2, 3, 4, 5].flatMap((i) =>
      madeTunnel({ seed: 20 + i, at: T0 + i * 20 * MINUTE, zone: 'evil.example', count: 20, everyMs: 4_000, chars: 24 }),
    )
    expect(zonesOf(amongOffice(bursts, 60))).toEqual(['evil.example'])
  })

  test('a tunnel that idles below the threshold keeps its alarm, and its return is no second one', () => {
    const busy = madeTunnel({ seed: 30, at: T0, zone: 'evil.example', count: 60, everyMs: 3_000, chars: 12 })
    const idle = madeTunnel({ seed: 31, at: T0 + 4 * MINUTE, zone: 'evil.example', count: 90, everyMs: 16_000, chars: 12 })
    const [alarm, ...others] = lookup(amongOffice([...busy, ...idle]))
    expect(others).toEqual([])
    expect(alarm).toMatchObject({ recurrences: 0, queries: 150 })
    expect(alarm?.lastSeenAt).toBeGreaterThan(T0 + 25 * MINUTE)
  })
})
