import type { AddressLease } from '@/lib/domain/host-name'
import type { LogEvent, Reject } from '@/lib/domain/log-event'
import { type Container, containerOf, type Limits, MAGIC_BYTES, type Unpacked, unpack } from './container'
import { createCorrelator } from './correlate'
import type { FormatParser, LogFormat } from './format'
import { formats } from './index'
import { keptRejects } from './rejected-records'
import { surestFormat } from './surest-format'
import { createTranscoder, encodingOf } from './text-encoding'

/** What was read since the last batch. */
export interface LogBatch {
  /** Closed lookups and process starts, ids assigned. At most 5,000. */
  readonly events: readonly LogEvent[]
  /** Every reject; the caller keeps samples. */
  readonly rejects: readonly Reject[]
  readonly skipped: Readonly<Record<string, number>>
  /** Addresses that DHCP servers gave out; their records are among the skipped. */
  readonly leases?: readonly AddressLease[]
  /** Lines, documents or packets read. */
  readonly records: number
  /** Bytes of the input, still packed, consumed so far; cumulative. */
  readonly bytesRead: number
}

export interface LogOutcome {
  readonly format: string
  readonly container: Container
  /** What went wrong with the file as a whole, in plain words. */
  readonly problems: readonly string[]
}

export interface ReadLogOptions {
  readonly nowMs: number
  /** Format id to use instead of recognising one. */
  readonly format?: string
  /** Longest text record in bytes; default 1 MiB. */
  readonly maxRecordBytes?: number
  /** Unpacked bytes per packed byte tolerated; default 300, more than any log reaches (gzip's own limit is 1,032). */
  readonly maxDecompressedRatio?: number
  /** Unpacked bytes tolerated; default 64 GiB. */
  readonly maxDecompressedBytes?: number
  /** Added to the time of every event. */
  readonly timeShiftMs?: number
}

/** No format recognises the bytes (or none has the name asked for). The message is safe to show as text. */
export class UnknownFormatError extends Error {
  readonly code = 'unknown-format'
  constructor(
    message: string,
    /** `title: what it looks for`, one a format. */
    readonly tried: readonly string[],
    /** First line of the input, at most 200 characters, everything but printable ASCII replaced by dots. */
    readonly firstLine: string,
  ) {
    super(message)
    this.name = 'UnknownFormatError'
  }
}

const HEAD_BYTES = 64 * 1024
const PUSH_BYTES = 64 * 1024
const BATCH_EVENTS = 5_000
/** A batch without events every so many input bytes keeps progress moving. */
const BATCH_BYTES = 4 * 1024 * 1024
const BATCH_REJECTS = 1_000

/**
 * Reads a log: removes the container, recognises the format, parses, correlates. The caller's pace is the
 * back-pressure. The same bytes give the same events and ids, however they are cut into chunks.
 *
 * @throws UnknownFormatError or UnsupportedContainerError before the first batch; what `bytes` throws, after a batch of
 *   what came before it.
 */
export async function* readLog(bytes: AsyncIterable<Uint8Array>, options: ReadLogOptions): AsyncGenerator<LogBatch, LogOutcome> {
  const problems: string[] = []
  const packed = await peek(bytes, MAGIC_BYTES)
  const container = containerOf(packed.head)
  const limits: Limits = {
    maxRatio: options.maxDecompressedRatio ?? 300,
    maxBytes: options.maxDecompressedBytes ?? 64 * 1024 ** 3,
  }
  const pieces = asUtf8(unpack(packed.all, container, limits, problems))
  const { head, all } = await peekUnpacked(pieces)
  const format = chooseFormat(head, options.format)
  const reading = new Reading(format, options)
  try {
    for await (const { bytes: piece, inputBytes } of all) {
      for (let from = 0; from < piece.length; from += PUSH_BYTES) {
        reading.push(piece.subarray(from, from + PUSH_BYTES), inputBytes)
        yield* reading.batches(false)
      }
    }
  } catch (error) {
    reading.stop()
    yield* reading.batches(true)
    throw error
  }
  reading.end()
  yield* reading.batches(true)
  return { format: format.id, container, problems }
}

/** One run of a parser and a correlator, and what they produced since the last batch. */
class Reading {
  private readonly parser: FormatParser
  private readonly correlator
  private events: LogEvent[] = []
  private readonly kept = keptRejects()
  private skipped: Record<string, number> = {}
  private leases: AddressLease[] = []
  private recordsBefore = 0
  private bytesRead = 0
  private bytesBefore = 0
  private readonly shiftMs: number

  constructor(format: LogFormat, options: ReadLogOptions) {
    this.shiftMs = options.timeShiftMs ?? 0
    const reader = { kind: 'log', format: format.id } as const
    const skip = (reason: string) => {
      this.skipped[reason] = (this.skipped[reason] ?? 0) + 1
    }
    const lease = (given: AddressLease) => {
      this.leases.push(this.shiftMs === 0 ? given : shiftedLease(given, this.shiftMs))
    }
    this.correlator = createCorrelator((event) => this.events.push(this.shifted(event)), skip)
    this.parser = format.createParser(
      { event: (event) => this.correlator.accept(event), reject: (reject) => this.kept.add(reject, reader), skip, lease },
      { nowMs: options.nowMs, maxRecordBytes: options.maxRecordBytes ?? 1024 * 1024 },
    )
  }

  push(bytes: Uint8Array, inputBytes: number): void {
    this.parser.push(bytes)
    this.bytesRead = inputBytes
  }

  end(): void {
    this.parser.end()
    this.correlator.end()
  }

  /** The input broke off: half a record may read like a whole one with a shorter name, so it is left out. */
  stop(): void {
    this.correlator.end()
  }

  /** Batches that are due; with `last`, everything there is, at least one batch. */
  *batches(last: boolean): Generator<LogBatch> {
    const due = this.kept.count >= BATCH_REJECTS || this.bytesRead - this.bytesBefore >= BATCH_BYTES
    if (!last && !due && this.events.length < BATCH_EVENTS && this.leases.length < BATCH_EVENTS) return
    let from = 0
    for (; this.events.length - from > BATCH_EVENTS; from += BATCH_EVENTS) yield this.take(this.events.slice(from, from + BATCH_EVENTS))
    const rest = from === 0 ? this.events : this.events.slice(from)
    this.events = []
    yield this.take(rest)
  }

  private take(events: readonly LogEvent[]): LogBatch {
    const { skipped, leases, bytesRead } = this
    const rejects = this.kept.take()
    const records = this.parser.records - this.recordsBefore
    this.recordsBefore = this.parser.records
    this.bytesBefore = bytesRead
    this.skipped = {}
    if (leases.length === 0) return { events, rejects, skipped, records, bytesRead }
    this.leases = []
    return { events, rejects, skipped, leases, records, bytesRead }
  }

  private shifted(event: LogEvent): LogEvent {
    return this.shiftMs === 0 ? event : { ...event, at: event.at + this.shiftMs }
  }
}

const shiftedLease = (lease: AddressLease, byMs: number): AddressLease => ({
  ...lease,
  at: lease.at + byMs,
  until: lease.until === null ? null : lease.until + byMs,
})

/** @throws UnknownFormatError when no format recognises the head, or none is called `wanted`. */
export function chooseFormat(head: Uint8Array, wanted: string | undefined): LogFormat {
  const tried = formats.map((format) => `${format.title}: ${format.expects}`)
  if (wanted !== undefined) {
    const named = formats.find((format) => format.id === wanted)
    if (named) return named
    const known = formats.map((format) => format.id).join(', ')
    throw new UnknownFormatError(`there is no log format called "${inert(wanted)}"; there are ${known}`, tried, firstLineOf(head))
  }
  const best = surestFormat(formats, head)
  if (best) return best
  const firstLine = firstLineOf(head)
  const seen = head.length === 0 ? 'the input is empty' : `it begins with "${firstLine}"`
  throw new UnknownFormatError(`no known log format: ${seen}. Looked for ${tried.join('; ')}.`, tried, firstLine)
}

const firstLineOf = (head: Uint8Array): string => {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 1024)).toString('latin1')
  return inert(text.trimStart().split(/[\r\n]/, 1)[0] ?? '')
}

const inert = (text: string): string => text.slice(0, 200).replace(/[^ -~]/g, '.')

/** The first bytes of a stream, and the whole stream again. */
async function peek(source: AsyncIterable<Uint8Array>, wanted: number): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const { first, all } = await peekWhile(source, wanted, (bytes) => bytes)
  return { head: Buffer.concat(first).subarray(0, wanted), all }
}

async function peekUnpacked(source: AsyncIterable<Unpacked>): Promise<{ head: Uint8Array; all: AsyncIterable<Unpacked> }> {
  const { first, all } = await peekWhile(source, HEAD_BYTES, (piece) => piece.bytes)
  return { head: Buffer.concat(first.map((piece) => piece.bytes)).subarray(0, HEAD_BYTES), all }
}

/** Items until they hold `wanted` bytes, and all items again. A stream that fails after something came fails at the same place again. */
async function peekWhile<Item>(
  source: AsyncIterable<Item>,
  wanted: number,
  bytesOf: (item: Item) => Uint8Array,
): Promise<{ first: readonly Item[]; all: AsyncIterable<Item> }> {
  const iterator = source[Symbol.asyncIterator]()
  const first: Item[] = []
  let length = 0
  try {
    while (length < wanted) {
      const next = await iterator.next()
      if (next.done) break
      first.push(next.value)
      length += bytesOf(next.value).length
    }
  } catch (error) {
    if (length === 0) throw error
    return { first, all: chain(first, { next: () => Promise.reject(error) }) }
  }
  return { first, all: chain(first, iterator) }
}

async function* chain<Item>(first: readonly Item[], rest: AsyncIterator<Item>): AsyncGenerator<Item> {
  try {
    yield* first
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    // A reader that stops early releases the source.
    await rest.return?.()
  }
}

/** Drops a byte order mark and turns UTF-16 into UTF-8; bytes without a mark pass through as they are. */
async function* asUtf8(source: AsyncIterable<Unpacked>): AsyncGenerator<Unpacked> {
  let waiting: Uint8Array = new Uint8Array(0)
  let transcode: ReturnType<typeof createTranscoder> | null = null
  let decided = false
  let inputBytes = 0
  for await (const piece of source) {
    inputBytes = piece.inputBytes
    if (decided) {
      yield transcode ? { bytes: transcode(piece.bytes, false), inputBytes } : piece
      continue
    }
    waiting = waiting.length === 0 ? piece.bytes : Buffer.concat([waiting, piece.bytes])
    if (waiting.length < 3) continue
    const { encoding, markBytes } = encodingOf(waiting)
    decided = true
    if (encoding !== 'utf-8') transcode = createTranscoder(encoding)
    const rest = waiting.subarray(markBytes)
    yield { bytes: transcode ? transcode(rest, false) : rest, inputBytes }
  }
  if (!decided && waiting.length > 0) yield { bytes: waiting, inputBytes }
  else if (transcode) yield { bytes: transcode(new Uint8Array(0), true), inputBytes }
}
