import { isAscii } from 'node:buffer'
import type { Reject } from '@/lib/domain/log-event'

const NEWLINE = 0x0a

/** What a line reader hands on. */
export interface LineSink {
  /** A line without its end (`\n` or `\r\n`). @param ended - false for a last line that has no end. */
  line(text: string, ended: boolean): void
  /** A line over the limit, skipped to its end. `head` is its beginning. */
  tooLong(head: string): void
}

/** Cuts bytes into UTF-8 lines; any split of the same bytes gives the same lines. */
export interface LineReader {
  push(bytes: Uint8Array): void
  end(): void
}

/** @param maxBytes - longest line handed on, in bytes without its end. */
export function createLineReader(sink: LineSink, maxBytes: number): LineReader {
  let held: Buffer[] = []
  let heldBytes = 0
  let skipping = false

  const hold = (part: Buffer) => {
    if (skipping) return
    if (heldBytes + part.length > maxBytes + 1) {
      // Keep no more than a look at it; the rest is skipped up to the next newline.
      sink.tooLong(headOf(decode(Buffer.concat([...held, part]).subarray(0, 512)), maxBytes))
      held = []
      heldBytes = 0
      skipping = true
      return
    }
    held.push(Buffer.from(part))
    heldBytes += part.length
  }
  const release = (ended: boolean) => {
    if (!skipping) emit(sink, decode(held.length === 1 && held[0] ? held[0] : Buffer.concat(held)), maxBytes, ended)
    held = []
    heldBytes = 0
    skipping = false
  }

  return {
    push(bytes) {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      let from = 0
      if (heldBytes > 0 || skipping) {
        const end = buffer.indexOf(NEWLINE)
        if (end < 0) return hold(buffer)
        hold(buffer.subarray(0, end))
        release(true)
        from = end + 1
      }
      const last = buffer.lastIndexOf(NEWLINE)
      if (last >= from) emitBlock(sink, decode(buffer.subarray(from, last)), maxBytes)
      const rest = Math.max(from, last + 1)
      if (rest < buffer.length) hold(buffer.subarray(rest))
    },
    end() {
      if (heldBytes > 0 || skipping) release(false)
    },
  }
}

function emitBlock(sink: LineSink, block: string, maxBytes: number): void {
  let from = 0
  for (;;) {
    const end = block.indexOf('\n', from)
    if (end < 0) break
    emit(sink, block.slice(from, end), maxBytes, true)
    from = end + 1
  }
  emit(sink, block.slice(from), maxBytes, true)
}

function emit(sink: LineSink, text: string, maxBytes: number, ended: boolean): void {
  const line = text.endsWith('\r') ? text.slice(0, -1) : text
  // A character is at most 3 bytes of UTF-8, so only a long line needs counting.
  if (line.length * 3 > maxBytes && Buffer.byteLength(line) > maxBytes) sink.tooLong(headOf(line, maxBytes))
  else sink.line(line, ended)
}

/** Few enough characters that 512 bytes decide them, wherever the line was cut on its way here. */
const headOf = (text: string, maxBytes: number): string => text.slice(0, Math.min(128, maxBytes >> 2))

const decode = (bytes: Buffer): string => (isAscii(bytes) ? bytes.toString('latin1') : bytes.toString('utf8'))

/** The beginning of a record as a reject's sample. */
export const sampleOf = (record: string): string => record.slice(0, 512)

/** Of these only a piece was seen, which may read like a whole record with a shorter name. */
const PIECES: ReadonlySet<string> = new Set(['truncated', 'line-too-long'])

/** A text record that is refused, kept whole where it is whole. */
export const rejectOf = (reason: string, recordNo: number, detail: string, record: string, preamble = ''): Reject => ({
  ...{ reason, recordNo, detail, sample: sampleOf(record) },
  ...(!PIECES.has(reason) && record !== '' && { again: { bytes: record, ...(preamble !== '' && { preamble }) } }),
})
