import { field, firstText, isDotted, listField, textField } from './document-fields'
import { isLookup, mapEcsLookup, questionOf } from './ecs-dns'
import { isStart, mapEcsStart } from './ecs-process'
import type { FormatParser, FormatSink, ParserOptions } from './format'
import { JsonDocuments } from './json-documents'
import { isObject, type JsonObject, unwrapEnvelope } from './json-records'
import { rejectOf } from './line-reader'
import { deliver, type Mapped } from './mapped'
import { isoTime, plausible, type ReadTime } from './timestamps'
import { mapWindowsEvent, SECURITY, SYSMON } from './windows-event'

/** An event as Elastic's shippers write it, mapped to ECS or not. */
export const isEventDocument = (document: JsonObject): boolean =>
  (document['@timestamp'] !== undefined && SHIPPED.some((path) => field(document, path) !== undefined)) ||
  textField(document, 'network.protocol') === 'dns'

const SHIPPED = [
  'ecs.version',
  'event.kind',
  'event.category',
  'event.code',
  'event.dataset',
  'dns.question',
  'dns.question.name',
  'winlog',
  'winlog.event_id',
]

/** A Windows event whose data still has Windows' own names. */
export const isRawWindowsEvent = (document: JsonObject): boolean =>
  eventData(document) !== null && textField(document, 'process.executable') === null && questionOf(document) === null

function eventData(document: JsonObject): JsonObject | null {
  const data = field(document, 'winlog.event_data')
  if (isObject(data)) return data
  if (!isDotted(document)) return null
  const prefix = 'winlog.event_data.'
  const flat = Object.entries(document).filter(([key]) => key.startsWith(prefix))
  return flat.length === 0 ? null : Object.fromEntries(flat.map(([key, value]) => [key.slice(prefix.length), value]))
}

/** Reads event documents in any JSON layout: lookups and process starts are mapped, everything else is counted. */
export class EventDocumentParser implements FormatParser {
  records = 0
  private readonly documents: JsonDocuments

  constructor(
    private readonly format: string,
    private readonly sink: FormatSink,
    private readonly options: ParserOptions,
  ) {
    this.documents = new JsonDocuments(
      {
        document: (document, text) => this.accept(document, text),
        refuse: (reason, detail, text) => sink.reject(rejectOf(reason, ++this.records, detail, text)),
      },
      options.maxRecordBytes,
    )
  }

  push(bytes: Uint8Array): void {
    this.documents.push(bytes)
  }

  end(): void {
    this.documents.end()
  }

  /** Takes a record that was parsed already. @param text - gives its JSON, for a reject. */
  accept(record: JsonObject, text: () => string): void {
    this.records += 1
    const document = unwrapEnvelope(record, isEventDocument)
    deliver(document === null ? { skip: 'other-event' } : this.map(document), this.sink, this.records, text)
  }

  private map(document: JsonObject): Mapped {
    const data = isRawWindowsEvent(document) ? eventData(document) : null
    if (data) return this.mapRaw(document, data)
    const start = isStart(document)
    if (!start && !isLookup(document)) return { skip: 'other-event' }
    const time = plausible(timeOf(document), this.options.nowMs)
    if (typeof time === 'string') return { reject: time, detail: `@timestamp is no usable time (${time})` }
    const place = { format: this.format, recordNo: this.records }
    if (start) return { event: mapEcsStart(document, time.at, place) }
    const question = questionOf(document)
    return question === null ? { skip: 'no-name' } : { event: mapEcsLookup(document, question, time.at, place) }
  }

  private mapRaw(document: JsonObject, data: JsonObject): Mapped {
    return mapWindowsEvent({
      provider: firstText(document, 'event.provider', 'winlog.provider_name') ?? '',
      code: firstText(document, 'event.code', 'winlog.event_id') ?? '',
      data,
      created: timeOf(document),
      hostId: textField(document, 'host.id'),
      hostName: firstText(document, 'host.name', 'winlog.computer_name', 'host.hostname'),
      hostIps: listField(document, 'host.ip'),
      sensor: textField(document, 'agent.name'),
      format: this.format,
      recordNo: this.records,
      nowMs: this.options.nowMs,
    })
  }
}

/** For Windows events `@timestamp` can be the time of shipping; the time of writing is beside it. */
function timeOf(document: JsonObject): ReadTime {
  const provider = firstText(document, 'event.provider', 'winlog.provider_name')
  const created = provider === SECURITY || provider === SYSMON ? textField(document, 'winlog.time_created') : null
  return isoTime(created ?? textField(document, '@timestamp') ?? '')
}
