import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readWhole } from '../test-support'
import { likelyOrder, localTime, orderProvenBy } from './date-order'

const text = readFileSync(new URL('./fixtures/dns.log', import.meta.url), 'utf8')
const log = await readWhole(text)

describe('windows dns debug log', () => {
  test('accounts for every line', () => {
    expect(log.outcome.format).toBe('windows-dns-debug')
    expect(log.records).toBe(19)
    expect(log.rejects).toEqual([])
    expect(log.skipped).toEqual({ detail: 10, 'not-a-query': 1, 'not-a-lookup': 1 })
  })

  test("what a client asks and is told is one lookup, the server's own question another", () => {
    expect(log.lookups.filter((event) => event.qname === 'www.example.com')).toMatchObject([
      {
        at: Date.UTC(2026, 3, 13, 15, 29, 17),
        scope: 'client',
        clientIp: '10.0.0.21',
        transactionId: 0x8b2d,
        rcode: 'NOERROR',
        attempts: 1,
      },
      { scope: 'upstream', source: null, serverIp: '192.0.2.53', transactionId: 0x11aa, rcode: 'NOERROR' },
    ])
    expect(log.lookups[0]).toMatchObject({ timeQuality: 'assumed-zone', transport: 'udp', qtype: 'A' })
  })

  test('TCP, an IPv6 client, case, NXDOMAIN', () => {
    expect(log.lookups.find((event) => event.transport === 'tcp')).toMatchObject({
      clientIp: '2001:db8::21',
      transactionId: 255,
      qname: 'mfrggzdfm.t.example.com',
      qnameRaw: 'MFRGGZDFM.t.Example.com',
      rcode: 'NXDOMAIN',
    })
  })

  test('a bracket inside a label is part of it as long as the lengths say so', async () => {
    const at = '4/13/2026 3:29:22 PM 0E34 PACKET  00000265F8D2F3C0 UDP Rcv 10.0.0.23       0002   Q [0001   D   NOERROR] A      '
    const names = async (name: string) => (await readWhole(`${at}${name}\n`)).lookups.map((event) => [event.qname, event.qnameLossy])
    expect(await names('(6)a(3)b[C3](3)com(0)')).toEqual([['a\\(3\\)b\\195.com'.replaceAll('\\(', '(').replaceAll('\\)', ')'), false]])
    expect(await names('(9)short(3)com(0)')).toEqual([['short(3)c', true]])
  })
})

describe('dates', () => {
  test.each([
    ['4/11/2026', null],
    ['4/13/2026', 'month-first'],
    ['17.11.2021', 'day-first'],
    ['20140325', null],
    ['2026-11-20', null],
  ])('%s proves %s', (date, order) => {
    expect(orderProvenBy(date)).toBe(order)
  })

  test('a slash with a 12-hour clock is month first, everything else day first', () => {
    expect([likelyOrder('4/11/2026', true), likelyOrder('4/11/2026', false), likelyOrder('4.11.2026', false)]).toEqual([
      'month-first',
      'day-first',
      'day-first',
    ])
  })

  test.each([
    ['4/11/2026', '3:29:17', 'PM', 'month-first', Date.UTC(2026, 3, 11, 15, 29, 17)],
    ['4/11/2026', '12:29:17', 'AM', 'day-first', Date.UTC(2026, 10, 4, 0, 29, 17)],
    ['20140325', '15:33:00', null, 'day-first', Date.UTC(2014, 2, 25, 15, 33)],
    ['2014-03-25', '15:33:00', null, 'day-first', Date.UTC(2014, 2, 25, 15, 33)],
  ] as const)('%s %s %s, %s', (date, clock, half, order, at) => {
    expect(localTime(date, clock, half, order)).toEqual({ at, quality: 'assumed-zone' })
  })

  test('a date later in the file settles the order of the ones before', async () => {
    const line = (date: string, id: string) =>
      `${date} 15:29:22 0E34 PACKET  00000265F8D2F3C0 UDP Rcv 10.0.0.23       ${id}   Q [0001   D   NOERROR] A      (1)a(7)example(3)com(0)\n`
    const whole = await readWhole(line('04/11/2026', '0001') + line('11/13/2026', '0002'))
    expect(whole.lookups.map((event) => event.at)).toEqual([Date.UTC(2026, 3, 11, 15, 29, 22), Date.UTC(2026, 10, 13, 15, 29, 22)])
  })
})
