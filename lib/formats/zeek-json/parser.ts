import { mapLease } from '../dhcp-lease'
import { rcodeOfNumber, typeOfNumber } from '../dns-codes'
import type { FormatParser, FormatSink, LogFormat, ParserOptions } from '../format'
import { JsonDocuments } from '../json-documents'
import { type JsonObject, unwrapEnvelope } from '../json-records'
import { rejectOf } from '../line-reader'
import { deliver, type Mapped } from '../mapped'
import { recogniseDocuments } from '../recognise-documents'
import { epochTime, epochTimeFromText, isoTime, type ReadTime } from '../timestamps'
import { acceptZeekRow, type ZeekRow } from '../zeek-record'

/** Zeek's dns.log and dhcp.log as its JSON writer prints them, also through Corelight, ROCK and Splunk. */
export const zeekJson: LogFormat = {
  id: 'zeek-json',
  title: 'Zeek dns.log and dhcp.log (JSON)',
  endings: ['.log', '.json', '.log.gz', '.json.gz'],
  expects: 'JSON objects with `ts`, `id.orig_h` and `query` or `trans_id`, or with `ts`, `mac` and `msg_types`',
  recognise: (head) => recogniseDocuments(head, (record) => unwrapEnvelope(record, isZeekRow) !== null),
  createParser: (sink, options) => new ZeekJsonParser(sink, options),
}

class ZeekJsonParser implements FormatParser {
  records = 0
  private readonly documents: JsonDocuments

  constructor(
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
  }

  private record(record: JsonObject, text: () => string): void {
    this.records += 1
    const row = isZeekDns(record) ? record : unwrapEnvelope(record, isZeekRow)
    if (row === null) {
      this.sink.skip('not-dns')
      return
    }
    if (!isZeekDns(row)) {
      deliver(mapDhcp(row, this.options.nowMs), this.sink, this.records, text)
      return
    }
    acceptZeekRow(toRow(row), { format: 'zeek-json', recordNo: this.records, nowMs: this.options.nowMs, text, preamble: '' }, this.sink)
  }
}

const isZeekDns = (record: JsonObject): boolean =>
  record.ts !== undefined && (record.query !== undefined || record.trans_id !== undefined) && endpoint(record, 'orig_h') !== undefined

const isZeekDhcp = (record: JsonObject): boolean => record.ts !== undefined && record.mac !== undefined && Array.isArray(record.msg_types)

const isZeekRow = (record: JsonObject): boolean => isZeekDns(record) || isZeekDhcp(record)

function mapDhcp(record: JsonObject, nowMs: number): Mapped {
  if (!Array.isArray(record.msg_types) || !record.msg_types.includes('ACK')) return { skip: 'no-lease' }
  const facts = {
    time: timeOf(record.ts),
    address: textOf(record.assigned_addr),
    name: textOf(record.host_name) ?? textOf(record.client_fqdn),
    leaseSeconds: numberOf(record.lease_time),
  }
  return mapLease(facts, nowMs)
}

/** Connection fields are written `id.orig_h`, `id_orig_h` (ROCK, Filebeat) or nested under `id`. */
function endpoint(record: JsonObject, name: 'orig_h' | 'orig_p' | 'resp_h' | 'resp_p'): unknown {
  const flat = record[`id.${name}`] ?? record[`id_${name}`]
  if (flat !== undefined) return flat
  const { id } = record
  return typeof id === 'object' && id !== null ? Reflect.get(id, name) : undefined
}

function toRow(record: JsonObject): ZeekRow {
  const qtype = numberOf(record.qtype)
  const rcode = numberOf(record.rcode)
  const answers = Array.isArray(record.answers) ? record.answers.map(String) : null
  return {
    time: timeOf(record.ts),
    clientIp: textOf(endpoint(record, 'orig_h')),
    clientPort: numberOf(endpoint(record, 'orig_p')),
    serverIp: textOf(endpoint(record, 'resp_h')),
    serverPort: numberOf(endpoint(record, 'resp_p')),
    transport: textOf(record.proto),
    transactionId: numberOf(record.trans_id),
    query: textOf(record.query),
    originalQuery: textOf(record.original_query),
    qtype: textOf(record.qtype_name)?.toUpperCase() ?? (qtype === null ? null : typeOfNumber(qtype)),
    rcode: textOf(record.rcode_name)?.toUpperCase() ?? (rcode === null ? null : rcodeOfNumber(rcode)),
    // An empty vector is written `[]` or left out alike.
    answers: answers === null || answers.length === 0 ? null : answers,
    ttls: Array.isArray(record.TTLs) ? record.TTLs.map(numberOf) : [],
    truncated: record.TC === true,
    sensor: textOf(record._system_name) ?? textOf(record['@system']),
  }
}

/** Seconds (the default), milliseconds or ISO 8601, as the writer was told to. */
function timeOf(value: unknown): ReadTime {
  if (typeof value === 'number') return epochTime(value)
  if (typeof value !== 'string') return 'no-timestamp'
  return value.includes(':') ? isoTime(value) : epochTimeFromText(value)
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}
