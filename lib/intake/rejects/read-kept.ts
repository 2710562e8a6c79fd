import { formats } from '@/lib/formats'
import type { FormatParser, LogFormat } from '@/lib/formats/format'
import type { LogBatch, LogOutcome } from '@/lib/formats/read-log'
import type { KeptPart } from '@/lib/store/ports'
import { DocumentReader } from '../elastic/document-reader'
import { BULK_LIMITS } from '../elastic/limits'
import { SenderMemory } from '../elastic/sender-memory'
import { StoredQueries } from '../elastic/stored-queries'
import { LiveReading } from '../stream/live-reading'
import { SyslogReader } from '../syslog/reader'

export interface ReadKeptOptions {
  /** Wall clock, epoch ms. */
  readonly nowMs: number
  /** Log format id to read lines as; null: each as before. */
  readonly format: string | null
}

/** A record of an event log file is kept as XML. */
const READ_AS: ReadonlyMap<string, string> = new Map([['windows-evtx', 'windows-event']])
const BATCH_EVENTS = 5_000

/** Reads rejected records the way they came: as lines of a log, as syslog messages, as documents of a shipper. Never throws on any bytes. */
export async function* readKept(parts: Iterable<KeptPart>, options: ReadKeptOptions): AsyncGenerator<LogBatch, LogOutcome> {
  const reading = new KeptReading(options)
  for (const part of parts) {
    reading.take(part)
    yield* reading.batches(BATCH_EVENTS)
  }
  reading.end()
  yield* reading.batches(1)
  return { format: [...reading.formats].sort().join(', ') || 'none', container: 'none', problems: [] }
}

class KeptReading {
  readonly formats = new Set<string>()
  private readonly reading: LiveReading
  private readonly syslog: SyslogReader
  private readonly documents: DocumentReader
  private readonly parsers = new Map<string, FormatParser>()

  constructor(private readonly options: ReadKeptOptions) {
    const { nowMs, format } = options
    this.reading = new LiveReading(() => nowMs)
    this.syslog = new SyslogReader(this.reading, () => nowMs, format)
    const memory = new SenderMemory()
    this.documents = new DocumentReader(memory, new StoredQueries(), {
      nowMs,
      maxRecordBytes: BULK_LIMITS.maxDocumentBytes,
      ingestMs: () => nowMs,
    })
  }

  take(part: KeptPart): void {
    const { reader, records } = part
    if (reader.kind === 'syslog') {
      this.formats.add('syslog')
      for (const record of records) this.syslog.accept(Buffer.from(record), reader.sender)
    } else if (reader.kind === 'document') {
      this.formats.add('documents')
      for (const record of records) this.documents.read(Buffer.from(record).toString('utf8'), record)
    } else this.lines(reader.format, part)
  }

  end(): void {
    for (const parser of this.parsers.values()) parser.end()
    this.reading.end()
    this.documents.end()
  }

  /** What was read since, as soon as it holds so many events. */
  *batches(least: number): Generator<LogBatch> {
    while (this.reading.waiting >= least || least === 1) {
      const batch = this.reading.take()
      if (batch === null) break
      yield batch
    }
    const { events, records, skipped } = this.documents
    if (events.length < least && least > 1) return
    const rejects = this.documents.rejects()
    for (let from = 0; from < events.length || (from === 0 && records > 0); from += BATCH_EVENTS) {
      const isFirst = from === 0
      yield {
        events: events.slice(from, from + BATCH_EVENTS),
        rejects: isFirst ? rejects : [],
        skipped: isFirst ? { ...skipped } : {},
        records: isFirst ? records : 0,
        bytesRead: 0,
      }
    }
    this.documents.forget()
  }

  private lines(before: string, { preamble, records }: KeptPart): void {
    const wanted = this.options.format ?? before
    const format = formatOf(wanted) ?? formatOf(before)
    if (format === null) return
    this.formats.add(format.id)
    const parser = this.parserOf(format, wanted === before ? preamble : '')
    for (const record of records) this.reading.push(parser, format.id === 'dnstap' ? framed(record) : ended(record))
  }

  private parserOf(format: LogFormat, preamble: string): FormatParser {
    const key = `${format.id}\n${preamble}`
    const known = this.parsers.get(key)
    if (known) return known
    const parser = this.reading.parserOf(format)
    parser.push(Buffer.from(preamble))
    this.parsers.set(key, parser)
    return parser
  }
}

const formatOf = (id: string): LogFormat | null => formats.find((format) => format.id === (READ_AS.get(id) ?? id)) ?? null
const ended = (record: Uint8Array): Buffer => Buffer.concat([record, Buffer.from('\n')])

/** As the frame stood in its stream. */
function framed(record: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(record.byteLength)
  return Buffer.concat([length, record])
}
