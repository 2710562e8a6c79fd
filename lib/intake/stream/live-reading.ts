import type { AddressLease } from '@/lib/domain/host-name'
import type { LogEvent, Reject, RejectedRecord } from '@/lib/domain/log-event'
import { type CorrelatorMark, createCorrelator } from '@/lib/formats/correlate'
import type { FormatParser, FormatSink, LogFormat, ParsedEvent } from '@/lib/formats/format'
import type { LogBatch } from '@/lib/formats/read-log'
import { keptRejects } from '@/lib/formats/rejected-records'
import { LateAnswers } from './late-answers'

/**
 * A lookup waits this long for its answer, wall clock. BIND gives up after 10 s (resolver-query-timeout), clients before;
 * the watermark leaves 30 s, so that waiting delays no alarm.
 */
export const HOLD_MS = 10_000
const BATCH_EVENTS = 5_000
/** Rejects of one batch; more of them are only counted. */
const MAX_REJECTS = 1_000
/** A parser that holds back what may go on gives it away after this long without more. */
const PAUSE_MS = 2_000
/** Longest text record, as for imports. */
const MAX_RECORD_BYTES = 1024 * 1024

/** A place of an endless log: all lookups begun before it are handed on. */
export interface Passed<Place> {
  readonly at: number
  readonly mark: CorrelatorMark
  readonly place: Place
}

/**
 * Reads a log that does not end: parsers of any number of senders, one correlator, batches of what was closed. Lookups
 * close by time, so that the last query before a lull is not held back.
 *
 * @typeParam Place - what the caller needs to find back to a place of the log.
 */
export class LiveReading<Place = null> {
  readonly sink: FormatSink
  /** While true, what is read was stored before: it only fills the correlator. */
  isKnown = false
  private readonly correlator
  private readonly late = new LateAnswers()
  private events: LogEvent[] = []
  private readonly rejects = keptRejects()
  private skipped: Record<string, number> = {}
  private leases: AddressLease[] = []
  private records = 0
  private known: CorrelatorMark | null = null
  private marks: Passed<Place>[] = []
  private readonly touched = new Map<FormatParser, number>()
  private hasTimelessLines = false

  constructor(
    private readonly now: () => number,
    private readonly holdMs = HOLD_MS,
  ) {
    const skip = (reason: string) => {
      if (!this.isKnown) this.skipped[reason] = (this.skipped[reason] ?? 0) + 1
    }
    this.correlator = createCorrelator((event, begun) => this.close(event, begun), skip)
    this.sink = {
      event: (event) => this.accept(event),
      reject: (reject) => this.reject(reject),
      skip,
      lease: (lease) => this.keepLease(lease),
    }
  }

  /** Events that `take` would give. */
  get waiting(): number {
    return this.events.length
  }

  /**
   * @param completed - adds what is known beside the records.
   * @param rejected - adds how a rejected record is read again; without it, by the format's parser.
   */
  parserOf(
    format: LogFormat,
    completed: (event: ParsedEvent) => ParsedEvent = (event) => event,
    rejected: (reject: Reject) => Reject = ({ again, ...reject }) =>
      again === undefined ? reject : { ...reject, again: { reader: { kind: 'log', format: format.id }, ...again } },
  ): FormatParser {
    const { now, sink } = this
    // A stream outlasts the day it began on: bounds of time move on.
    const options = {
      get nowMs() {
        return now()
      },
      maxRecordBytes: MAX_RECORD_BYTES,
    }
    const own = {
      ...sink,
      event: (event: ParsedEvent) => sink.event(completed(event)),
      reject: (reject: Reject) => sink.reject(rejected(reject)),
    }
    return format.createParser(own, options)
  }

  /** @param bytes - whole records. */
  push(parser: FormatParser, bytes: Uint8Array): void {
    const before = parser.records
    parser.push(bytes)
    if (!this.isKnown) this.records += parser.records - before
    if (parser.pause) this.touched.set(parser, this.now())
  }

  reject(reject: Reject): void {
    if (this.isKnown) return
    if (this.rejects.count < MAX_REJECTS) this.rejects.add(reject)
    else this.sink.skip(`rejected: ${reject.reason}`)
  }

  /** Counts a record that no parser saw. @param again - how it may be read after all. */
  refuse(reason: string, detail: string, sample: string, again?: RejectedRecord): void {
    this.records += 1
    this.reject({ reason, recordNo: this.records, detail, sample: sample.slice(0, 512), ...(again && { again }) })
  }

  /** Ends what was read as known. */
  endKnown(): void {
    this.known = this.correlator.mark()
    this.isKnown = false
  }

  /** Closes what waited long enough. @param place - where the log has been read up to. */
  tick(place: Place): void {
    const nowMs = this.now()
    for (const [parser, at] of this.touched) {
      if (nowMs - at < PAUSE_MS) continue
      parser.pause?.()
      this.touched.delete(parser)
    }
    this.marks.push({ at: nowMs, mark: this.correlator.mark(), place })
    const holdMs = this.hasTimelessLines ? 0 : this.holdMs
    const due = this.marks.findLast(({ at }) => at <= nowMs - holdMs)
    if (due) this.correlator.closeUpTo(due.mark)
    this.passed()
  }

  /** Forgets places that are passed, all but the last. @returns that one, null when nothing is passed. */
  passed(): Passed<Place> | null {
    const at = this.marks.findLastIndex(({ mark }) => this.correlator.isClosed(mark))
    if (at > 0) this.marks = this.marks.slice(at)
    return at < 0 ? null : (this.marks[0] ?? null)
  }

  /** What was closed since, at most 5,000 events; null when there is nothing. */
  take(): LogBatch | null {
    const { skipped, records } = this
    if (this.events.length === 0 && this.rejects.count === 0 && records === 0 && Object.keys(skipped).length === 0) return null
    const events = this.events.slice(0, BATCH_EVENTS)
    this.events = this.events.length > BATCH_EVENTS ? this.events.slice(BATCH_EVENTS) : []
    const rejects = this.rejects.take()
    this.skipped = {}
    this.records = 0
    const { leases } = this
    this.leases = []
    return { events, rejects, skipped, records, bytesRead: 0, ...(leases.length > 0 && { leases }) }
  }

  /** Hands on everything. */
  end(): void {
    for (const parser of this.touched.keys()) parser.pause?.()
    this.touched.clear()
    this.correlator.end()
  }

  /** Names are a help: what a flood of leases tells beyond this is only counted. */
  private keepLease(lease: AddressLease): void {
    if (!this.isKnown && this.leases.length < BATCH_EVENTS) this.leases.push(lease)
  }

  private accept(event: ParsedEvent): void {
    if (event.kind === 'dns') {
      if (event.timeQuality === 'ingest') this.hasTimelessLines = true
      if (event.role === 'response' && this.late.has(event)) {
        this.sink.skip('answer-to-stored-query')
        return
      }
      if (event.role === 'query') this.late.asked(event)
    }
    this.correlator.accept(event)
  }

  private close(event: LogEvent, begun: number): void {
    const { known } = this
    if (event.kind === 'dns' && event.rcode === null && event.answerCount === null) this.late.closed(event)
    if (this.isKnown || (known !== null && begun <= (event.kind === 'dns' ? known.lookupRecords : known.starts))) return
    this.events.push(event)
  }
}
