import { describe, expect, test } from 'vitest'
import type { DnsEvent } from '@/lib/domain/dns-event'
import type { LogEvent } from '@/lib/domain/log-event'
import { createCorrelator } from './correlate'
import type { ParsedDns, ParsedProcess } from './format'

const AT = Date.UTC(2026, 10, 21)
const BASE: ParsedDns = {
  kind: 'dns',
  at: AT,
  timeQuality: 'exact',
  source: '10.0.0.1',
  clientIp: '10.0.0.1',
  clientPort: 4000,
  serverIp: '10.0.0.53',
  serverPort: 53,
  transport: 'udp',
  transactionId: 7,
  qname: 'a.example.com',
  qnameRaw: null,
  qnameLossy: false,
  qtype: 'A',
  rcode: null,
  answers: [],
  answerCount: null,
  queryBytes: null,
  responseBytes: null,
  hostId: null,
  hostName: null,
  userName: null,
  processName: null,
  sensor: null,
  scope: 'client',
  attempts: 1,
  format: 'test',
  recordNo: 1,
}
const query = (change: Partial<ParsedDns> = {}): ParsedDns => ({ ...BASE, role: 'query', ...change })
const answer = (change: Partial<ParsedDns> = {}): ParsedDns => ({ ...BASE, role: 'response', rcode: 'NOERROR', answerCount: 0, ...change })
/** Without port and id, as dnsmasq and Sysmon log. */
const loose = { clientPort: null, transactionId: null } as const

function correlate(...events: (ParsedDns | ParsedProcess)[]): { lookups: DnsEvent[]; all: LogEvent[]; skipped: string[] } {
  const all: LogEvent[] = []
  const skipped: string[] = []
  const correlator = createCorrelator(
    (event) => all.push(event),
    (reason) => skipped.push(reason),
  )
  for (const event of events) correlator.accept({ ...event })
  correlator.end()
  return { lookups: all.filter((event) => event.kind === 'dns'), all, skipped }
}

describe('D1: with a port or an id', () => {
  test('query and answer are one lookup at the time of the query', () => {
    const { lookups } = correlate(query({ queryBytes: 30 }), answer({ at: AT + 40, responseBytes: 90, rcode: 'NXDOMAIN' }))
    expect(lookups).toHaveLength(1)
    expect(lookups[0]).toMatchObject({ at: AT, rcode: 'NXDOMAIN', answerCount: 0, queryBytes: 30, responseBytes: 90, attempts: 1 })
  })

  test('an answer that is logged before its query still belongs to it', () => {
    const { lookups } = correlate(answer({ at: AT + 40 }), query())
    expect(lookups).toHaveLength(1)
    expect(lookups[0]).toMatchObject({ at: AT, attempts: 1, rcode: 'NOERROR' })
  })

  test.each([
    [4_999, 1, 2],
    [5_000, 2, 1],
  ])('the same query %i ms later: %i lookup(s)', (later, count, attempts) => {
    const { lookups } = correlate(query(), query({ at: AT + later }))
    expect(lookups.map((event) => event.attempts)).toEqual(Array(count).fill(attempts))
  })

  test('three attempts and one answer', () => {
    const { lookups } = correlate(query(), query({ at: AT + 1_000 }), query({ at: AT + 3_000 }), answer({ at: AT + 3_020 }))
    expect(lookups.map((event) => [event.at, event.attempts, event.rcode])).toEqual([[AT, 3, 'NOERROR']])
  })

  test('an answer 9 s late is still the answer', () => {
    expect(correlate(query(), answer({ at: AT + 9_000 })).lookups).toHaveLength(1)
  })

  test('a second answer is dropped, the first stands', () => {
    const { lookups } = correlate(query(), answer({ rcode: 'NOERROR' }), answer({ rcode: 'NXDOMAIN' }))
    expect(lookups.map((event) => event.rcode)).toEqual(['NOERROR'])
  })

  test.each([
    ['port', { clientPort: 4001 }],
    ['id', { transactionId: 8 }],
    ['client', { clientIp: '10.0.0.2', source: '10.0.0.2' }],
    ['server', { serverIp: '10.0.0.54' }],
    ['name', { qname: 'b.example.com' }],
    ['type', { qtype: 'AAAA' }],
    ['sensor (D4)', { sensor: 'other' }],
    ['scope (D5)', { scope: 'upstream' }],
  ] as const)('another %s is another lookup', (_, change) => {
    expect(correlate(query(), query(change)).lookups).toHaveLength(2)
  })

  test('a record without a type matches any, and takes the type over', () => {
    const { lookups } = correlate(answer({ qtype: null }), query({ qtype: 'TXT', at: AT - 10 }))
    expect(lookups.map((event) => event.qtype)).toEqual(['TXT'])
  })

  test('0x20 case does not matter and is kept', () => {
    const { lookups } = correlate(query({ qnameRaw: 'A.eXample.com' }), answer())
    expect(lookups.map((event) => event.qnameRaw)).toEqual(['A.eXample.com'])
  })
})

describe('D2: without port and id', () => {
  test('two queries are two lookups; a reply closes the older', () => {
    const { lookups } = correlate(query(loose), query({ ...loose, at: AT + 1 }), answer({ ...loose, at: AT + 2, answerCount: 3 }))
    expect(lookups.map((event) => [event.at, event.answerCount])).toEqual([
      [AT, 3],
      [AT + 1, null],
    ])
  })

  test('a reply that names no client finds the query by name', () => {
    const { lookups } = correlate(query(loose), answer({ ...loose, clientIp: null, source: null, qtype: null }))
    expect(lookups.map((event) => [event.clientIp, event.qtype, event.rcode])).toEqual([['10.0.0.1', 'A', 'NOERROR']])
  })

  test('a reply that names no client and finds no query is counted, not stored', () => {
    const { lookups, skipped } = correlate(answer({ ...loose, clientIp: null, source: null }))
    expect([lookups.length, skipped]).toEqual([0, ['answer-without-query']])
  })

  test('a reply of another process is not the answer', () => {
    expect(correlate(query({ ...loose, processName: 'a.exe' }), answer({ ...loose, processName: 'b.exe' })).lookups).toHaveLength(2)
  })
})

describe('D3, D6 and scope', () => {
  test('a query alone and an answer alone are lookups', () => {
    const { lookups } = correlate(query(), answer({ qname: 'b.example.com' }))
    expect(lookups.map((event) => [event.qname, event.rcode, event.attempts])).toEqual([
      ['a.example.com', null, 1],
      ['b.example.com', 'NOERROR', 1],
    ])
  })

  test.each([
    [1_999, 1],
    [2_001, 2],
  ])('a cut UDP answer and a TCP query %i ms later: %i lookup(s)', (later, count) => {
    const tcp = { transport: 'tcp', clientPort: 4001, transactionId: 9 } as const
    const { lookups } = correlate(
      query(),
      answer({ truncated: true }),
      query({ ...tcp, at: AT + later }),
      answer({ ...tcp, at: AT + later + 5, answerCount: 9 }),
    )
    expect(lookups).toHaveLength(count)
    expect(lookups.at(-1)).toMatchObject({ answerCount: 9, rcode: 'NOERROR' })
  })

  test('multicast is never paired', () => {
    expect(correlate(query({ scope: 'local-multicast' }), answer({ scope: 'local-multicast' })).lookups).toHaveLength(2)
  })
})

describe('bounds and ids', () => {
  test('a lookup outside its window is handed on while the stream goes on', () => {
    const handedOn: LogEvent[] = []
    const correlator = createCorrelator(
      (event) => handedOn.push(event),
      () => undefined,
    )
    for (let index = 0; index < 20_000; index++)
      correlator.accept(query({ at: AT + index * 100, transactionId: index & 0xffff, qname: `n${index}.example.com` }))
    expect(handedOn.length).toBeGreaterThan(17_000)
  })

  test('a flood inside one window is bounded: the oldest are handed on as unanswered', () => {
    const handedOn: LogEvent[] = []
    const correlator = createCorrelator(
      (event) => handedOn.push(event),
      () => undefined,
    )
    for (let index = 0; index < 80_000; index++) correlator.accept(query({ qname: `n${index}.example.com` }))
    expect(handedOn.length).toBeGreaterThanOrEqual(80_000 - 65_537)
  })

  test('identical rows get ids of their own, the same ones each time', () => {
    const run = () => correlate(query(loose), query(loose), query(loose)).lookups.map((event) => event.id)
    expect(new Set(run()).size).toBe(3)
    expect(run()).toEqual(run())
  })

  test('the id does not depend on the answer, and fits 52 bits', () => {
    const [alone] = correlate(query()).lookups
    const [answered] = correlate(query(), answer()).lookups
    expect(answered?.id).toBe(alone?.id)
    expect(alone?.id).toBeLessThan(2 ** 52)
    expect(Number.isSafeInteger(alone?.id)).toBe(true)
  })

  test('60,000 different lookups have different ids', () => {
    const ids = new Set<number>()
    const correlator = createCorrelator(
      (event) => ids.add(event.id),
      () => undefined,
    )
    for (let index = 0; index < 60_000; index++)
      correlator.accept(
        query({
          at: AT + (index >> 3),
          transactionId: index & 7,
          clientPort: 1000 + (index % 5),
          qname: `n${index % 17}.example.com`,
          qtype: `TYPE${index}`,
        }),
      )
    correlator.end()
    expect(ids.size).toBe(60_000)
  })
})
