/** Receives the text of one `<Event …>…</Event>` each, in order. */
export interface XmlEventSink {
  /** @param whole - false when the event has no end tag: another event, or nothing, follows it. */
  event(text: string, whole: boolean): void
  tooLong(head: string): void
}

const END = '</Event>'
const START = '<Event'
/** Enough to hold a tag's name that a chunk cuts. */
const OVERLAP = 8

/** Finds events in any XML around them; an event that is cut does no harm to the next. Any split of the bytes gives the same calls. */
export class XmlEvents {
  private held: Buffer = Buffer.alloc(0)
  private skipping = false

  constructor(
    private readonly sink: XmlEventSink,
    private readonly maxBytes: number,
  ) {}

  push(bytes: Uint8Array): void {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.held = Buffer.from(this.read(this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk])))
  }

  end(): void {
    const start = startIn(this.held, 0)
    if (start >= 0 && !this.skipping) this.emit(this.held.subarray(start), false)
    this.held = Buffer.alloc(0)
  }

  /** @returns what is still needed. */
  private read(bytes: Buffer): Buffer {
    let at = 0
    for (;;) {
      if (this.skipping) {
        const next = this.afterSkipped(bytes, at)
        if (next < 0) return bytes.subarray(Math.max(at, bytes.length - OVERLAP))
        at = next
      }
      const start = startIn(bytes, at)
      if (start < 0) return bytes.subarray(Math.max(at, bytes.length - OVERLAP))
      const end = bytes.indexOf(END, start)
      const other = startIn(bytes.subarray(0, end < 0 ? bytes.length : end), start + START.length)
      const stop = other >= 0 ? other : end < 0 ? -1 : end + END.length
      if (stop < 0 && bytes.length - start <= this.maxBytes + OVERLAP) return bytes.subarray(start)
      if (stop < 0) {
        this.sink.tooLong(bytes.toString('utf8', start, start + 128))
        this.skipping = true
        at = start + START.length
        continue
      }
      this.emit(bytes.subarray(start, stop), other < 0)
      at = stop
    }
  }

  /** Where reading goes on after an event that is too long; -1 when that is further on. */
  private afterSkipped(bytes: Buffer, from: number): number {
    const end = bytes.indexOf(END, from)
    const other = startIn(bytes.subarray(0, end < 0 ? bytes.length : end), from)
    if (end < 0 && other < 0) return -1
    this.skipping = false
    return other >= 0 ? other : end + END.length
  }

  private emit(bytes: Buffer, whole: boolean): void {
    if (bytes.length > this.maxBytes + OVERLAP) this.sink.tooLong(bytes.toString('utf8', 0, 128))
    else this.sink.event(bytes.toString('utf8'), whole)
  }
}

/** Position of `<Event` as a whole name, not of `<Events` or `<EventData`; -1 when there is none. */
function startIn(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(START, from); at >= 0; at = bytes.indexOf(START, at + 1)) {
    const next = bytes[at + START.length]
    if (next === 0x20 || next === 0x3e || next === 0x09 || next === 0x0a || next === 0x0d) return at
  }
  return -1
}
