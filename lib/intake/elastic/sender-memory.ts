import { z } from 'zod'
import type { LogFormat } from '@/lib/formats/format'
import { RecentKeys } from './recent-keys'

const MAX_HEADER_LINES = 16
const MAX_HEADER_CHARS = 8_192
const MAX_STREAM_CHARS = 4_096

/** What is known of a log source's senders from one request to the next; but for headers lost at a restart, at no cost but time. */
export class SenderMemory {
  /** Format of JSON documents by their keys; null: none. */
  readonly shapes = new RecentKeys<string, LogFormat | null>(512)
  /** Format of the last line of a stream. */
  readonly streams = new RecentKeys<string, LogFormat>(1_024)
  /** Header lines of streams that have some: a shipper sends them once, at the beginning of the file. */
  readonly headers = new RecentKeys<string, readonly string[]>(64)
  /** A header came that is not kept yet. */
  hasNewHeader = false

  /** @param lines - of the stream's header so far. */
  keepHeader(stream: string, lines: readonly string[], line: string): void {
    if (lines.length >= MAX_HEADER_LINES || line.length > MAX_HEADER_CHARS || stream.length > MAX_STREAM_CHARS) return
    this.headers.set(stream, [...lines, line])
    this.hasNewHeader = true
  }

  /** Headers to go on with after a restart; anything that is none is left out. */
  restore(kept: unknown): void {
    const headers = headersSchema.safeParse(kept)
    for (const [stream, lines] of headers.success ? headers.data : []) this.headers.set(stream, lines)
  }
}

const headersSchema = z.array(z.tuple([z.string(), z.array(z.string().max(MAX_HEADER_CHARS)).max(MAX_HEADER_LINES)])).max(128)
