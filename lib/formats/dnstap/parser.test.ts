import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { dnsMessage } from '../packet-test-support'
import { readWhole } from '../test-support'

const read = (file: string) => readFileSync(new URL(`./fixtures/${file}`, import.meta.url))
const bind = await readWhole(read('bind.fstrm'))
const knot = await readWhole(read('knot.fstrm'))

describe('real files', () => {
  test('BIND: 32 frames, 16 lookups, all answered', () => {
    expect(bind.outcome.format).toBe('dnstap')
    expect(bind.records).toBe(32)
    expect(bind.rejects).toEqual([])
    expect(bind.lookups).toHaveLength(16)
    expect(bind.lookups.filter((event) => event.rcode === null)).toEqual([])
  })

  test('a query and its answer have both their sizes, and the query gives the time', () => {
    expect(bind.lookups[0]).toMatchObject({
      at: Date.UTC(2026, 10, 21, 18, 8, 25, 147),
      clientIp: '127.0.0.1',
      clientPort: 32926,
      serverPort: 5301,
      transport: 'udp',
      transactionId: 0x26ca,
      qname: 'www.lab.test',
      qtype: 'A',
      rcode: 'NOERROR',
      queryBytes: 53,
      responseBytes: 85,
      sensor: 'ns-lab',
      scope: 'client',
      answers: [{ type: 'A', data: '192.0.2.10' }],
    })
  })

  test('Knot: frames out of order, TCP among them', () => {
    expect(knot.records).toBe(24)
    expect(knot.lookups).toHaveLength(12)
    expect(knot.lookups.find((event) => event.qname === 'big.lab.test')).toMatchObject({ transport: 'tcp', qtype: 'TXT' })
  })
})

const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))])
const number = (field: number, value: number) => Buffer.from([...varint(field * 8), ...varint(value)])
const bytes = (field: number, value: Buffer) => Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(value.length)]), value])
const frame = (payload: Buffer) => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(payload.length)
  return Buffer.concat([length, payload])
}
const START = read('bind.fstrm').subarray(0, 42)
const tap = (type: number, name: string) =>
  frame(
    bytes(
      14,
      Buffer.concat([
        number(1, type),
        number(3, 4),
        bytes(4, Buffer.from([192, 0, 2, 1])),
        number(6, 4000),
        number(8, Date.UTC(2026, 10, 21) / 1000),
        bytes(10, dnsMessage({ id: 7, name, type: 1 })),
      ]),
    ),
  )

describe('message types', () => {
  test.each([
    [1, 'client'],
    [3, 'upstream'],
    [5, 'client'],
    [7, 'upstream'],
    [9, 'upstream'],
    [11, 'client'],
  ])('type %i is %s', async (type, scope) => {
    const log = await readWhole(Buffer.concat([START, tap(type, 'a.example.com')]))
    expect(log.lookups).toMatchObject([{ scope, transport: 'doh', clientIp: '192.0.2.1', qname: 'a.example.com' }])
  })

  test('updates are skipped', async () => {
    expect((await readWhole(Buffer.concat([START, tap(13, 'a.example.com')]))).skipped).toEqual({ 'not-a-query': 1 })
  })
})

describe('damage', () => {
  test('a cut file keeps what came before and says where it ends', async () => {
    const log = await readWhole(read('bind.fstrm').subarray(0, 300))
    expect(log.lookups).toHaveLength(1)
    expect(log.rejected).toEqual({ truncated: 1 })
  })

  test('a frame that is no protobuf does not harm the next', async () => {
    const log = await readWhole(Buffer.concat([START, frame(Buffer.from([0xff, 0xff, 1])), tap(5, 'b.example.com')]))
    expect(log.rejected).toEqual({ 'malformed-frame': 1 })
    expect(log.lookups).toHaveLength(1)
  })

  test('an impossible length stops the reading', async () => {
    const log = await readWhole(Buffer.concat([START, tap(5, 'c.example.com'), Buffer.from('7fffffff', 'hex')]))
    expect(log.lookups).toHaveLength(1)
    expect(log.rejected).toEqual({ 'malformed-frame': 1 })
  })
})
