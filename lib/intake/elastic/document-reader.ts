import type { AddressLease } from '@/lib/domain/host-name'
import type { LogEvent, Reject } from '@/lib/domain/log-event'
import { createCorrelator } from '@/lib/formats/correlate'
import { firstText, textField } from '@/lib/formats/document-fields'
import { isLookup } from '@/lib/formats/ecs-dns'
import { isStart } from '@/lib/formats/ecs-process'
import { EventDocumentParser, isEventDocument, isRawWindowsEvent } from '@/lib/formats/event-documents'
import type { FormatParser, FormatSink, LogFormat, ParsedEvent } from '@/lib/formats/format'
import { formats } from '@/lib/formats/index'
import { isObject, type JsonObject, parseJson } from '@/lib/formats/json-records'
import { sampleOf } from '@/lib/formats/line-reader'
import { keptRejects } from '@/lib/formats/rejected-records'
import { SURE_ENOUGH, surestFormat } from '@/lib/formats/surest-format'
import { moduleRecord, type ShippedLine, shippedLine, withSyslogHeader } from './raw-records'
import type { SenderMemory } from './sender-memory'
import type { StoredQueries } from './stored-queries'

const BINARY: ReadonlySet<string> = new Set(['pcap', 'pcapng', 'dnstap'])
/** Documents carry logs of logs at most this deep. */
const MAX_ENVELOPES = 3
const MAX_STREAMS = 512

const textFormats = formats.filter((format) => !BINARY.has(format.id))
const formatOf = (id: string): LogFormat => {
  const format = formats.find((candidate) => candidate.id === id)
  if (!format) throw new Error(`there is no log format ${id}`)
  return format
}
const ZEEK_JSON = formatOf('zeek-json')
const DNS_SERVER = formatOf('microsoft-dnsserver')
const EVE = formatOf('suricata-eve')
const ZEEK_TSV = formatOf('zeek-tsv')

/** What became of one document. */
export type ReadResult = { readonly rejected: Pick<Reject, 'reason' | 'detail'> | null }

export interface ReaderOptions {
  readonly nowMs: number
  readonly maxRecordBytes: number
  /** Stands in for the `@timestamp` of a document that has none. */
  readonly ingestMs: () => number
}

/** Parses the documents of one request, whatever kinds they are of, with the parsers of log files. */
export class DocumentReader {
  events: LogEvent[] = []
  private readonly kept = keptRejects()
  skipped: Record<string, number> = {}
  readonly leases: AddressLease[] = []
  records = 0
  private readonly parsers = new Map<string, FormatParser>()
  private readonly documents = new Map<string, EventDocumentParser>()
  private readonly sink: FormatSink = {
    event: (event) => this.accept(event),
    reject: ({ reason, detail, sample }) => this.refuse(reason, detail, sample),
    skip: (reason) => this.skip(reason),
    lease: (lease) => this.leases.push(lease),
  }
  private readonly correlator
  private rejected: Pick<Reject, 'reason' | 'detail'> | null = null
  /** The document at hand, as it came. */
  private text = ''
  /** The shipper's time of the document at hand, for lines and documents that tell none or less. */
  private shippedAt: number | null = null
  /** The host that a syslog daemon named and cut off the line. */
  private shippedHost: string | null = null
  private isTimeless = false

  constructor(
    private readonly memory: SenderMemory,
    private readonly stored: StoredQueries,
    private readonly options: ReaderOptions,
  ) {
    this.correlator = createCorrelator(
      (event) => this.events.push(event),
      (reason) => this.skip(reason),
    )
  }

  /** @param text - the document as JSON. */
  read(text: string, bytes: Uint8Array): ReadResult {
    this.records += 1
    this.rejected = null
    this.text = text
    this.shippedAt = null
    this.shippedHost = null
    this.isTimeless = false
    const document = parseJson(text)
    if (document === undefined) this.refuse('not-json', 'the document is not JSON', text)
    else if (!isObject(document)) this.refuse('not-an-object', 'the document is no JSON object', text)
    else this.route(document, bytes, 0)
    return { rejected: this.rejected }
  }

  /** Counts an action whose document cannot be read for what is around it. */
  refuseAction(reason: string, detail: string): void {
    this.records += 1
    this.text = ''
    this.refuse(reason, detail, '')
  }

  private refuse(reason: string, detail: string, text: string): void {
    this.rejected = { reason, detail }
    const { text: document, records: recordNo } = this
    // A document without a time is of the moment it came; later it would be of another.
    const again = document !== '' && !this.isTimeless ? { bytes: document, reader: { kind: 'document' } as const } : undefined
    this.kept.add({ reason, recordNo, detail, sample: sampleOf(text), ...(again && { again }) })
  }

  /** What could not be read since the last call. */
  rejects(): readonly Reject[] {
    return this.kept.take()
  }

  /** What was read so far was taken. */
  forget(): void {
    this.events = []
    this.skipped = {}
    this.records = 0
  }

  end(): void {
    this.text = ''
    for (const parser of this.parsers.values()) parser.end()
    this.correlator.end()
  }

  /** @param bytes - the document as it came; null when it is not the document's own text. */
  private route(document: JsonObject, bytes: Uint8Array | null, depth: number): void {
    const record = moduleRecord(document)
    if (record !== null) {
      this.push(record['id.orig_h'] === undefined ? EVE : ZEEK_JSON, JSON.stringify(record))
      return
    }
    const timed = this.withTime(document)
    if (isOfDnsServer(timed)) {
      this.push(DNS_SERVER, timed === document && bytes ? bytes : JSON.stringify(timed))
      return
    }
    const isRaw = isRawWindowsEvent(timed)
    if (isRaw || (isEventDocument(timed) && (isLookup(timed) || isStart(timed)))) {
      this.mapped(isRaw ? 'winlogbeat' : 'ecs').accept(timed, () => JSON.stringify(timed))
      return
    }
    const line = shippedLine(document)
    if (line !== null && this.line(line, depth)) return
    const format = this.shapeOf(document, bytes)
    if (format === null) this.skip('other-event')
    else this.push(format, bytes ?? JSON.stringify(document))
  }

  /** Elasticsearch also takes milliseconds for a date; a document without any is of now. */
  private withTime(document: JsonObject): JsonObject {
    const stamp = document['@timestamp']
    if (typeof stamp === 'number' && Number.isFinite(stamp) && Math.abs(stamp) < 8e15)
      return { ...document, '@timestamp': new Date(stamp).toISOString() }
    if (stamp !== undefined) return document
    const looksLikeEvent = document.dns !== undefined || document.winlog !== undefined || document['dns.question.name'] !== undefined
    const isProcess = isObject(document.event) && isObject(document.process)
    if (!looksLikeEvent && !isProcess) return document
    this.isTimeless = true
    return { ...document, '@timestamp': new Date(this.options.ingestMs()).toISOString() }
  }

  /** @returns false when the line is of no known format. */
  private line(line: ShippedLine, depth: number): boolean {
    this.shippedAt = line.at
    this.shippedHost = line.program === null ? null : line.host
    const text = line.text.trimStart()
    const inner = text.startsWith('{') && depth < MAX_ENVELOPES ? parseJson(text) : undefined
    if (isObject(inner)) {
      const before = this.skipped['other-event']
      this.route(inner, Buffer.from(text), depth + 1)
      // Nothing known inside: what is around it may be.
      if (this.skipped['other-event'] === before) return true
      this.unskip('other-event')
      return false
    }
    if (this.header(line, text)) return true
    for (const candidate of [text, withSyslogHeader(line, this.options.nowMs)]) {
      const format = candidate === null ? null : this.formatOfLine(candidate, line.stream)
      if (candidate === null || format === null) continue
      this.memory.streams.set(line.stream, format)
      this.push(format, candidate, line.stream)
      return true
    }
    return false
  }

  /** Zeek's tables name their columns once, in lines that begin with a number sign. */
  private header(line: ShippedLine, text: string): boolean {
    if (!text.startsWith('#')) return false
    const lines = /^#separator\b/.test(text) ? [] : (this.memory.headers.get(line.stream) ?? [])
    if (lines.length === 0 && !/^#(?:separator|fields)\b/.test(text)) return false
    this.memory.keepHeader(line.stream, lines, text)
    this.parsers.get(keyOf(ZEEK_TSV, line.stream))?.push(Buffer.from(`${text}\n`))
    this.skip('header')
    return true
  }

  private formatOfLine(text: string, stream: string): LogFormat | null {
    if (this.memory.headers.get(stream) !== undefined) return ZEEK_TSV
    const head = Buffer.from(`${text}\n`)
    const last = this.memory.streams.get(stream)
    if (last && last.recognise(head) >= SURE_ENOUGH) return last
    return surestFormat(textFormats, head)
  }

  private shapeOf(document: JsonObject, bytes: Uint8Array | null): LogFormat | null {
    const kind = `${textField(document, 'event_type') ?? ''} ${textField(document, 'class_uid') ?? ''} ${textField(document, 'Type') ?? ''}`
    const shape = `${Object.keys(document).slice(0, 64).join(' ').slice(0, 2_048)} ${kind.slice(0, 128)}`
    const known = this.memory.shapes.get(shape)
    if (known !== undefined) return known
    const format = surestFormat(textFormats, bytes ?? Buffer.from(JSON.stringify(document)))
    this.memory.shapes.set(shape, format)
    return format
  }

  private push(format: LogFormat, record: string | Uint8Array, stream = ''): void {
    const parser = this.parserFor(format, stream)
    parser.push(typeof record === 'string' ? Buffer.from(`${record}\n`) : record)
    if (typeof record !== 'string') parser.push(LINE_FEED)
  }

  /** Documents that need no parsing once more: most of what comes. */
  private mapped(id: 'ecs' | 'winlogbeat'): EventDocumentParser {
    const parser = this.documents.get(id) ?? new EventDocumentParser(id, this.sink, this.options)
    this.documents.set(id, parser)
    return parser
  }

  private parserFor(format: LogFormat, stream: string): FormatParser {
    const key = keyOf(format, this.parsers.size < MAX_STREAMS ? stream : '')
    const open = this.parsers.get(key)
    if (open) return open
    const parser = format.createParser(this.sink, this.options)
    for (const line of format === ZEEK_TSV ? (this.memory.headers.get(stream) ?? []) : []) parser.push(Buffer.from(`${line}\n`))
    this.parsers.set(key, parser)
    return parser
  }

  private accept(parsed: ParsedEvent): void {
    const event = this.completed(parsed)
    if (event.kind === 'dns' && event.role === 'response' && this.stored.has(event)) this.skip('answer-to-stored-query')
    else {
      if (event.kind === 'dns' && event.role === 'query') this.stored.note(event)
      this.correlator.accept(event)
    }
  }

  /** What the shipper knows better: the time where the line has none or only the second, the host where it names none. */
  private completed(event: ParsedEvent): ParsedEvent {
    if (this.isTimeless) return { ...event, timeQuality: 'ingest' }
    const { shippedAt } = this
    if (shippedAt === null) return event
    const isSecondOf = event.timeQuality === 'no-year' && Math.floor(shippedAt / 1_000) * 1_000 === event.at
    const sensor = event.sensor ?? this.shippedHost
    return event.timeQuality === 'ingest' || isSecondOf ? { ...event, sensor, at: shippedAt, timeQuality: 'exact' } : { ...event, sensor }
  }

  private skip(reason: string): void {
    this.skipped[reason] = (this.skipped[reason] ?? 0) + 1
  }

  private unskip(reason: string): void {
    const count = (this.skipped[reason] ?? 0) - 1
    if (count > 0) this.skipped[reason] = count
    else delete this.skipped[reason]
  }
}

const LINE_FEED = Buffer.from('\n')

/** Its events have the outer shape of Winlogbeat's others. */
const isOfDnsServer = (document: JsonObject): boolean =>
  firstText(document, 'event.provider', 'winlog.provider_name') === 'Microsoft-Windows-DNSServer'

const keyOf = (format: LogFormat, stream: string): string => `${format.id}\n${stream}`
