import { describe, expect, test } from 'vitest'
import { ALPHABETS, inLabels, madeLookup, madeTunnel, seeded, textOf, wordsOf } from '../made-traffic'
import { alarmsOf, amongOffice, MINUTE, ofDetector, T0, zonesOf } from './fixtures/analysed'

const client = '10.0.0.66'

describe('how names are written', () => {
  test('0x20: random case makes no name new, neither of a site that is asked again nor of a tunnel', () => {
    const random = seeded(1)
    const mixed = (name: string): string => name.replace(/[a-z]/g, (letter) => (random() < 0.5 ? letter.toUpperCase() : letter))
    const site = Array.from({ length: 600 }, (_, i) =>
      madeLookup({ at: T0 + i * 6_000, source: client, qname: mixed('intranet-portal.example.com') }),
    )
    expect(amongOffice(site)).toEqual([])
    const tunnel = madeTunnel({ seed: 2, at: T0, zone: 'evil.example', count: 60, everyMs: 2_000 })
    const cased = tunnel.map((event) => madeLookup({ ...event, source: client, qtype: 'A', qname: mixed(event.qname) }))
    const [plain, random20] = [amongOffice(tunnel), amongOffice(cased)]
    expect(zonesOf(random20)).toEqual(['evil.example'])
    expect(random20.map(({ distinctNames }) => distinctNames)).toEqual(plain.map(({ distinctNames }) => distinctNames))
  })

  test('QNAME minimisation: labels revealed one by one neither look like a tunnel nor hide one', () => {
    const minimised = (at: number, qname: string) => {
      const labels = qname.split('.')
      return labels.map((_, i) => {
        const part = labels.slice(labels.length - 1 - i).join('.')
        return madeLookup({ at: at + i * 20, source: '10.0.0.2', qname: part === qname ? part : `_.${part}`, qtype: 'A' })
      })
    }
    const random = seeded(3)
    const sites = Array.from({ length: 400 }, (_, i) => `${wordsOf(random, 1)}.${wordsOf(random, 2)}.shop-${i % 60}.com`)
    expect(amongOffice(sites.flatMap((site, i) => minimised(T0 + i * 8_000, site)))).toEqual([])
    const tunnel = madeTunnel({ seed: 4, at: T0, zone: 'evil.example', count: 60, everyMs: 2_000, chars: 60, longest: 30, below: 't' })
    const alarms = amongOffice(tunnel.flatMap(({ at, qname }) => minimised(at, qname)))
    expect(zonesOf(alarms)).toEqual(['evil.example'])
  })

  test('search suffixes: what is asked again below the own domain is told of the tunnel alone', () => {
    const tunnel = madeTunnel({ seed: 5, at: T0, zone: 'evil.example.org', count: 80, everyMs: 2_000, below: '' })
    for (const tail of ['corp.example.com', 'corp.local', 'lan']) {
      const tails = tunnel.map(({ at, qname }) => madeLookup({ at: at + 40, source: client, qname: `${qname}.${tail}`, rcode: 'NXDOMAIN' }))
      expect(zonesOf(amongOffice([...tunnel, ...tails]))).toEqual(['example.org'])
    }
  })

  test('search suffixes hide no tunnel that only puts a known domain into its names', () => {
    const random = seeded(6)
    const names = Array.from({ length: 80 }, (_, i) =>
      madeLookup({ at: T0 + i * 2_000, source: client, qname: `${textOf(random, ALPHABETS.base32, 32)}.www.example.net.evil.example.org` }),
    )
    expect(zonesOf(amongOffice(names))).toEqual(['example.org'])
  })

  test('data written in words is found by how many names and how much they hold', () => {
    const random = seeded(7)
    const names = Array.from({ length: 300 }, (_, i) =>
      madeLookup({ at: T0 + i * 1_000, source: client, qname: `${wordsOf(random, 8)}.${wordsOf(random, 7)}.words.example` }),
    )
    expect(zonesOf(amongOffice(names))).toEqual(['words.example'])
  })

  test.each(['hex', 'base32', 'base32hex', 'iodine32', 'base36', 'base64url'] as const)('%s in names asked as A only', (alphabet) => {
    const tunnel = madeTunnel({ seed: 8, at: T0, zone: 'evil.example', count: 60, everyMs: 3_000, alphabet, chars: 40, types: ['A'] })
    expect(zonesOf(amongOffice(tunnel))).toEqual(['evil.example'])
  })
})

describe('odd names of honest programs', () => {
  const random = seeded(9)
  const octet = () => Math.floor(random() * 256)
  test('block lists and reverse look-ups of a mail server', () => {
    const addresses = Array.from({ length: 800 }, () => `${octet()}.${octet()}.${octet()}.${octet()}`)
    const lists = ['zen.blocklist.example', 'bl.spam.example']
    const asked = addresses.flatMap((address, i) => [
      ...lists.map((list) => madeLookup({ at: T0 + i * 1_500, source: '10.0.0.25', qname: `${address}.${list}`, rcode: 'NXDOMAIN' })),
      madeLookup({ at: T0 + i * 1_500 + 5, source: '10.0.0.25', qname: `${address}.in-addr.arpa`, qtype: 'PTR' }),
    ])
    expect(amongOffice(asked)).toEqual([])
  })

  test('reverse look-ups of a scan over IPv6, 32 nibbles each', () => {
    const nibbles = () => textOf(random, ALPHABETS.hex, 32).split('').join('.')
    const asked = Array.from({ length: 500 }, (_, i) =>
      madeLookup({ at: T0 + i * 500, source: '10.0.0.26', qname: `${nibbles()}.ip6.arpa`, qtype: 'PTR', rcode: 'NXDOMAIN' }),
    )
    expect(amongOffice(asked)).toEqual([])
  })

  test('neighbours announcing themselves by mDNS, and NetBIOS names asked as hosts', () => {
    const mdns = Array.from({ length: 400 }, (_, i) => ({
      ...madeLookup({
        at: T0 + i * 700,
        source: '10.0.0.27',
        qname: `${textOf(random, ALPHABETS.hex, 12)}._companion-link._tcp.local`,
        qtype: 'PTR',
      }),
      scope: 'local-multicast' as const,
    }))
    const netbios = Array.from({ length: 400 }, (_, i) =>
      madeLookup({
        at: T0 + i * 800,
        source: '10.0.0.28',
        qname: `f${textOf(random, 'abcdefghijklmnop', 31)}`,
        qtype: 'NB',
        rcode: 'NXDOMAIN',
      }),
    )
    const probes = Array.from({ length: 90 }, (_, i) =>
      madeLookup({
        at: T0 + Math.floor(i / 3) * 60_000,
        source: '10.0.0.29',
        qname: textOf(random, ALPHABETS.base36, 10),
        rcode: 'NXDOMAIN',
      }),
    )
    expect(amongOffice([...mdns, ...netbios, ...probes])).toEqual([])
  })

  test('a directory that is asked for services, and DKIM and ACME records of many domains', () => {
    const services = Array.from({ length: 300 }, (_, i) => {
      const guid = inLabels(textOf(random, ALPHABETS.hex, 32), 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
      const name = [`_ldap._tcp.site-${i % 9}._sites.dc._msdcs`, `_kerberos._tcp.site-${i % 7}._sites`, `${guid}._msdcs`][
        i % 30 === 0 ? 2 : i % 2
      ]
      return madeLookup({
        at: T0 + i * 2_000,
        source: '10.0.0.30',
        qname: `${name}.corp.example.com`,
        qtype: i % 30 === 0 ? 'CNAME' : 'SRV',
      })
    })
    const mail = Array.from({ length: 300 }, (_, i) =>
      madeLookup({
        at: T0 + i * 1_000,
        source: '10.0.0.25',
        qname: `s${i % 5}-${textOf(random, ALPHABETS.hex, 8)}._domainkey.shop-${i}.com`,
        qtype: 'TXT',
      }),
    )
    expect(ofDetector(amongOffice([...services, ...mail]), 'dns_lookup_tunneling')).toEqual([])
  })

  test('names that are none at all change nothing', () => {
    const odd = ['', '.', 'a'.repeat(300), '\\000\\255.evil.example', '_.com', 'com', '10.0.0.1', 'xn--.example.com']
    const events = Array.from({ length: 400 }, (_, i) => madeLookup({ at: T0 + i * 100, source: client, qname: odd[i % odd.length] ?? '' }))
    expect(alarmsOf(events)).toEqual([])
    expect(MINUTE).toBe(60_000)
  })
})
