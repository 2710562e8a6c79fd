import { type DnsMessage, readDnsMessage } from '../dns-message'
import type { FormatParser, FormatSink, LogFormat, ParsedDns, ParserOptions } from '../format'
import { lookupOf } from '../lookup'
import { isPlausible } from '../timestamps'
import { readTapMessage, type TapMessage } from './message'

export const DNSTAP_CONTENT_TYPE = 'protobuf:dnstap.Dnstap'
/** Two DNS messages of 64 KiB and what describes them; a bigger claim means the reader has lost its place. */
export const MAX_FRAME_BYTES = 256 * 1024
const START = 2

/** dnstap messages in a Frame Streams file. */
export const dnstap: LogFormat = {
  id: 'dnstap',
  title: 'dnstap (Frame Streams)',
  endings: ['.fstrm', '.dnstap', '.tap', '.fstrm.gz'],
  expects: `a Frame Streams START frame with the content type ${DNSTAP_CONTENT_TYPE}`,
  recognise(head) {
    const bytes = bufferOf(head)
    const isStart = bytes.length >= 12 && bytes.readUInt32BE(0) === 0 && bytes.readUInt32BE(8) === START
    return isStart && bytes.subarray(0, 256).includes(DNSTAP_CONTENT_TYPE) ? 1 : 0
  },
  createParser: (sink, options) => new DnstapParser(sink, options),
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

class DnstapParser implements FormatParser {
  records = 0
  private held: Buffer = Buffer.alloc(0)
  private offset = 0
  private broken = false

  constructor(
    private readonly sink: FormatSink,
    private readonly options: ParserOptions,
  ) {}

  push(chunk: Uint8Array): void {
    if (this.broken) return
    const bytes = this.held.length === 0 ? bufferOf(chunk) : Buffer.concat([this.held, bufferOf(chunk)])
    const used = this.read(bytes)
    this.offset += used
    this.held = this.broken ? Buffer.alloc(0) : Buffer.from(bytes.subarray(used))
  }

  end(): void {
    if (this.broken || this.held.length === 0) return
    this.reject('truncated', `the file ends inside the frame at byte ${this.offset}`, this.held, this.records + 1)
  }

  /** @returns bytes used: whole frames. A control frame is a length of 0 and then a frame of its own. */
  private read(bytes: Buffer): number {
    let at = 0
    while (at + 4 <= bytes.length) {
      const first = bytes.readUInt32BE(at)
      const isControl = first === 0
      const from = at + (isControl ? 8 : 4)
      if (from > bytes.length) break
      const length = isControl ? bytes.readUInt32BE(at + 4) : first
      if (length > MAX_FRAME_BYTES) {
        this.broken = true
        const detail = `the frame at byte ${this.offset + at} claims ${length} bytes; reading stopped there`
        this.reject('malformed-frame', detail, bytes.subarray(at, at + 4), this.records + 1)
        return at
      }
      if (from + length > bytes.length) break
      if (!isControl) this.frame(bytes.subarray(from, from + length))
      at = from + length
    }
    return at
  }

  private frame(bytes: Buffer): void {
    this.records += 1
    const tap = readTapMessage(bytes)
    if (tap === 'malformed') {
      this.reject('malformed-frame', 'the frame holds no dnstap message', bytes, this.records)
      return
    }
    if (tap === 'not-a-query') {
      this.sink.skip('not-a-query')
      return
    }
    const query = tap.query ? readDnsMessage(bytes, tap.query.from, tap.query.to) : null
    const response = tap.response ? readDnsMessage(bytes, tap.response.from, tap.response.to) : null
    const readable = [response, query].find((message) => typeof message === 'object' && message !== null)
    if (readable === undefined || typeof readable === 'string' || readable === null) {
      const reason = response ?? query
      if (reason === 'not-a-query' || reason === 'no-question') this.sink.skip(reason)
      else if (reason === null) this.sink.skip('no-message')
      else this.reject('malformed-dns', 'the DNS header or question cannot be read', bytes, this.records)
      return
    }
    const at = tap.queryAt ?? tap.responseAt
    if (at === null || !isPlausible(at, this.options.nowMs)) {
      const reason = at === null ? 'no-timestamp' : 'implausible-time'
      this.reject(reason, `the message has no usable time (${reason})`, bytes, this.records)
      return
    }
    this.sink.event(this.toEvent(tap, readable, at))
  }

  private toEvent(tap: TapMessage, message: DnsMessage, at: number): ParsedDns {
    const name = { qname: message.qname, qnameRaw: message.qnameRaw, wireBytes: 0, lossy: false }
    const answered = message.isResponse
    return lookupOf(name, {
      at,
      clientIp: tap.clientIp,
      clientPort: tap.clientPort,
      serverIp: tap.serverIp,
      serverPort: tap.serverPort,
      transport: tap.transport,
      transactionId: message.transactionId,
      qtype: message.qtype,
      rcode: message.rcode,
      answers: message.answers,
      answerCount: message.answerCount,
      queryBytes: tap.query ? tap.query.to - tap.query.from : null,
      responseBytes: answered && tap.response ? tap.response.to - tap.response.from : null,
      sensor: tap.identity,
      scope: tap.scope,
      format: 'dnstap',
      recordNo: this.records,
      // A response frame that repeats the query is still the answer to the query's own frame.
      role: answered ? 'response' : 'query',
      truncated: answered && message.truncated,
    })
  }

  private reject(reason: string, detail: string, bytes: Buffer, recordNo: number): void {
    const sample = bytes.toString('hex', 0, Math.min(bytes.length, 256))
    this.sink.reject({ reason, recordNo, detail, sample, ...(recordNo === this.records && { again: { bytes: Buffer.from(bytes) } }) })
  }
}
