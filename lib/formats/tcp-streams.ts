const MAX_FLOWS = 4_096
/** Bytes held of one direction of one connection; a DNS message is at most 65,535 (RFC 7766 §8). */
const MAX_HELD = 256 * 1024
const MAX_TOTAL = 64 * 1024 * 1024
const MAX_AHEAD = 64

/** One segment, as offsets into captured bytes. */
export interface Segment {
  /** One direction of one connection. */
  readonly flow: string
  readonly sequence: number
  readonly isSyn: boolean
  readonly from: number
  readonly to: number
}

interface Stream {
  /** Sequence number of the first octet as its SYN said; null when the capture began later. */
  initial: number | null
  /** Next sequence number expected. */
  next: number
  /** Bytes received in order and not yet consumed as messages. */
  pending: Buffer
  /** Segments past a gap, by sequence number. */
  readonly ahead: Map<number, Buffer>
  aheadBytes: number
}

/** Takes one message of a stream. @returns false when it cannot be one, so the stream has lost its place. */
export type MessageHandler = (bytes: Buffer, start: number, end: number) => boolean

/** Reassembles DNS over TCP (two octets of length, then the message; RFC 7766) from segments in any order, within bounds. */
export class TcpStreams {
  private readonly streams = new Map<string, Stream>()
  private held = 0

  accept(segment: Segment, bytes: Buffer, onMessage: MessageHandler): void {
    const { flow, sequence, isSyn } = segment
    let stream = this.streams.get(flow)
    const first = isSyn ? (sequence + 1) >>> 0 : sequence
    // A capture can start in the middle of a connection: its first segment is taken as the start of a message.
    if (stream === undefined || (isSyn && isNewConnection(stream, first))) stream = this.open(flow, first)
    if (isSyn) stream.initial = first
    if (segment.to > segment.from) this.take(stream, first, bytes.subarray(segment.from, segment.to), onMessage)
    this.makeRoom()
  }

  private open(flow: string, next: number): Stream {
    this.close(flow)
    const stream: Stream = { initial: null, next, pending: EMPTY, ahead: new Map(), aheadBytes: 0 }
    this.streams.set(flow, stream)
    return stream
  }

  private close(flow: string): void {
    const stream = this.streams.get(flow)
    if (stream) this.held -= stream.pending.length + stream.aheadBytes
    this.streams.delete(flow)
  }

  private take(stream: Stream, sequence: number, data: Buffer, onMessage: MessageHandler): void {
    const distance = ahead(sequence, stream.next)
    if (distance > 0) {
      if (!stream.ahead.has(sequence) && data.length <= MAX_HELD) {
        stream.ahead.set(sequence, Buffer.from(data))
        stream.aheadBytes += data.length
        this.held += data.length
      }
      if (stream.ahead.size > MAX_AHEAD || stream.aheadBytes > MAX_HELD) this.skipGap(stream, onMessage)
      return
    }
    // Bytes seen before are a retransmission.
    if (-distance < data.length) this.append(stream, data.subarray(-distance), onMessage)
    this.joinAhead(stream, onMessage)
  }

  private append(stream: Stream, data: Buffer, onMessage: MessageHandler): void {
    stream.next = (stream.next + data.length) >>> 0
    const before = stream.pending.length
    const bytes = before === 0 ? data : Buffer.concat([stream.pending, data])
    const consumed = readMessages(bytes, onMessage)
    stream.pending = consumed >= bytes.length ? EMPTY : Buffer.from(bytes.subarray(consumed))
    this.held += stream.pending.length - before
  }

  private joinAhead(stream: Stream, onMessage: MessageHandler): void {
    for (let joined = true; joined; ) {
      joined = false
      for (const [sequence, data] of stream.ahead) {
        const distance = ahead(sequence, stream.next)
        if (distance > 0) continue
        stream.ahead.delete(sequence)
        stream.aheadBytes -= data.length
        this.held -= data.length
        if (-distance < data.length) {
          this.append(stream, data.subarray(-distance), onMessage)
          joined = true
        }
      }
    }
  }

  /** The missing segment is not in the capture: go on after the gap, with the message it cut given up. */
  private skipGap(stream: Stream, onMessage: MessageHandler): void {
    this.held -= stream.pending.length
    stream.pending = EMPTY
    const nearest = [...stream.ahead.keys()].toSorted((a, b) => ahead(a, stream.next) - ahead(b, stream.next))[0]
    if (nearest === undefined) return
    stream.next = nearest
    this.joinAhead(stream, onMessage)
  }

  private makeRoom(): void {
    for (const flow of this.streams.keys()) {
      if (this.streams.size <= MAX_FLOWS && this.held <= MAX_TOTAL) return
      this.close(flow)
    }
  }
}

const EMPTY = Buffer.alloc(0)

/** Signed distance between sequence numbers, which wrap at 2³² (RFC 9293 §3.4). */
const ahead = (a: number, b: number): number => (a - b) | 0

/** A SYN seen before, or late on a stream that began without one, does not start a new connection. */
const isNewConnection = (stream: Stream, first: number): boolean =>
  stream.initial === null ? Math.abs(ahead(first, stream.next)) > MAX_HELD : stream.initial !== first

/** @returns bytes consumed: all of them when the stream has lost its place, so that the next segment starts afresh. */
function readMessages(bytes: Buffer, onMessage: MessageHandler): number {
  let at = 0
  while (at + 2 <= bytes.length) {
    const length = bytes.readUInt16BE(at)
    if (at + 2 + length > bytes.length) return at
    if (!onMessage(bytes, at + 2, at + 2 + length)) return bytes.length
    at += 2 + length
  }
  return at
}
