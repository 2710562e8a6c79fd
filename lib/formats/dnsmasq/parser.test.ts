import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readWhole } from '../test-support'

const read = (file: string) => readFileSync(new URL(`./fixtures/${file}`, import.meta.url), 'utf8')
const extra = await readWhole(read('extra.log'))
const plain = await readWhole(read('plain.log'))

describe('leases between lookups', () => {
  const say = (program: string, message: string) => `Nov 21 18:00:01 ${program}[7]: ${message}\n`
  const log = [
    say('dnsmasq', 'query[A] a.example.com from 10.0.0.5'),
    say('dnsmasq', 'reply a.example.com is 192.0.2.1'),
    say('dnsmasq-dhcp', 'DHCPREQUEST(br0) 10.0.0.6 02:00:5e:00:53:06'),
    say('dnsmasq-dhcp', 'DHCPACK(br0) 10.0.0.6 02:00:5e:00:53:06 laptop-7'),
    say('dnsmasq-dhcp', '3921742 DHCPACK(br0) 10.0.0.8 02:00:5e:00:53:08'),
    say('dnsmasq-dhcp', 'DHCPREPLY(br0) fd00::9 00:01:00:01:2c:ff tablet'),
    say('dnsmasq-tftp', 'sent /boot/x to 10.0.0.9'),
    say('dnsmasq', 'DHCPACK(br0) 10.0.0.66 02:00:5e:00:53:66 evil'),
  ]

  test('tell names, and are accounted for', async () => {
    const { leases, lookups, records, skipped, rejected } = await readWhole(log.join(''))
    const at = Date.UTC(2026, 10, 21, 18, 0, 1)
    expect(leases).toEqual([
      { address: '10.0.0.6', name: 'laptop-7', at, until: null },
      { address: 'fd00::9', name: 'tablet', at, until: null },
    ])
    expect([records, lookups.length, rejected]).toEqual([8, 1, {}])
    expect(skipped).toEqual({ 'address-lease': 2, 'lease-without-name': 1, 'not-a-lookup': 3 })
  })

  test('do not end the list of a reply', async () => {
    const [query = '', reply = '', , lease = ''] = log
    const { lookups } = await readWhole(query + reply + lease + reply.replace('192.0.2.1', '192.0.2.2'))
    expect(lookups).toMatchObject([{ answerCount: 2 }])
  })
})

describe('dnsmasq with log-queries=extra', () => {
  test('accounts for every line', () => {
    expect(extra.records).toBe(13)
    expect(extra.skipped).toEqual({ 'not-a-lookup': 1, upstream: 1 })
    expect(extra.lookups).toHaveLength(5)
  })

  test('a CNAME chain goes on under other names', () => {
    expect(extra.lookups[0]).toMatchObject({
      qname: 'www.example.com',
      clientPort: 48988,
      rcode: 'NOERROR',
      answerCount: 2,
      answers: [
        { type: 'CNAME', data: '' },
        { type: 'A', data: '192.0.2.10' },
      ],
    })
  })

  test('an unprintable name is kept, empty and marked lossy, with its answers', () => {
    expect(extra.lookups[1]).toMatchObject({
      qname: '',
      qnameLossy: true,
      qtype: 'TXT',
      answers: [{ data: 'first is string' }, { data: 'second' }],
    })
  })

  test('a numbered type over TCP, case kept beside the name', () => {
    expect(extra.lookups[2]).toMatchObject({
      qname: 'big.example.com',
      qnameRaw: 'Big.example.com',
      qtype: 'TYPE65280',
      transport: 'tcp',
      rcode: null,
    })
  })

  test('NXDOMAIN, and an error reply that does not repeat the name', () => {
    expect(extra.lookups.slice(3).map((event) => [event.qname, event.rcode])).toEqual([
      ['nosuch.example.com', 'NXDOMAIN'],
      ['broken.example.com', 'SERVFAIL'],
    ])
  })
})

describe('dnsmasq without extra', () => {
  test('two queries for one name stay two; the reply closes the older', () => {
    const twice = plain.lookups.filter((event) => event.qname === 'twice.example.com')
    expect(twice.map((event) => [event.clientIp, event.answerCount])).toEqual([
      ['10.9.0.22', 2],
      ['10.9.0.23', null],
    ])
  })

  test('NODATA is an answer without data; a blocked name has its sinkhole address', () => {
    expect(plain.lookups[0]).toMatchObject({ qname: 'unifi', rcode: 'NOERROR', answerCount: 0, sensor: 'gate' })
    expect(plain.lookups[1]).toMatchObject({ qname: 'ads.example.com', answers: [{ type: 'A', data: '0.0.0.0' }] })
  })

  test('a name holding " from " cannot choose the client', () => {
    expect(plain.lookups.find((event) => event.qname.startsWith('evil'))).toMatchObject({ clientIp: '10.9.0.24' })
  })

  test('replies nobody asked for have no client and are counted, not stored', () => {
    expect(plain.skipped['answer-without-query']).toBe(2)
  })

  test.each([
    ['the year before, when the day is still ahead', Date.UTC(2026, 0, 1), 2025],
    ['this year, up to a day ahead', Date.UTC(2026, 10, 21), 2026],
  ])('the year: %s', async (_, nowMs, year) => {
    const log = await readWhole('Nov 21 18:07:58 dnsmasq[1]: query[A] a.example.com from 10.0.0.1\n', { nowMs })
    expect(log.lookups[0]).toMatchObject({ at: Date.UTC(year, 10, 21, 18, 7, 58), timeQuality: 'no-year' })
  })

  test('a day that no year has is refused', async () => {
    const log = await readWhole('Feb 31 18:07:58 dnsmasq[1]: query[A] a.example.com from 10.0.0.1\n')
    expect(log.rejected).toEqual({ 'bad-timestamp': 1 })
  })
})
