import { DnsPackets } from '../dns-packets'
import type { FormatParser, FormatSink, LogFormat, ParserOptions } from '../format'
import { isPlausible } from '../timestamps'

const FILE_HEADER = 24
const RECORD_HEADER = 16
/** Larger than any snapshot length in use (262,144); a bigger claim means the reader has lost its place. */
const MAX_PACKET = 1024 * 1024

interface FileHeader {
  readonly littleEndian: boolean
  readonly nanoseconds: boolean
  readonly linkType: number
}

/** A packet capture as tcpdump writes it, both byte orders, microseconds or nanoseconds. */
export const pcap: LogFormat = {
  id: 'pcap',
  title: 'Packet capture (pcap)',
  endings: ['.pcap', '.cap', '.pcap.gz'],
  expects: 'the magic number a1b2c3d4 or a1b23c4d in either byte order',
  recognise: (head) => (head.byteLength >= 4 && readMagic(bufferOf(head)) !== null ? 1 : 0),
  createParser: (sink, options) => new PcapParser(sink, options),
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function readMagic(bytes: Buffer): Pick<FileHeader, 'littleEndian' | 'nanoseconds'> | null {
  for (const littleEndian of [true, false]) {
    const magic = littleEndian ? bytes.readUInt32LE(0) : bytes.readUInt32BE(0)
    if (magic === 0xa1b2c3d4) return { littleEndian, nanoseconds: false }
    if (magic === 0xa1b23c4d) return { littleEndian, nanoseconds: true }
  }
  return null
}

class PcapParser implements FormatParser {
  records = 0
  private readonly packets: DnsPackets
  private held: Buffer = Buffer.alloc(0)
  private header: FileHeader | null = null
  private offset = 0
  private broken = false

  constructor(
    private readonly sink: FormatSink,
    private readonly options: ParserOptions,
  ) {
    this.packets = new DnsPackets('pcap', sink)
  }

  push(chunk: Uint8Array): void {
    if (this.broken) return
    const bytes = this.held.length === 0 ? bufferOf(chunk) : Buffer.concat([this.held, chunk])
    const used = this.read(bytes)
    this.offset += used
    this.held = used < bytes.length && !this.broken ? Buffer.from(bytes.subarray(used)) : Buffer.alloc(0)
  }

  end(): void {
    if (this.held.length === 0 && this.header !== null) return
    if (this.broken) return
    this.stop(
      'truncated',
      `the file ends inside ${this.header === null ? 'its header' : `packet ${this.records + 1}`}, ${this.held.length} bytes after byte ${this.offset}`,
      this.held,
    )
  }

  /** @returns bytes used. */
  private read(bytes: Buffer): number {
    let at = 0
    if (this.header === null) {
      if (bytes.length < FILE_HEADER) return 0
      const magic = readMagic(bytes)
      if (magic === null)
        return this.stop('malformed-packet', 'the file does not begin with a pcap magic number', bytes.subarray(0, FILE_HEADER))
      // The upper bits say how the frame check sequence was captured.
      const network = magic.littleEndian ? bytes.readUInt32LE(20) : bytes.readUInt32BE(20)
      this.header = { ...magic, linkType: network & 0xffff }
      at = FILE_HEADER
    }
    const { littleEndian } = this.header
    while (at + RECORD_HEADER <= bytes.length) {
      const length = littleEndian ? bytes.readUInt32LE(at + 8) : bytes.readUInt32BE(at + 8)
      if (length > MAX_PACKET) {
        this.offset += at
        return this.stop(
          'malformed-packet',
          `the record at byte ${this.offset} claims ${length} bytes; reading stopped there`,
          bytes.subarray(at, at + RECORD_HEADER),
        )
      }
      const end = at + RECORD_HEADER + length
      if (end > bytes.length) break
      this.packet(bytes, at, end, this.header)
      at = end
    }
    return at
  }

  private packet(bytes: Buffer, at: number, end: number, { littleEndian, nanoseconds, linkType }: FileHeader): void {
    this.records += 1
    const recordNo = this.records
    const seconds = littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
    const fraction = littleEndian ? bytes.readUInt32LE(at + 4) : bytes.readUInt32BE(at + 4)
    const time = seconds * 1000 + Math.floor(fraction / (nanoseconds ? 1e6 : 1e3))
    const start = at + RECORD_HEADER
    if (!isPlausible(time, this.options.nowMs)) {
      const detail = `packet time ${seconds} s since 1970 is not between 1990 and two days from now`
      this.sink.reject({
        reason: 'implausible-time',
        recordNo,
        detail,
        sample: bytes.toString('hex', start, Math.min(end, start + 256)),
      })
      return
    }
    this.packets.accept({ linkType, bytes, start, end, at: time, recordNo })
  }

  private stop(reason: string, detail: string, bytes: Buffer): number {
    this.broken = true
    this.sink.reject({ reason, recordNo: this.records + 1, detail, sample: bytes.toString('hex', 0, 256) })
    return 0
  }
}
