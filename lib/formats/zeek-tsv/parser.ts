import { rcodeOfNumber, typeOfNumber } from '../dns-codes'
import { mapLease } from '../dhcp-lease'
import type { FormatParser, FormatSink, LogFormat, ParserOptions } from '../format'
import { createLineReader, rejectOf, sampleOf } from '../line-reader'
import { octetsOf } from '../hex-escapes'
import { deliver } from '../mapped'
import { epochTimeFromText } from '../timestamps'
import { acceptZeekRow } from '../zeek-record'
import { emptyHeader, isDnsLog, readHeaderLine, type ZeekDhcpColumns, type ZeekHeader } from './header'

/** Zeek's dns.log and dhcp.log as its ASCII writer prints them: a header that names the columns, then one row a line. */
export const zeekTsv: LogFormat = {
  id: 'zeek-tsv',
  title: 'Zeek dns.log and dhcp.log (TSV)',
  endings: ['.log', '.log.gz'],
  expects: 'a `#fields` header line with `ts`, `id.orig_h` and `query`, or `ts`, `assigned_addr` and `host_name` columns',
  recognise(head) {
    const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 16_384)).toString('latin1')
    if (!text.startsWith('#')) return 0
    const header = emptyHeader()
    return text.split('\n').some((line) => {
      if (line.startsWith('#')) readHeaderLine(header, line.replace(/\r$/, ''))
      return header.dhcp !== null || (header.columns !== null && isDnsLog(header.columns))
    })
      ? 1
      : 0
  },
  createParser: (sink, options) => new ZeekTsvParser(sink, options),
}

/** Zeek's own header has some 1,000. */
const MAX_HEADER_CHARS = 16_384

class ZeekTsvParser implements FormatParser {
  records = 0
  private readonly header: ZeekHeader = emptyHeader()
  /** The header's lines as they came: a row that is read again needs them. */
  private headerText = ''
  private readonly lines

  constructor(
    private readonly sink: FormatSink,
    private readonly options: ParserOptions,
  ) {
    this.lines = createLineReader(
      { line: (text, ended) => this.line(text, ended), tooLong: (head) => this.tooLong(head) },
      options.maxRecordBytes,
    )
  }

  push(bytes: Uint8Array): void {
    this.lines.push(bytes)
  }

  end(): void {
    this.lines.end()
  }

  private tooLong(head: string): void {
    this.records += 1
    const detail = `the line is longer than ${this.options.maxRecordBytes} bytes`
    this.sink.reject({ reason: 'line-too-long', recordNo: this.records, detail, sample: sampleOf(head) })
  }

  private line(text: string, ended: boolean): void {
    if (text === '') return
    // A value that begins with # is written escaped, so # always begins a header or trailer line.
    if (text.startsWith('#')) {
      readHeaderLine(this.header, text)
      this.keepHeader(text)
      return
    }
    this.records += 1
    const { columns, separator, width } = this.header
    if (columns === null) {
      this.refuse('no-header', 'a row came before any #fields line', text)
      return
    }
    if (!isDnsLog(columns) && this.header.dhcp === null) {
      this.sink.skip('not-dns')
      return
    }
    const cells = text.split(separator)
    if (cells.length !== width) {
      this.refuse(ended ? 'wrong-columns' : 'truncated', `the row has ${cells.length} columns, its header ${width}`, text)
      return
    }
    if (this.header.dhcp === null) this.row(cells, text)
    else this.lease(cells, this.header.dhcp, text)
  }

  private lease(cells: readonly string[], columns: ZeekDhcpColumns, text: string): void {
    const { unset, empty, setSeparator } = this.header
    const cell = (at: number): string | null => {
      const value = cells[at]
      return value === undefined || value === unset || value === empty ? null : value
    }
    const name = cell(columns.hostName) ?? cell(columns.fqdn)
    const facts = {
      time: epochTimeFromText(cell(columns.ts) ?? ''),
      address: cell(columns.address),
      // Bytes beyond ASCII are written as \xHH.
      name: name === null ? null : Buffer.from(octetsOf(name), 'latin1').toString('utf8'),
      leaseSeconds: numberOf(cell(columns.leaseSeconds)),
    }
    const isGranted = cell(columns.messages)?.split(setSeparator).includes('ACK') ?? true
    deliver(isGranted ? mapLease(facts, this.options.nowMs) : { skip: 'no-lease' }, this.sink, this.records, () => text)
  }

  private keepHeader(line: string): void {
    if (line.startsWith('#separator') || line.startsWith('#close')) this.headerText = ''
    const text = `${this.headerText}${line}\n`
    if (text.length <= MAX_HEADER_CHARS && !line.startsWith('#close')) this.headerText = text
  }

  private refuse(reason: string, detail: string, text: string): void {
    this.sink.reject(rejectOf(reason, this.records, detail, text, this.headerText))
  }

  private row(cells: readonly string[], text: string): void {
    const { columns, unset, empty, setSeparator } = this.header
    if (columns === null) return
    const cell = (at: number): string | null => {
      const value = at < 0 ? undefined : cells[at]
      return value === undefined || value === unset ? null : value
    }
    const query = cell(columns.query)
    const answers = cell(columns.answers)
    const ttls = answers === null ? null : cell(columns.ttls)
    acceptZeekRow(
      {
        time: epochTimeFromText(cell(columns.ts) ?? ''),
        clientIp: cell(columns.clientIp),
        clientPort: numberOf(cell(columns.clientPort)),
        serverIp: cell(columns.serverIp),
        serverPort: numberOf(cell(columns.serverPort)),
        transport: cell(columns.transport),
        transactionId: numberOf(cell(columns.transactionId)),
        query: query === empty ? '' : query,
        originalQuery: cell(columns.originalQuery),
        qtype: cell(columns.qtypeName)?.toUpperCase() ?? numbered(cell(columns.qtype), typeOfNumber),
        rcode: cell(columns.rcodeName)?.toUpperCase() ?? numbered(cell(columns.rcode), rcodeOfNumber),
        answers: answers === null ? null : answers === empty ? [] : answers.split(setSeparator),
        ttls: ttls === null || ttls === empty ? [] : ttls.split(setSeparator).map(numberOf),
        truncated: cell(columns.truncated) === 'T',
        sensor: cell(columns.sensor),
      },
      { format: 'zeek-tsv', recordNo: this.records, nowMs: this.options.nowMs, text: () => text, preamble: this.headerText },
      this.sink,
    )
  }
}

function numberOf(text: string | null): number | null {
  const value = text === null || text === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : null
}

function numbered(text: string | null, mnemonic: (value: number) => string): string | null {
  const value = numberOf(text)
  return value === null ? null : mnemonic(value)
}
