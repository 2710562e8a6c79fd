import { DnsPackets } from '../dns-packets'
import type { FormatParser, FormatSink, LogFormat, ParserOptions } from '../format'
import { isPlausible } from '../timestamps'
import { type CaptureInterface, readInterface } from './interface'

const SECTION_HEADER = 0x0a0d0d0a
const INTERFACE = 1
const PACKET = 2
const SIMPLE_PACKET = 3
const ENHANCED_PACKET = 6
const BYTE_ORDER = 0x1a2b3c4d
/** Larger than any block of a real capture; a bigger claim means the reader has lost its place. */
const MAX_BLOCK = 4 * 1024 * 1024
/** Nobody captures on more at once; it bounds what a hostile file can make the reader keep. */
const MAX_INTERFACES = 4_096

/** A packet capture as Wireshark writes it: sections, each with its byte order and interfaces. */
export const pcapng: LogFormat = {
  id: 'pcapng',
  title: 'Packet capture (pcapng)',
  endings: ['.pcapng', '.pcapng.gz'],
  expects: 'a section header block: 0a0d0d0a and a byte-order mark',
  recognise: (head) => (head.byteLength >= 12 && byteOrder(bufferOf(head), 0) !== null ? 1 : 0),
  createParser: (sink, options) => new PcapngParser(sink, options),
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Byte order of the section header at `at`; null when there is none. The block's type reads the same in both. */
function byteOrder(bytes: Buffer, at: number): 'little' | 'big' | null {
  if (bytes.readUInt32BE(at) !== SECTION_HEADER) return null
  if (bytes.readUInt32LE(at + 8) === BYTE_ORDER) return 'little'
  return bytes.readUInt32BE(at + 8) === BYTE_ORDER ? 'big' : null
}

/** The interface a packet names, its clock's two halves (null: it has none) and the bytes captured. */
interface PacketBlock {
  readonly interfaceId: number
  readonly clock: readonly [number, number] | null
  readonly start: number
  readonly length: number
}

class PcapngParser implements FormatParser {
  records = 0
  private readonly packets: DnsPackets
  private held: Buffer = Buffer.alloc(0)
  private interfaces: CaptureInterface[] = []
  private littleEndian = true
  private offset = 0
  private started = false
  private broken = false

  constructor(
    private readonly sink: FormatSink,
    private readonly options: ParserOptions,
  ) {
    this.packets = new DnsPackets('pcapng', sink)
  }

  push(chunk: Uint8Array): void {
    if (this.broken) return
    const bytes = this.held.length === 0 ? bufferOf(chunk) : Buffer.concat([this.held, chunk])
    const used = this.read(bytes)
    this.offset += used
    this.held = used < bytes.length && !this.broken ? Buffer.from(bytes.subarray(used)) : Buffer.alloc(0)
  }

  end(): void {
    if (this.broken || (this.held.length === 0 && this.started)) return
    this.stop('truncated', `the file ends inside a block, ${this.held.length} bytes after byte ${this.offset}`, this.held)
  }

  /** @returns bytes used. */
  private read(bytes: Buffer): number {
    let at = 0
    while (at + 12 <= bytes.length) {
      const type = this.u32(bytes, at)
      if (bytes.readUInt32BE(at) === SECTION_HEADER || !this.started) {
        const order = byteOrder(bytes, at)
        if (order === null) return this.lost(bytes, at, 'is no section header')
        this.littleEndian = order === 'little'
        this.interfaces = []
        this.started = true
      }
      const length = this.u32(bytes, at + 4)
      if (length < 12 || length % 4 !== 0 || length > MAX_BLOCK) return this.lost(bytes, at, `claims ${length} bytes`)
      if (at + length > bytes.length) break
      this.block(type, bytes, at, length)
      at += length
    }
    return at
  }

  private block(type: number, bytes: Buffer, at: number, length: number): void {
    const body = at + 8
    const end = at + length - 4
    if (type === INTERFACE) {
      if (end - body >= 8 && this.interfaces.length < MAX_INTERFACES) {
        this.interfaces.push(readInterface(bytes.subarray(body, end), this.littleEndian))
      }
      return
    }
    const packet = this.packetBlock(type, bytes, body, end)
    if (packet === null) return
    this.records += 1
    if (packet === 'malformed') this.refuse('malformed-packet', 'the packet block is shorter than it says', bytes, body, end)
    else this.packet(packet, bytes)
  }

  /** @returns null for blocks that hold no packet. */
  private packetBlock(type: number, bytes: Buffer, body: number, end: number): PacketBlock | 'malformed' | null {
    if (type === SIMPLE_PACKET) {
      if (body + 4 > end) return 'malformed'
      // No captured length of its own: what fits the block, without padding.
      return { interfaceId: 0, clock: null, start: body + 4, length: Math.min(this.u32(bytes, body), end - body - 4) }
    }
    if (type !== ENHANCED_PACKET && type !== PACKET) return null
    if (body + 20 > end) return 'malformed'
    const interfaceId = type === PACKET ? this.u16(bytes, body) : this.u32(bytes, body)
    const length = this.u32(bytes, body + 12)
    if (length > end - body - 20) return 'malformed'
    return { interfaceId, clock: [this.u32(bytes, body + 4), this.u32(bytes, body + 8)], start: body + 20, length }
  }

  private packet({ interfaceId, clock, start, length }: PacketBlock, bytes: Buffer): void {
    const end = start + length
    const from = this.interfaces[interfaceId]
    if (from === undefined) {
      this.refuse('malformed-packet', `the packet names interface ${interfaceId}, which the section does not describe`, bytes, start, end)
      return
    }
    if (clock === null) {
      this.refuse('no-timestamp', 'a simple packet block carries no time', bytes, start, end)
      return
    }
    const at = from.toMs(clock[0], clock[1])
    if (!isPlausible(at, this.options.nowMs)) {
      this.refuse('implausible-time', 'the packet time is not between 1990 and two days from now', bytes, start, end)
      return
    }
    this.packets.accept({ linkType: from.linkType, bytes, start, end, at, recordNo: this.records })
  }

  private lost(bytes: Buffer, at: number, what: string): number {
    this.offset += at
    return this.stop('malformed-packet', `the block at byte ${this.offset} ${what}; reading stopped there`, bytes.subarray(at, at + 12))
  }

  private stop(reason: string, detail: string, bytes: Buffer): number {
    this.broken = true
    this.sink.reject({ reason, recordNo: this.records + 1, detail, sample: bytes.toString('hex', 0, 256) })
    return 0
  }

  private refuse(reason: string, detail: string, bytes: Buffer, start: number, end: number): void {
    this.sink.reject({ reason, recordNo: this.records, detail, sample: bytes.toString('hex', start, Math.min(end, start + 256)) })
  }

  private u16(bytes: Buffer, at: number): number {
    return this.littleEndian ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)
  }

  private u32(bytes: Buffer, at: number): number {
    return this.littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
  }
}
