import { acceptParsed, type DocumentSink, parseJson, WRAPPER_KEYS } from './json-records'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d

export interface JsonScanner {
  push(bytes: Uint8Array): void
  end(): void
}

export const createJsonScanner = (sink: DocumentSink, maxRecordBytes: number): JsonScanner => new Scanner(sink, maxRecordBytes)

/**
 * Finds the records of a JSON text by its brackets, without holding more than one: the objects at the top, in a top
 * array, or in the array an export's wrapper object holds.
 */
class Scanner implements JsonScanner {
  private depth = 0
  private inString = false
  private escaped = false
  /** Depth whose objects are records; -1 in what follows a wrapper's array. */
  private recordsAt = 0
  /** The top-level object is a wrapper. */
  private wrapper = false
  private parts: Buffer[] = []
  private held = 0
  private inRecord = false
  private tooLong = false
  /** Last string at the top of a top-level object, and the key it became. */
  private text = ''
  private key = ''
  /** A `[` after a wrapper's key; the next sign decides. */
  private maybeList = false

  constructor(
    private readonly sink: DocumentSink,
    private readonly maxRecordBytes: number,
  ) {}

  push(bytes: Uint8Array): void {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let from = 0
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0
      if (this.inString) {
        this.stringByte(byte)
        continue
      }
      if (byte <= 0x20) continue
      if (this.maybeList) this.decideList(byte)
      if (byte === QUOTE) {
        this.inString = true
        this.text = ''
      } else if (byte === COLON) this.key = this.text
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (this.open(byte)) from = at
      } else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && this.close(chunk, from, at + 1)) from = at + 1
    }
    if (this.inRecord) this.hold(chunk.subarray(from))
  }

  end(): void {
    if (!this.inRecord || this.tooLong) return
    this.sink.refuse('truncated', 'the file ends inside a record', Buffer.concat(this.parts).toString('utf8'))
  }

  private stringByte(byte: number): void {
    if (this.escaped) this.escaped = false
    else if (byte === BACKSLASH) this.escaped = true
    else if (byte === QUOTE) this.inString = false
    else if (this.isWrapperLevel() && this.text.length < 16) this.text += String.fromCharCode(byte)
  }

  /** Only a top-level object, or the `hits` object in it, can be a wrapper. */
  private isWrapperLevel(): boolean {
    return this.recordsAt === 0 && (this.depth === 1 || this.depth === 2)
  }

  /** @returns true when a record begins here. */
  private open(byte: number): boolean {
    if (byte === OPEN_BRACKET && this.inRecord && this.isWrapperLevel() && WRAPPER_KEYS.has(this.key)) {
      this.maybeList = this.depth === 1 || this.key === 'hits'
    }
    const begins = byte === OPEN_BRACE && !this.inRecord && this.depth === this.recordsAt
    if (byte === OPEN_BRACKET && !this.inRecord && this.depth === 0 && this.recordsAt === 0) this.recordsAt = 1
    this.depth += 1
    if (begins) this.inRecord = true
    return begins
  }

  /** When the list holds objects, what was read so far was a wrapper: forget it. */
  private decideList(byte: number): void {
    this.maybeList = false
    if (byte !== OPEN_BRACE) return
    this.forget()
    this.recordsAt = this.depth
    this.wrapper = true
  }

  /** @returns true when a record ended here. */
  private close(chunk: Buffer, from: number, to: number): boolean {
    this.depth = Math.max(0, this.depth - 1)
    if (this.inRecord && this.depth === this.recordsAt) {
      this.hold(chunk.subarray(from, to))
      this.finish()
      return true
    }
    if (!this.inRecord && this.depth < this.recordsAt) this.recordsAt = this.wrapper ? -1 : 0
    if (this.depth === 0) {
      this.recordsAt = 0
      this.wrapper = false
    }
    return false
  }

  private hold(bytes: Buffer): void {
    if (this.tooLong) return
    this.held += bytes.length
    if (this.held <= this.maxRecordBytes) {
      this.parts.push(Buffer.from(bytes))
      return
    }
    this.tooLong = true
    const head = Buffer.concat([...this.parts, bytes])
      .subarray(0, 512)
      .toString('utf8')
      .slice(0, 128)
    this.sink.refuse('line-too-long', `the record is longer than ${this.maxRecordBytes} bytes`, head)
    this.parts = []
  }

  private finish(): void {
    const text = this.tooLong ? null : Buffer.concat(this.parts).toString('utf8')
    this.forget()
    if (text === null) return
    const value = parseJson(text)
    if (value === undefined) this.sink.refuse('not-json', 'the record is not JSON', text)
    else acceptParsed(value, text, this.sink)
  }

  private forget(): void {
    this.parts = []
    this.held = 0
    this.inRecord = false
    this.tooLong = false
  }
}
