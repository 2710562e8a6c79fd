import { describe, expect, test } from 'vitest'
import { ALPHABETS, below, madeLookup, madeTunnel, seeded, textOf, wordsOf } from '../made-traffic'
import { alarmsOf, amongOffice, MINUTE, ofDetector, T0 } from './fixtures/analysed'

const open = (alarms: ReturnType<typeof amongOffice>) => alarms.filter(({ evidence }) => evidence.suppression === null)
const severities = (alarms: ReturnType<typeof amongOffice>) => [...new Set(open(alarms).map(({ severity }) => severity))]

describe('products on many hosts', () => {
  const reputation = (clients: number, each: number) => {
    const random = seeded(51)
    return Array.from({ length: clients * each }, (_, i) =>
      madeLookup({
        at: T0 + i * 700,
        source: `10.0.0.${10 + (i % clients)}`,
        qname: `${textOf(random, ALPHABETS.base32, 36)}.a.vendor-cloud.com`,
        qtype: 'TXT',
      }),
    )
  }

  test('a reputation service on every host: alarms of the first hosts list the others, which have none', () => {
    const alarms = open(ofDetector(amongOffice(reputation(8, 60)), 'dns_lookup_tunneling'))
    expect(alarms.length).toBeLessThanOrEqual(3)
    for (const { severity, evidence } of alarms) {
      expect(severity).toBe('low')
      expect(evidence.sources).toHaveLength(8)
    }
  })

  test('a source that sends far more than the others of the product is told', () => {
    const tunnel = madeTunnel({ seed: 52, at: T0 + 10 * MINUTE, source: '10.0.0.66', zone: 'vendor-cloud.com', count: 400, everyMs: 500 })
    const sources = open(ofDetector(amongOffice([...reputation(8, 60), ...tunnel]), 'dns_lookup_tunneling')).map(({ source }) => source)
    expect(sources).toContain('10.0.0.66')
  })

  test('a content network whose hosts everybody asks is no anomaly; a tunnel below it is', () => {
    const random = seeded(53)
    const hosts = Array.from({ length: 400 }, () => `${textOf(random, ALPHABETS.hex, 32)}.cdn-provider.net`)
    const visits = Array.from({ length: 700 }, (_, i) =>
      madeLookup({ at: T0 + i * 2_400, source: `10.0.0.${10 + below(random, 8)}`, qname: hosts[Math.floor(400 * random() ** 2)] ?? '' }),
    )
    expect(open(amongOffice(visits))).toEqual([])
    const tunnel = madeTunnel({ seed: 54, at: T0 + 5 * MINUTE, zone: 'cdn-provider.net', count: 200, everyMs: 2_000 })
    const told = ofDetector(amongOffice([...visits, ...tunnel]), 'dns_tunneling_ml')
    expect(told.map(({ zone }) => zone)).toEqual(['cdn-provider.net'])
    expect(told[0]?.summary).toMatch(/mostly from 10\.0\.0\.66/)
  })

  test('one lookup each from addresses that ask for nothing else is no product', () => {
    const random = seeded(55)
    const forged = Array.from({ length: 200 }, (_, i) =>
      madeLookup({
        at: T0 + i * 1_000,
        source: `10.7.0.${below(random, 250)}`,
        qname: `${textOf(random, ALPHABETS.base32, 60)}.forged.example`,
      }),
    )
    expect(open(amongOffice(forged)).map(({ zone }) => zone)).toContain('forged.example')
  })
})

describe('what does not exist, and what is light', () => {
  test('a monitor that asks for a random name that does not exist stays low', () => {
    const random = seeded(56)
    const probes = Array.from({ length: 360 }, (_, i) =>
      madeLookup({
        at: T0 + i * 20_000,
        source: '10.0.0.9',
        qname: `${textOf(random, 'bcdfghjkmpqrstvwxz', 10)}.probe.monitor.example`,
        rcode: 'NXDOMAIN',
      }),
    )
    for (const severity of severities(amongOffice(probes, 125))) expect(severity).toBe('low')
  })

  test('a word list tried on a domain stays low', () => {
    const random = seeded(57)
    const words = Array.from({ length: 3_000 }, (_, i) =>
      madeLookup({ at: T0 + i * 50, source: '10.0.0.9', qname: `${wordsOf(random, 1)}-${i}.own.example`, rcode: 'NXDOMAIN' }),
    )
    for (const severity of severities(amongOffice(words))) expect(severity).toBe('low')
  })

  test('a gateway that asks for its 80 devices again and again stays low', () => {
    const random = seeded(58)
    const devices = Array.from({ length: 80 }, () => `${textOf(random, ALPHABETS.hex, 16)}.mqtt.devices.example`)
    const asked = Array.from({ length: 600 }, (_, i) =>
      madeLookup({ at: T0 + i * 6_000, source: '10.0.0.9', qname: devices[below(random, 80)] ?? '' }),
    )
    for (const severity of severities(amongOffice(asked, 65))) expect(severity).toBe('low')
  })
})

test('a tunnel that is seen only with the tail of a search list has an alarm on its own domain', () => {
  const tunnel = madeTunnel({ seed: 59, at: T0, zone: 'tunnel.example.com.lan', count: 60, everyMs: 2_000, below: 't' })
  const other = Array.from({ length: 60 }, (_, i) =>
    madeLookup({ at: T0 + i * 3_000, source: '10.0.0.12', qname: `www.site-${i}.com.lan`, rcode: 'NXDOMAIN' }),
  )
  expect(new Set(open(alarmsOf([...tunnel, ...other])).map(({ zone }) => zone))).toEqual(new Set(['example.com.lan']))
})
