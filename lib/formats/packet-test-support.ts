import { NOW_MS } from './test-support'

/** Builds captures for tests, octet by octet from the RFCs, apart from the code under test. */
export function capture(
  packets: readonly Buffer[],
  options: { linkType?: number; littleEndian?: boolean; nanoseconds?: boolean; startMs?: number } = {},
): Buffer {
  const { linkType = 1, littleEndian = true, nanoseconds = false, startMs = NOW_MS - 60_000 } = options
  const words = (...values: number[]) => {
    const bytes = Buffer.alloc(values.length * 4)
    for (const [at, value] of values.entries()) littleEndian ? bytes.writeUInt32LE(value, at * 4) : bytes.writeUInt32BE(value, at * 4)
    return bytes
  }
  const header = words(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4, 0, 0, 0, 262_144, linkType)
  const records = packets.map((packet, index) => {
    const at = startMs + index
    const fraction = (at % 1000) * (nanoseconds ? 1e6 : 1e3)
    return Buffer.concat([words(Math.floor(at / 1000), fraction, packet.length, packet.length), packet])
  })
  return Buffer.concat([header, ...records])
}

export const ethernet = (packet: Buffer): Buffer => Buffer.concat([Buffer.alloc(12), Buffer.from([0x08, 0x00]), packet])

export function ipv4(
  src: string,
  dst: string,
  protocol: number,
  payload: Buffer,
  options: { id?: number; offset?: number; more?: boolean; options?: Buffer } = {},
): Buffer {
  const extra = options.options ?? Buffer.alloc(0)
  const header = Buffer.alloc(20)
  header[0] = 0x45 + extra.length / 4
  header.writeUInt16BE(20 + extra.length + payload.length, 2)
  header.writeUInt16BE(options.id ?? 0, 4)
  header.writeUInt16BE((options.more ? 0x2000 : 0) | ((options.offset ?? 0) / 8), 6)
  header[9] = protocol
  header.set(src.split('.').map(Number), 12)
  header.set(dst.split('.').map(Number), 16)
  return Buffer.concat([header, extra, payload])
}

export function udp(src: string, srcPort: number, dst: string, dstPort: number, message: Buffer): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt16BE(srcPort, 0)
  header.writeUInt16BE(dstPort, 2)
  header.writeUInt16BE(8 + message.length, 4)
  return ipv4(src, dst, 17, Buffer.concat([header, message]))
}

export function tcp(src: string, srcPort: number, dst: string, dstPort: number, sequence: number, data: Buffer, flags: number): Buffer {
  const header = Buffer.alloc(20)
  header.writeUInt16BE(srcPort, 0)
  header.writeUInt16BE(dstPort, 2)
  header.writeUInt32BE(sequence, 4)
  header[12] = 0x50
  header[13] = flags
  return ipv4(src, dst, 6, Buffer.concat([header, data]))
}

export interface MessageParts {
  readonly id: number
  readonly name: string | readonly Buffer[]
  readonly type: number
  readonly answers?: readonly { readonly type: number; readonly data: Buffer }[]
  readonly response?: boolean
  readonly truncated?: boolean
  readonly rcode?: number
}

/** A DNS message with one question; with answers it is a response. Answers name the question by a pointer. */
export function dnsMessage({
  id,
  name,
  type,
  answers = [],
  response = answers.length > 0,
  truncated = false,
  rcode = 0,
}: MessageParts): Buffer {
  const header = Buffer.alloc(12)
  header.writeUInt16BE(id, 0)
  header.writeUInt16BE((response ? 0x8180 : 0x0100) | (truncated ? 0x0200 : 0) | rcode, 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(answers.length, 6)
  const labels = typeof name === 'string' ? name.split('.').map((label) => Buffer.from(label, 'latin1')) : name
  const records = answers.map((answer) =>
    Buffer.concat([
      Buffer.from([
        0xc0,
        0x0c,
        answer.type >> 8,
        answer.type & 0xff,
        0,
        1,
        0,
        0,
        0,
        60,
        answer.data.length >> 8,
        answer.data.length & 0xff,
      ]),
      answer.data,
    ]),
  )
  return Buffer.concat([
    header,
    ...labels.flatMap((label) => [Buffer.from([label.length]), label]),
    Buffer.from([0, type >> 8, type & 0xff, 0, 1]),
    ...records,
  ])
}
