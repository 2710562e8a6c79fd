import { canonicalIp } from '../address'
import { canonicalType } from '../dns-codes'
import type { FormatSink, LogFormat, ParserOptions } from '../format'
import { LineLogParser, recogniseLines } from '../line-log'
import { lookupOf } from '../lookup'
import { deliver, type Mapped, type RecordPlace } from '../mapped'
import { plausible } from '../timestamps'
import { type DateOrder, likelyOrder, localTime, orderProvenBy } from './date-order'
import { isDated, type PacketLine, readPacketLine } from './line'

/** Packets held back while no date has proved the order of day and month. */
const MAX_HELD = 20_000

/** The debug log of Windows DNS Server (`dns.log`). */
export const windowsDnsDebug: LogFormat = {
  id: 'windows-dns-debug',
  title: 'Windows DNS Server debug log',
  endings: ['.log', '.txt', '.log.gz'],
  expects: 'lines with a date, `PACKET`, `UDP` or `TCP`, `Rcv` or `Snd`, or the header `DNS Server log file creation at`',
  recognise(head) {
    const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 512)).toString('latin1')
    if (text.trimStart().startsWith('DNS Server log file creation at ')) return 1
    return recogniseLines(head, (line) => readPacketLine(line) !== null)
  },
  createParser(sink, options) {
    const packets = new DebugPackets(sink, options)
    return new LineLogParser(
      (text, place) => packets.line(text, place),
      '',
      sink,
      options,
      () => packets.end(),
    )
  },
}

interface Held {
  readonly packet: PacketLine
  readonly recordNo: number
  readonly text: string
}

class DebugPackets {
  private order: DateOrder | null = null
  private held: Held[] = []

  constructor(
    private readonly sink: FormatSink,
    private readonly options: ParserOptions,
  ) {}

  /** Lines of the header and of the detailed mode are text of any kind, so no line is refused. */
  line(text: string, place: RecordPlace): Mapped {
    const packet = readPacketLine(text)
    if (packet === null) return { skip: isDated(text) ? 'not-a-lookup' : 'detail' }
    this.order ??= orderProvenBy(packet.date)
    if (this.order !== null || this.held.length >= MAX_HELD) {
      this.release(this.order ?? likelyOrder(packet.date, packet.half !== null))
      return this.map(packet, place.recordNo)
    }
    this.held.push({ packet, recordNo: place.recordNo, text })
    return { events: [] }
  }

  end(): void {
    const [first] = this.held
    if (first) this.release(likelyOrder(first.packet.date, first.packet.half !== null))
  }

  private release(order: DateOrder): void {
    this.order = order
    const { held } = this
    this.held = []
    for (const { packet, recordNo, text } of held) deliver(this.map(packet, recordNo), this.sink, recordNo, () => text)
  }

  private map(packet: PacketLine, recordNo: number): Mapped {
    if (packet.opcode !== 'Q') return { skip: 'not-a-query' }
    const { nowMs } = this.options
    const time = plausible(localTime(packet.date, packet.clock, packet.half, this.order ?? 'month-first'), nowMs)
    if (typeof time === 'string') return { reject: time, detail: `the date of the line is no usable time (${time})` }
    const address = canonicalIp(packet.address)
    if (address === null) return { reject: 'no-client', detail: 'what follows Rcv or Snd is not an IP address' }
    // A query that comes in and an answer that goes out are a client's; the others are the server's own.
    const isClients = packet.received !== packet.isResponse
    return {
      event: lookupOf(packet.name, {
        at: time.at,
        timeQuality: time.quality,
        clientIp: isClients ? address : null,
        serverIp: isClients ? null : address,
        transport: packet.transport,
        transactionId: packet.transactionId,
        qtype: canonicalType(packet.type),
        rcode: packet.isResponse ? packet.rcode.toUpperCase() : null,
        scope: isClients ? 'client' : 'upstream',
        format: 'windows-dns-debug',
        recordNo,
        role: packet.isResponse ? 'response' : 'query',
        truncated: packet.isResponse && packet.truncated,
      }),
    }
  }
}
