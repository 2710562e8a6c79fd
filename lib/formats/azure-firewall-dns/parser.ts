import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from '../address'
import { csvCells } from '../csv-record'
import { canonicalType } from '../dns-codes'
import { firstText, numberField, textField } from '../document-fields'
import { DocumentLogParser } from '../document-log'
import type { FormatParser, FormatSink, LogFormat, ParserOptions } from '../format'
import { type JsonObject, unwrapEnvelope } from '../json-records'
import { LineLogParser } from '../line-log'
import { lookupOf, portOf } from '../lookup'
import type { Mapped, RecordPlace } from '../mapped'
import { recogniseDocuments } from '../recognise-documents'
import { isoTime, plausible } from '../timestamps'

/** DNS proxy log of Azure Firewall (table AZFWDnsQuery), as CSV or JSON. */
export const azureFirewallDns: LogFormat = {
  id: 'azure-firewall-dns',
  title: 'Azure Firewall DNS log (CSV or JSON)',
  endings: ['.csv', '.json', '.csv.gz', '.json.gz'],
  expects: 'a CSV header or JSON objects with `TimeGenerated`, `SourceIp`, `QueryName` and `QueryType`',
  recognise(head) {
    const documents = recogniseDocuments(head, (record) => unwrapEnvelope(record, isQuery) !== null)
    if (documents > 0) return documents
    const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 4096)).toString('latin1').trimStart()
    return isHeader(csvCells(text.split(/\r?\n/, 1)[0] ?? '')) ? 1 : 0
  },
  createParser: (sink, options) => new AzureFirewallParser(sink, options),
}

const COLUMNS = ['TimeGenerated', 'SourceIp', 'QueryName', 'QueryType'] as const

const isHeader = (cells: readonly string[]): boolean => COLUMNS.every((column) => cells.includes(column))
const isQuery = (record: JsonObject): boolean => COLUMNS.every((column) => record[column] !== undefined)

class AzureFirewallParser implements FormatParser {
  private reader: FormatParser | null = null

  constructor(
    private readonly sink: FormatSink,
    private readonly options: ParserOptions,
  ) {}

  get records(): number {
    return this.reader?.records ?? 0
  }

  push(bytes: Uint8Array): void {
    if (this.reader) {
      this.reader.push(bytes)
      return
    }
    // Blanks before the first sign are dropped, wherever a chunk ends.
    const ink = bytes.findIndex((byte) => byte > 0x20)
    if (ink < 0) return
    const isJson = bytes[ink] === 0x7b || bytes[ink] === 0x5b
    this.reader = isJson ? new DocumentLogParser({ fits: isQuery, map }, this.sink, this.options) : rowParser(this.sink, this.options)
    this.reader.push(bytes.subarray(ink))
  }

  end(): void {
    this.reader?.end()
  }
}

/** A header may come again, in files put one after the other. */
function rowParser(sink: FormatSink, options: ParserOptions): FormatParser {
  let header: readonly string[] | null = null
  const mapRow = (line: string, place: RecordPlace): Mapped | null => {
    const cells = csvCells(line)
    if (isHeader(cells)) {
      header = cells
      return { skip: 'header' }
    }
    if (header === null || cells.length < header.length) return null
    return map(Object.fromEntries(header.map((column, index) => [column, cells[index] ?? ''])), place)
  }
  return new LineLogParser(mapRow, 'the row has fewer columns than its header', sink, options)
}

function map(record: JsonObject, place: RecordPlace): Mapped {
  const name = textField(record, 'QueryName')
  if (name === null) return { skip: 'no-name' }
  const time = plausible(isoTime(textField(record, 'TimeGenerated') ?? '', 'utc'), place.nowMs)
  if (typeof time === 'string') return { reject: time, detail: `TimeGenerated is no usable time (${time})` }
  const clientIp = canonicalIp(textField(record, 'SourceIp') ?? '')
  if (clientIp === null) return { reject: 'no-client', detail: 'SourceIp is not an IP address' }
  const code = textField(record, 'ResponseCode')
  // A failed exchange has the number 0 where an answer has a name.
  const rcode = code === null || /^\d+$/.test(code) ? null : code.toUpperCase()
  const transport = textField(record, 'Protocol')?.toLowerCase()
  return {
    event: lookupOf(nameFromText(name, 'decimal'), {
      at: time.at,
      timeQuality: time.quality,
      clientIp,
      clientPort: portOf(textField(record, 'SourcePort')),
      transport: transport === 'udp' || transport === 'tcp' ? transport : null,
      transactionId: numberField(record, 'QueryId'),
      qtype: canonicalType(textField(record, 'QueryType')?.replace(/:$/, '') ?? null),
      rcode,
      queryBytes: numberField(record, 'RequestSize'),
      responseBytes: rcode === null ? null : numberField(record, 'ResponseSize'),
      sensor: firstText(record, '_ResourceId')?.split('/').at(-1) ?? null,
      format: 'azure-firewall-dns',
      recordNo: place.recordNo,
      role: rcode === null ? 'query' : 'both',
    }),
  }
}
