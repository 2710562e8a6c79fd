import { mapLease } from '../dhcp-lease'
import { rcodeOfNumber, typeOfNumber } from '../dns-codes'
import type { FormatParser, FormatSink, LogFormat, ParserOptions } from '../format'
import { octetsOf } from '../hex-escapes'
import { createLineReader, rejectOf, sampleOf } from '../line-reader'
import { deliver } from '../mapped'
import { epochTimeFromText } from '../timestamps'
import { acceptZeekRow } from '../zeek-record'
import { numberOf, RowCells } from './cells'
import { emptyHeader, isDnsLog, readHeaderLine, type ZeekColumns, type ZeekDhcpColumns, type ZeekHeader } from './header'

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
  private readonly cells = new RowCells()
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
    const { columns, separator, unset, width } = this.header
    if (columns === null) {
      this.refuse('no-header', 'a row came before any #fields line', text)
      return
    }
    if (!isDnsLog(columns) && this.header.dhcp === null) {
      this.sink.skip('not-dns')
      return
    }
    const count = this.cells.cut(text, width, separator, unset)
    if (count !== width) {
      this.refuse(ended ? 'wrong-columns' : 'truncated', `the row has ${count} columns, its header ${width}`, text)
      return
    }
    if (this.header.dhcp === null) this.row(columns, text)
    else this.lease(this.cells.all(), this.header.dhcp, text)
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

  private row(columns: ZeekColumns, text: string): void {
    const { cells } = this
    const { empty, setSeparator } = this.header
    const query = cells.textAt(columns.query)
    const answers = cells.textAt(columns.answers)
    const ttls = answers === null ? null : cells.textAt(columns.ttls)
    acceptZeekRow(
      {
        time: epochTimeFromText(cells.textAt(columns.ts) ?? ''),
        clientIp: cells.textAt(columns.clientIp),
        clientPort: cells.numberAt(columns.clientPort),
        serverIp: cells.fewAt(columns.serverIp),
        serverPort: cells.numberAt(columns.serverPort),
        transport: cells.fewAt(columns.transport),
        transactionId: cells.numberAt(columns.transactionId),
        query: query === empty ? '' : query,
        originalQuery: cells.textAt(columns.originalQuery),
        qtype: cells.fewAt(columns.qtypeName)?.toUpperCase() ?? numbered(cells.numberAt(columns.qtype), typeOfNumber),
        rcode: cells.fewAt(columns.rcodeName)?.toUpperCase() ?? numbered(cells.numberAt(columns.rcode), rcodeOfNumber),
        answers: answers === null ? null : answers === empty ? [] : answers.split(setSeparator),
        ttls: ttls === null || ttls === empty ? [] : ttls.split(setSeparator).map(numberOf),
        truncated: cells.fewAt(columns.truncated) === 'T',
        sensor: cells.fewAt(columns.sensor),
      },
      { format: 'zeek-tsv', recordNo: this.records, nowMs: this.options.nowMs, text: () => text, preamble: this.headerText },
      this.sink,
    )
  }
}

const numbered = (value: number | null, mnemonic: (value: number) => string): string | null => (value === null ? null : mnemonic(value))
