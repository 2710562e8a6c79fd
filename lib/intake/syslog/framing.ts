const NEWLINE = 0x0a
/** Digits of a message's length: ten million bytes are more than any sender means. */
const MAX_DIGITS = 7

export interface SyslogFrameSink {
  /** One message without its frame. */
  message(bytes: Buffer): void
  /** A message over the limit was left out; `head` is its beginning. */
  tooLong(head: Buffer): void
  /** The bytes cannot be cut into messages; nothing more is read. `reason` is in plain words. */
  failed(reason: string): void
}

/** Cuts a connection into syslog messages; any split of the same bytes gives the same messages. Never throws. */
export interface SyslogFraming {
  /** Is a message half here? */
  readonly isInside: boolean
  push(chunk: Buffer): void
  /** @param isWhole - the sender ended the connection in order: what follows the last newline is a message too. */
  end(isWhole: boolean): void
}

/** RFC 6587 §3.4: a connection that begins with a digit counts octets, any other puts a newline after each message. */
export function createFraming(sink: SyslogFrameSink, maxBytes: number): SyslogFraming {
  let framing: SyslogFraming | null = null
  return {
    get isInside() {
      return framing?.isInside ?? false
    },
    push(chunk) {
      const [first] = chunk
      if (first === undefined) return
      framing ??= first >= 0x31 && first <= 0x39 ? new CountedFraming(sink, maxBytes) : new LineFraming(sink, maxBytes)
      framing.push(chunk)
    },
    end: (isWhole) => framing?.end(isWhole),
  }
}

/** `MSG-LEN SP MSG` (RFC 6587 §3.4.1). */
class CountedFraming implements SyslogFraming {
  private held: Buffer = Buffer.alloc(0)
  /** Bytes of a message over the limit that are still to come. */
  private toSkip = 0
  private isBroken = false

  constructor(
    private readonly sink: SyslogFrameSink,
    private readonly maxBytes: number,
  ) {}

  get isInside(): boolean {
    return this.held.length > 0 || this.toSkip > 0
  }

  push(chunk: Buffer): void {
    if (this.isBroken) return
    const bytes = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk])
    const used = this.read(bytes)
    this.held = this.isBroken ? Buffer.alloc(0) : Buffer.from(bytes.subarray(used))
  }

  end(isWhole: boolean): void {
    if (isWhole && this.isInside && !this.isBroken) this.sink.failed('the connection ended inside a message')
  }

  private read(bytes: Buffer): number {
    let at = 0
    while (at < bytes.length) {
      if (this.toSkip > 0) {
        const skipped = Math.min(this.toSkip, bytes.length - at)
        this.toSkip -= skipped
        at += skipped
        continue
      }
      const space = bytes.subarray(at, at + MAX_DIGITS + 1).indexOf(0x20)
      const digits = bytes.toString('latin1', at, space < 0 ? Math.min(bytes.length, at + MAX_DIGITS + 1) : at + space)
      if (!/^[1-9]\d*$/.test(digits) || digits.length > MAX_DIGITS) {
        this.isBroken = true
        this.sink.failed('a message does not begin with its length')
        return at
      }
      if (space < 0) return at
      const length = Number(digits)
      const from = at + space + 1
      if (length > this.maxBytes) {
        // A look at its beginning is worth waiting for.
        if (bytes.length - from < Math.min(length, 512)) return at
        this.sink.tooLong(bytes.subarray(from, from + 512))
        this.toSkip = length
        at = from
      } else if (from + length > bytes.length) return at
      else {
        this.sink.message(bytes.subarray(from, from + length))
        at = from + length
      }
    }
    return at
  }
}

/** A newline after each message (RFC 6587 §3.4.2). */
class LineFraming implements SyslogFraming {
  private held: Buffer[] = []
  private heldBytes = 0
  private isSkipping = false

  constructor(
    private readonly sink: SyslogFrameSink,
    private readonly maxBytes: number,
  ) {}

  get isInside(): boolean {
    return this.heldBytes > 0 || this.isSkipping
  }

  push(chunk: Buffer): void {
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      this.hold(chunk.subarray(from, end))
      this.release()
      from = end + 1
    }
    if (from < chunk.length) this.hold(chunk.subarray(from))
  }

  end(isWhole: boolean): void {
    if (isWhole) this.release()
  }

  private hold(part: Buffer): void {
    if (this.isSkipping) return
    if (this.heldBytes + part.length > this.maxBytes) {
      this.sink.tooLong(Buffer.concat([...this.held, part.subarray(0, 512)]).subarray(0, 512))
      this.held = []
      this.heldBytes = 0
      this.isSkipping = true
      return
    }
    this.held.push(Buffer.from(part))
    this.heldBytes += part.length
  }

  private release(): void {
    if (!this.isSkipping && this.heldBytes > 0) this.sink.message(Buffer.concat(this.held))
    this.held = []
    this.heldBytes = 0
    this.isSkipping = false
  }
}
