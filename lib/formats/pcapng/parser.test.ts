import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { dnsMessage, udp } from '../packet-test-support'
import { NOW_MS, readWhole } from '../test-support'

const here = new URL('.', import.meta.url)
const fixture = readFileSync(new URL('fixtures/iodine-start.pcapng', here))
const PACKET = udp('10.0.0.1', 4000, '10.0.0.53', 53, dnsMessage({ id: 7, name: 'a.example.com', type: 1 }))

function block(type: number, body: Buffer): Buffer {
  const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)])
  return Buffer.concat([words(type, padded.length + 12), padded, words(padded.length + 12)])
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [at, value] of values.entries()) bytes.writeUInt32LE(value, at * 4)
  return bytes
}

const section = () => block(0x0a0d0d0a, words(0x1a2b3c4d, 1, 0xffffffff, 0xffffffff))
const rawInterface = (...options: number[]) => block(1, Buffer.concat([words(101, 0), Buffer.from(options)]))
const enhanced = (clock: bigint, interfaceId = 0) =>
  block(6, Buffer.concat([words(interfaceId, Number(clock >> 32n), Number(clock & 0xffffffffn), PACKET.length, PACKET.length), PACKET]))
const AT = NOW_MS - 1_500

describe('pcapng', () => {
  test('the lab capture gives the same events as the same packets in a pcap', async () => {
    const pcapLog = await readWhole(readFileSync(new URL('../pcap/fixtures/iodine-start.pcap', here)))
    const log = await readWhole(fixture)
    expect(log.outcome.format).toBe('pcapng')
    expect(log.records).toBe(20)
    const known = new Map(pcapLog.lookups.map((event) => [event.id, event]))
    for (const event of log.lookups)
      expect(known.get(event.id)).toMatchObject({ at: event.at, qname: event.qname, recordNo: event.recordNo })
  })

  test.each([
    ['microseconds by default', [], BigInt(AT) * 1000n + 999n],
    ['nanoseconds', [9, 0, 1, 0, 9, 0, 0, 0], BigInt(AT) * 1_000_000n + 999_999n],
    ['seconds', [9, 0, 1, 0, 0, 0, 0, 0], BigInt(Math.floor(AT / 1000))],
    ['2^-20 seconds', [9, 0, 1, 0, 0x94, 0, 0, 0], (BigInt(AT) * 1_048_576n) / 1000n + 1n],
    ['an offset of 3600 s', [14, 0, 8, 0, 0x10, 0x0e, 0, 0, 0, 0, 0, 0], BigInt(AT - 3_600_000) * 1000n],
  ])('clock: %s', async (name, options, clock) => {
    const log = await readWhole(Buffer.concat([section(), rawInterface(...options), enhanced(clock)]))
    expect(log.lookups[0]?.at).toBe(name === 'seconds' ? Math.floor(AT / 1000) * 1000 : AT)
  })

  test('a new section has its own interfaces', async () => {
    const clock = BigInt(AT) * 1000n
    const log = await readWhole(Buffer.concat([section(), rawInterface(), enhanced(clock), section(), enhanced(clock)]))
    expect(log.lookups).toHaveLength(1)
    expect(log.rejected).toEqual({ 'malformed-packet': 1 })
    expect(log.rejects[0]?.detail).toContain('interface 0')
  })

  test('a simple packet block has no time', async () => {
    const log = await readWhole(Buffer.concat([section(), rawInterface(), block(3, Buffer.concat([words(PACKET.length), PACKET]))]))
    expect(log.rejected).toEqual({ 'no-timestamp': 1 })
  })

  test('unknown blocks are stepped over', async () => {
    const log = await readWhole(
      Buffer.concat([section(), rawInterface(), block(4, Buffer.alloc(40)), block(0x0bad, Buffer.alloc(7)), enhanced(BigInt(AT) * 1000n)]),
    )
    expect(log.lookups).toHaveLength(1)
    expect(log.records).toBe(1)
  })

  test('an impossible block length stops the reading and says where', async () => {
    const start = Buffer.concat([section(), rawInterface()])
    const log = await readWhole(Buffer.concat([start, words(6, 13)], start.length + 12))
    expect(log.rejects[0]?.detail).toContain(`byte ${start.length}`)
  })

  test('cut at every length it never throws and keeps the packets before the cut', async () => {
    for (let length = 12; length < fixture.length; length += 7) {
      const log = await readWhole(fixture.subarray(0, length))
      expect(log.records).toBeLessThanOrEqual(20)
      expect(log.rejects.length).toBeLessThanOrEqual(1)
    }
  })
})
