import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { type Alphabet, BASE32, BASE64, BASE64URL, crc32, encodeText, HEX, IODINE32, SLIVER32 } from '../../decode/base-n'

// Names made by hand after the tools' published formats, for tests only: no tool ran.

/** Bytes of a fixed random source. */
export function randomBytes(seed: string | number, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 64) }, (_, i) => createHash('sha512').update(`${seed} ${i}`).digest())
  return Buffer.concat(blocks).subarray(0, length)
}

export const each = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))
export const inLabels = (text: string, size = 63): string => (text.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join('.')
const u16 = (...values: number[]): Buffer => Buffer.from(values.flatMap((value) => [(value >> 8) & 255, value & 255]))
const symbol = (value: number): string => IODINE32.symbols.charAt(value)

export const iodinePing = (user: number, seed: number): string =>
  `p${encodeText(Buffer.concat([Buffer.from([user, 0x13]), u16(seed)]), IODINE32)}`
export const iodineVersion = (seed: number): string => `v${encodeText(Buffer.concat([u16(0, 0x502), u16(seed)]), IODINE32)}`
export const iodineLogin = (user: number, seed: number): string =>
  `l${encodeText(Buffer.concat([Buffer.from([user]), randomBytes('md5', 16), u16(seed)]), IODINE32)}`
/** A packet in one fragment, or the given fragment of it. */
export const iodineData = (i: number, packet: Buffer, used: Alphabet = IODINE32, fragment = 0): string => {
  const sequence = i & 7
  const header = `0${symbol((sequence << 2) | (fragment >> 2))}${symbol(((fragment & 3) << 3) | 1)}${symbol(1)}`
  const counter = 'abcdefghijklmnopqrstuvwxyz0123456789'.charAt(i % 36)
  return inLabels(`${header}${counter}${encodeText(deflateSync(packet, { level: 9 }), used)}`, 57)
}

/** An IPv4 packet behind the four bytes of a tunnel interface. */
export function ipPacket(text: string): Buffer {
  const header = Buffer.from([0x45, 0, 0, 20 + text.length, 0, 1, 0x40, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2])
  let sum = 0
  for (let at = 0; at < 20; at += 2) sum += header.readUInt16BE(at)
  header.writeUInt16BE(~((sum & 0xffff) + (sum >>> 16)) & 0xffff, 10)
  return Buffer.concat([Buffer.from([0, 0, 8, 0]), header, Buffer.from(text, 'latin1')])
}

export const dnscat2Encrypted = (i: number, session = 0x0dca): string =>
  inLabels(
    encodeText(
      Buffer.concat([randomBytes(`id ${i}`, 2), Buffer.from([1]), u16(session), randomBytes(`sig ${i}`, 6), u16(i), randomBytes(i, 6)]),
      HEX,
    ),
    60,
  )
export const dnscat2Plain = (i: number, text: string, sequence: number): string =>
  inLabels(encodeText(Buffer.concat([randomBytes(`id ${i}`, 2), Buffer.from([1]), u16(0xa621, sequence, 7), Buffer.from(text)]), HEX), 60)

export const dns2tcpPacket = (i: number, data: Buffer | null): string =>
  inLabels(encodeText(Buffer.concat([u16(0x2114, i, i + 1), Buffer.from([data === null ? 4 : 8]), data ?? Buffer.alloc(0)]), BASE64))

export const exfiltratorInit = (file: string, chunks: number): string =>
  `init.${encodeText(Buffer.from(`${file}|${chunks}`), BASE32)}.base64`
export const exfiltratorChunk = (i: number): string => `${i}.${inLabels(encodeText(randomBytes(i, 90), BASE64URL))}`

export function dnsttQuery(i: number, packet: Buffer | null, client = randomBytes('client', 8)): string {
  const padding = packet === null ? 8 : 3
  const rest = packet === null ? Buffer.alloc(0) : Buffer.concat([Buffer.from([packet.length]), packet])
  return inLabels(encodeText(Buffer.concat([client, Buffer.from([0xe0 + padding]), randomBytes(i, padding), rest]), BASE32))
}

const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))])
/** Type DATA_FROM_IMPLANT with number, start, size and data. */
function sliverBytes(i: number, session: number): Buffer {
  const data = randomBytes(i, 40)
  const bytes = [8, 8, 16, ...varint(session + (i + 1) * 2 ** 24), 24, ...varint(40 * i + 1), 40, ...varint(4_000), 50, data.length]
  return Buffer.concat([Buffer.from(bytes), data])
}
export const sliverMessage = (i: number, session = 0xabcdef): string => inLabels(encodeText(sliverBytes(i, session), SLIVER32))

const BITCOIN = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
/** The same as one large number in base 58. */
export function sliverMessage58(i: number, session = 0xabcdef): string {
  let text = ''
  for (let rest = BigInt(`0x${sliverBytes(i, session).toString('hex')}`); rest > 0n; rest /= 58n)
    text = BITCOIN.charAt(Number(rest % 58n)) + text
  return inLabels(text)
}

export function godohRequest(i: number, flaw = 0): string {
  const data = randomBytes(i, 60)
  const labels = data.toString('hex').match(/.{60}/g) ?? []
  return `a1b2.ef.${i}.${((crc32(data) ^ flaw) >>> 0).toString(16).padStart(2, '0')}.0.2.${labels.join('.')}.0`
}

const pupyText = (bytes: Buffer): string => {
  const text = encodeText(bytes, { ...BASE32, symbols: 'abcdefghijklmnopqrstuvwxyz123456' })
  return text.padEnd(Math.ceil(text.length / 8) * 8, '9')
}
/** Requests of one session, their nonces following each other. */
export function pupyRequests(count: number): string[] {
  let nonce = 0x12345678
  return each(count, (i) => {
    const payload = randomBytes(`payload ${i}`, 12 + (i % 7))
    const node = randomBytes(`node ${i}`, 13)
    const head = Buffer.alloc(4)
    head.writeUInt32BE(nonce)
    nonce += payload.length + node.length
    return `${pupyText(randomBytes('spi', 4))}.${pupyText(Buffer.concat([head, node]))}.${pupyText(payload)}`
  })
}

/** A packet of Mythic's DNS profile: session, message, pieces announced, its number, data. */
export function mythicPacket(chunk: number, { message = 0x5eadbeef, total = 6 }: { message?: number; total?: number } = {}): string {
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))])
  const data = randomBytes(`mythic ${message} ${chunk}`, 40)
  const numbers = [2, 0xc0ffee11, 3, message, 4, total, ...(chunk === 0 ? [] : [5, chunk])]
  const fields = numbers.flatMap((value, i) => (i % 2 === 0 ? [value << 3] : varint(value)))
  return inLabels(encodeText(Buffer.from([...fields, (6 << 3) | 2, data.length, ...data]), BASE32))
}
