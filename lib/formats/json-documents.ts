import { acceptParsed, type DocumentSink, parseJson } from './json-records'
import { createJsonScanner, type JsonScanner } from './json-scanner'
import { createLineReader, type LineReader } from './line-reader'

const LINE_FEED = 0x0a

/**
 * Reads JSON records however they are laid out: one a line, concatenated, one pretty-printed object, an array, or an
 * array inside an export's wrapper object. Line by line where the first line is whole JSON, so that a bad line cannot
 * harm the next; by brackets otherwise. Any split of the same bytes gives the same calls.
 */
export class JsonDocuments {
  private reader: LineReader | JsonScanner | null = null
  private held: Buffer = Buffer.alloc(0)

  constructor(
    private readonly sink: DocumentSink,
    private readonly maxRecordBytes: number,
  ) {}

  push(bytes: Uint8Array): void {
    if (this.reader) {
      this.reader.push(bytes)
      return
    }
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.held = this.held.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.held, chunk])
    const start = firstInk(this.held)
    const lineEnd = start < 0 ? -1 : this.held.indexOf(LINE_FEED, start)
    if (lineEnd >= 0 || this.held.length - Math.max(0, start) > this.maxRecordBytes) this.begin(start, lineEnd)
  }

  end(): void {
    if (this.reader === null) this.begin(firstInk(this.held), -1)
    this.reader?.end()
  }

  private begin(start: number, lineEnd: number): void {
    const held = this.held
    this.held = Buffer.alloc(0)
    const first = start < 0 ? '' : held.toString('utf8', start, lineEnd < 0 ? held.length : lineEnd)
    this.reader = this.isLineByLine(first, held.length) ? this.lineReader() : createJsonScanner(this.sink, this.maxRecordBytes)
    this.reader.push(held)
  }

  private isLineByLine(first: string, heldBytes: number): boolean {
    if (first.startsWith('[')) return false
    if (parseJson(first) !== undefined) return true
    return heldBytes <= this.maxRecordBytes && !endsInsideObject(first)
  }

  private lineReader(): LineReader {
    const tooLong = (head: string) => this.sink.refuse('line-too-long', `the line is longer than ${this.maxRecordBytes} bytes`, head)
    return createLineReader({ line: (text, ended) => this.line(text, ended), tooLong }, this.maxRecordBytes)
  }

  private line(text: string, ended: boolean): void {
    const parsed = parseJson(text)
    if (parsed !== undefined) {
      acceptParsed(parsed, text, this.sink)
      return
    }
    if (text.trim() === '') return
    const several = /\}\s*\{/.test(text) ? concatenated(text, this.maxRecordBytes) : null
    if (several) for (const piece of several) acceptParsed(piece.value, piece.text, this.sink)
    else this.sink.refuse(ended ? 'not-json' : 'truncated', ended ? 'the line is not JSON' : 'the file ends inside a record', text)
  }
}

function concatenated(text: string, maxRecordBytes: number): { value: unknown; text: string }[] | null {
  const pieces: { value: unknown; text: string }[] = []
  let bad = false
  const scanner = createJsonScanner(
    {
      document: (value, piece) => pieces.push({ value, text: piece() }),
      refuse: () => {
        bad = true
      },
    },
    maxRecordBytes,
  )
  scanner.push(Buffer.from(text))
  scanner.end()
  return bad ? null : pieces
}

function firstInk(bytes: Buffer): number {
  return bytes.findIndex((byte) => byte !== 0x20 && byte !== 0x09 && byte !== LINE_FEED && byte !== 0x0d)
}

/** True when the brackets of `text` are still open at its end, outside a string: a pretty-printed object's first line. */
function endsInsideObject(text: string): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (inString) {
      if (char === '\\') at += 1
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '{' || char === '[') depth += 1
    else if (char === '}' || char === ']') depth -= 1
  }
  return depth > 0 && !inString
}
