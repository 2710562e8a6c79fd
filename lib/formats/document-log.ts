import type { FormatParser, FormatSink, ParserOptions } from './format'
import { JsonDocuments } from './json-documents'
import { type JsonObject, unwrapEnvelope } from './json-records'
import { rejectOf } from './line-reader'
import { deliver, type Mapped, type RecordPlace } from './mapped'

/** One kind of JSON log: which documents belong to it and what they mean. */
export interface DocumentLog {
  readonly fits: (document: JsonObject) => boolean
  /** Called with documents that fit, in order. */
  readonly map: (document: JsonObject, place: RecordPlace) => Mapped
  /** Gives what the mapping still holds back. */
  readonly rest?: () => Mapped
}

/** Parser of a JSON log in any layout and up to three envelopes deep; documents that do not fit are skipped as `other-event`. */
export class DocumentLogParser implements FormatParser {
  records = 0
  private readonly documents: JsonDocuments

  constructor(
    private readonly log: DocumentLog,
    private readonly sink: FormatSink,
    private readonly options: ParserOptions,
  ) {
    this.documents = new JsonDocuments(
      {
        document: (record, text) => this.record(record, text),
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
    if (this.log.rest) deliver(this.log.rest(), this.sink, this.records, () => '')
  }

  private record(record: JsonObject, text: () => string): void {
    this.records += 1
    const document = unwrapEnvelope(record, this.log.fits)
    const place = { recordNo: this.records, nowMs: this.options.nowMs }
    const mapped: Mapped = document === null ? { skip: 'other-event' } : this.log.map(document, place)
    deliver(mapped, this.sink, this.records, text)
  }
}
