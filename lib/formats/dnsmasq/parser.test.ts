import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readWhole } from '../test-support'

const read = (file: string) => readFileSync(new URL(`./fixtures/${file}`, import.meta.url), 'utf8')
const extra = await readWhole(read('extra.log'))
const plain = await readWhole(read('plain.log'))

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
