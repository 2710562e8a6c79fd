import { DocumentLogParser } from '../document-log'
import type { FormatParser, FormatSink, LogFormat, ParserOptions } from '../format'
import { type JsonObject, unwrapEnvelope } from '../json-records'
import { rejectOf } from '../line-reader'
import { deliver, type Mapped } from '../mapped'
import { recogniseDocuments } from '../recognise-documents'
import { mapWindowsEvent } from '../windows-event'
import { readEventXml } from './event-xml'
import { type EventFacts, eventFacts, fromXml } from './json-event'
import { DATE_LINE, eventFromText } from './splunk-text'
import { TextEvents } from './text-events'
import { XmlEvents } from './xml-events'

/** Windows events as no pipeline has mapped them: Sysmon 1 and 22, Security 4688, as JSON, XML or Splunk's text. */
export const windowsEvent: LogFormat = {
  id: 'windows-event',
  title: 'Windows events (JSON, XML or text)',
  endings: ['.json', '.xml', '.log', '.txt', '.json.gz', '.xml.gz'],
  expects:
    '`<Event>` elements, JSON with `Event.System`, with `EventID` and `SourceName` or of a Sentinel table, or text with `EventCode=`',
  recognise(head) {
    const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 4096)).toString('latin1').trimStart()
    if (text.startsWith('{') || text.startsWith('['))
      return recogniseDocuments(head, (record) => unwrapEnvelope(record, isWindowsEvent) !== null)
    if (looksLikeXml(text)) return /<Event[\s>]/.test(text) && /<(?:System|EventID|Provider)[\s>]/.test(text) ? 1 : 0
    const [first = '', second = ''] = text.split(/\r?\n/, 2)
    return DATE_LINE.test(first) && second.startsWith('LogName=') ? 1 : 0
  },
  createParser: (sink, options) => new WindowsEventParser(sink, options),
}

/** A copy from a browser begins with the `-` that folds the element. */
const looksLikeXml = (text: string): boolean => /^(?:- {0,4})?</.test(text)

const isWindowsEvent = (record: JsonObject): boolean => eventFacts(record) !== null

/** Chooses a reader by the first sign of the file. */
class WindowsEventParser implements FormatParser {
  private own = 0
  private documents: DocumentLogParser | null = null
  private reader: { push(bytes: Uint8Array): void; end(): void } | null = null

  constructor(
    private readonly sink: FormatSink,
    private readonly options: ParserOptions,
  ) {}

  get records(): number {
    return this.documents?.records ?? this.own
  }

  push(bytes: Uint8Array): void {
    if (this.reader) {
      this.reader.push(bytes)
      return
    }
    // Blanks before the first sign are dropped, wherever a chunk ends.
    const ink = bytes.findIndex((byte) => byte > 0x20)
    if (ink < 0) return
    this.reader = this.readerFor(String.fromCharCode(bytes[ink] ?? 0))
    this.reader.push(bytes.subarray(ink))
  }

  end(): void {
    this.reader?.end()
  }

  private readerFor(first: string) {
    const { maxRecordBytes } = this.options
    if (first === '{' || first === '[') {
      const map = (record: JsonObject, place: { readonly recordNo: number }) => this.map(eventFacts(record), place.recordNo)
      this.documents = new DocumentLogParser({ fits: isWindowsEvent, map }, this.sink, this.options)
      return this.documents
    }
    const tooLong = (head: string) => this.refuse('line-too-long', `the record is longer than ${maxRecordBytes} bytes`, head)
    if (first === '<' || first === '-') return new XmlEvents({ event: (text, whole) => this.xml(text, whole), tooLong }, maxRecordBytes)
    return new TextEvents((lines) => this.text(lines), tooLong, maxRecordBytes)
  }

  private xml(text: string, whole: boolean): void {
    if (!whole) {
      this.refuse('truncated', 'the event has no end', text)
      return
    }
    this.own += 1
    deliver(this.map(fromXml(readEventXml(text)), this.own), this.sink, this.own, () => text)
  }

  private text(lines: readonly string[]): void {
    this.own += 1
    deliver(this.map(eventFromText(lines), this.own), this.sink, this.own, () => `${lines.join('\n')}\n`)
  }

  private map(facts: EventFacts | null, recordNo: number): Mapped {
    if (facts === null) return { skip: 'other-event' }
    return mapWindowsEvent({ ...facts, hostId: null, hostIps: [], format: 'windows-event', recordNo, nowMs: this.options.nowMs })
  }

  private refuse(reason: string, detail: string, text: string): void {
    this.own += 1
    this.sink.reject(rejectOf(reason, this.own, detail, text))
  }
}
