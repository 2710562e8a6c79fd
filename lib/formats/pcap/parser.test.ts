import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { capture, dnsMessage, ethernet, ipv4, tcp, udp } from '../packet-test-support'
import { NOW_MS, readWhole } from '../test-support'

const fixture = readFileSync(new URL('./fixtures/iodine-start.pcap', import.meta.url))
const QUERY = dnsMessage({ id: 7, name: 'a.example.com', type: 1 })
const ANSWER = dnsMessage({ id: 7, name: 'a.example.com', type: 1, answers: [{ type: 1, data: Buffer.from([192, 0, 2, 1]) }] })
const CLIENT = '10.0.0.1'
const SERVER = '10.0.0.53'
const query = (message = QUERY, port = 53) => udp(CLIENT, 4000, SERVER, port, message)
const answer = (message = ANSWER, port = 53) => udp(SERVER, port, CLIENT, 4000, message)

describe('pcap', () => {
  test('the lab capture: 29 queries, two more answers to queries before the cut', async () => {
    const log = await readWhole(fixture)
    expect(log.lookups.filter((event) => event.queryBytes !== null)).toHaveLength(29)
    expect(log.lookups).toHaveLength(31)
    expect(log.records).toBe(60)
    expect(log.rejects).toEqual([])
    const tunnel = log.lookups.filter((event) => event.qname.endsWith('.t.brindlecove.net'))
    expect(tunnel.every((event) => event.clientIp === '10.9.0.20' && event.serverIp === '10.9.0.53')).toBe(true)
  })

  test.each([
    ['little-endian microseconds', { littleEndian: true, nanoseconds: false }],
    ['big-endian microseconds', { littleEndian: false, nanoseconds: false }],
    ['little-endian nanoseconds', { littleEndian: true, nanoseconds: true }],
    ['big-endian nanoseconds', { littleEndian: false, nanoseconds: true }],
  ])('%s', async (_, order) => {
    const log = await readWhole(capture([ethernet(query())], { ...order, startMs: NOW_MS - 1 }))
    expect(log.lookups[0]).toMatchObject({ at: NOW_MS - 1, qname: 'a.example.com', qtype: 'A', clientPort: 4000, queryBytes: QUERY.length })
  })

  test.each([
    ['Ethernet', 1, Buffer.from('0000000000000000000000000800', 'hex')],
    ['802.1Q', 1, Buffer.from('000000000000000000000000810000050800', 'hex')],
    ['QinQ', 1, Buffer.from('00000000000000000000000088a800058100000a0800', 'hex')],
    ['raw IP', 101, Buffer.alloc(0)],
    ['raw IP, old number', 12, Buffer.alloc(0)],
    ['raw IPv4', 228, Buffer.alloc(0)],
    ['BSD loopback', 0, Buffer.from('02000000', 'hex')],
    ['OpenBSD loopback', 108, Buffer.from('00000002', 'hex')],
    ['Linux cooked', 113, Buffer.from('00000001000600000000000000000800', 'hex')],
    ['Linux cooked 2', 276, Buffer.from('0800000000000001000100060000000000000000', 'hex')],
  ])('%s frames', async (_, linkType, header) => {
    const log = await readWhole(capture([Buffer.concat([header, query()])], { linkType }))
    expect(log.lookups.map((event) => event.qname)).toEqual(['a.example.com'])
  })

  test('query and answer are one lookup with both sizes', async () => {
    const log = await readWhole(capture([ethernet(query()), ethernet(answer())]))
    expect(log.lookups).toHaveLength(1)
    expect(log.lookups[0]).toMatchObject({ rcode: 'NOERROR', answerCount: 1, queryBytes: QUERY.length, responseBytes: ANSWER.length })
    expect(log.lookups[0]?.answers).toEqual([{ name: 'a.example.com', type: 'A', ttlSeconds: 60, data: '192.0.2.1', bytes: 4 }])
  })

  test.each([5353, 5355, 137])('port %i is local multicast, not a client lookup', async (port) => {
    const log = await readWhole(capture([ethernet(query(QUERY, port))]))
    expect(log.lookups[0]?.scope).toBe('local-multicast')
  })

  test('a query quoted by an ICMP error does not count', async () => {
    const icmp = ipv4(SERVER, CLIENT, 1, Buffer.concat([Buffer.from([3, 3, 0, 0, 0, 0, 0, 0]), query()]))
    const log = await readWhole(capture([ethernet(icmp)]))
    expect(log.lookups).toEqual([])
    expect(log.skipped).toEqual({ icmp: 1 })
  })

  test('Ethernet padding is no part of the message', async () => {
    const log = await readWhole(capture([Buffer.concat([ethernet(query()), Buffer.alloc(9)])]))
    expect(log.lookups[0]?.queryBytes).toBe(QUERY.length)
  })

  test('IPv4 options are stepped over', async () => {
    const log = await readWhole(capture([ethernet(ipv4(CLIENT, SERVER, 17, query().subarray(20), { options: Buffer.alloc(8, 1) }))]))
    expect(log.lookups[0]?.qname).toBe('a.example.com')
  })

  test('fragments in any order make one message', async () => {
    const payload = query().subarray(20)
    const first = ipv4(CLIENT, SERVER, 17, payload.subarray(0, 16), { id: 9, more: true })
    const last = ipv4(CLIENT, SERVER, 17, payload.subarray(16), { id: 9, offset: 16 })
    for (const packets of [
      [first, last],
      [last, first],
    ]) {
      const log = await readWhole(capture(packets.map((packet) => ethernet(packet))))
      expect(log.lookups.map((event) => event.qname)).toEqual(['a.example.com'])
      expect(log.skipped).toEqual({ 'ip-fragment': 1 })
    }
  })

  test('a malformed message is rejected with its bytes, and the next packet read', async () => {
    const broken = Buffer.from(QUERY)
    broken[12] = 0x80
    const log = await readWhole(capture([ethernet(query(broken)), ethernet(query())]))
    expect(log.rejected).toEqual({ 'malformed-dns': 1 })
    expect(log.rejects[0]?.sample).toMatch(/^[0-9a-f]+$/)
    expect(log.lookups).toHaveLength(1)
  })

  test('a clock before 1990 is implausible', async () => {
    const log = await readWhole(capture([ethernet(query())], { startMs: 1_000 }))
    expect(log.rejected).toEqual({ 'implausible-time': 1 })
  })

  test('an impossible record length stops the reading and says where', async () => {
    const bytes = capture([ethernet(query()), ethernet(query())])
    const second = 24 + 16 + ethernet(query()).length
    bytes.writeUInt32LE(0xfffffff0, second + 8)
    const log = await readWhole(bytes)
    expect(log.lookups).toHaveLength(1)
    expect(log.rejects[0]).toMatchObject({ reason: 'malformed-packet', recordNo: 2 })
    expect(log.rejects[0]?.detail).toContain(`byte ${second}`)
  })

  test('cut at every length: whole packets before the cut are kept, and a cut inside a packet is reported', async () => {
    const packets = [ethernet(query()), ethernet(answer())]
    const bytes = capture(packets)
    const ends = [24, 24 + 16 + (packets[0]?.length ?? 0), bytes.length]
    for (let length = 4; length <= bytes.length; length++) {
      const log = await readWhole(bytes.subarray(0, length))
      const whole = ends.filter((end) => end <= length).length - 1
      expect(log.records).toBe(Math.max(0, whole))
      expect(log.rejected).toEqual(ends.includes(length) ? {} : { truncated: 1 })
    }
  })

  test('any chunking gives the same events', async () => {
    const whole = await readWhole(fixture)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3000 }), async (chunk) => {
        expect((await readWhole(fixture, {}, chunk)).events).toEqual(whole.events)
      }),
      { numRuns: 15 },
    )
  })
})

describe('DNS over TCP', () => {
  const framed = (message: Buffer) => Buffer.concat([Buffer.from([message.length >> 8, message.length & 0xff]), message])
  const other = dnsMessage({ id: 8, name: 'b.example.com', type: 16 })
  const both = Buffer.concat([framed(QUERY), framed(other)])
  const segment = (sequence: number, data: Buffer, flags = 0x18) => ethernet(tcp(CLIENT, 4001, SERVER, 53, sequence, data, flags))
  const syn = segment(99, Buffer.alloc(0), 0x02)
  const names = async (...packets: Buffer[]) => (await readWhole(capture(packets))).lookups.map((event) => event.qname)

  test('several messages in one segment', async () => {
    expect(await names(syn, segment(100, both))).toEqual(['a.example.com', 'b.example.com'])
  })

  test('a message over segments of one octet', async () => {
    expect(await names(syn, ...[...both].map((byte, at) => segment(100 + at, Buffer.from([byte]))))).toEqual([
      'a.example.com',
      'b.example.com',
    ])
  })

  test('out of order', async () => {
    expect(await names(syn, segment(110, both.subarray(10)), segment(100, both.subarray(0, 10)))).toEqual([
      'a.example.com',
      'b.example.com',
    ])
  })

  test('retransmits and overlaps count once', async () => {
    expect(
      await names(syn, segment(100, both.subarray(0, 20)), segment(100, both.subarray(0, 20)), segment(105, both.subarray(5))),
    ).toEqual(['a.example.com', 'b.example.com'])
  })

  test('a capture that misses the SYN', async () => {
    expect(await names(segment(5000, both))).toEqual(['a.example.com', 'b.example.com'])
  })

  test('sequence numbers wrap', async () => {
    const start = 0xfffffff0
    expect(
      await names(
        segment(start - 1, Buffer.alloc(0), 0x02),
        segment(start, both.subarray(0, 20)),
        segment((start + 20) >>> 0, both.subarray(20)),
      ),
    ).toEqual(['a.example.com', 'b.example.com'])
  })

  test('a new connection on the same ports starts afresh', async () => {
    expect(await names(syn, segment(100, framed(QUERY)), segment(900_000, Buffer.alloc(0), 0x02), segment(900_001, framed(other)))).toEqual(
      ['a.example.com', 'b.example.com'],
    )
  })

  test('a truncated UDP answer and the TCP lookup after it are one lookup', async () => {
    const cut = dnsMessage({ id: 7, name: 'a.example.com', type: 1, truncated: true, response: true })
    const reply = ethernet(tcp(SERVER, 53, CLIENT, 4001, 500, framed(ANSWER), 0x18))
    const log = await readWhole(capture([ethernet(query()), ethernet(answer(cut)), syn, segment(100, framed(QUERY)), reply]))
    expect(log.lookups).toHaveLength(1)
    expect(log.lookups[0]).toMatchObject({ transport: 'tcp', answerCount: 1, rcode: 'NOERROR', attempts: 2 })
  })
})
