import { csvCells } from './csv-record'
import { DocumentLogParser } from './document-log'
import type { FormatParser, FormatSink, ParserOptions } from './format'
import { type JsonObject, unwrapEnvelope } from './json-records'
import { LineLogParser } from './line-log'
import type { Mapped, RecordPlace } from './mapped'
import { recogniseDocuments } from './recognise-documents'

/** A table that people export as JSON objects or as CSV with a header. */
export interface TableLog {
  /** True for a header or an object with these columns. */
  readonly fits: (columns: readonly string[]) => boolean
  /** A CSV row comes as an object of its cells, all text, '' where empty. */
  readonly map: (row: JsonObject, place: RecordPlace) => Mapped
}

const HEAD_CHARS = 4096

const isRow =
  ({ fits }: TableLog) =>
  (row: JsonObject): boolean =>
    fits(Object.keys(row))

/** @returns 0 to 1, as `LogFormat.recognise`. */
export function recogniseTable(head: Uint8Array, table: TableLog): number {
  const documents = recogniseDocuments(head, (record) => unwrapEnvelope(record, isRow(table)) !== null)
  if (documents > 0) return documents
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD_CHARS)).toString('latin1').trimStart()
  return table.fits(csvCells(text.split(/\r?\n/, 1)[0] ?? '')) ? 1 : 0
}

/** Reads either layout, told apart by the first sign of the file. */
export class TableLogParser implements FormatParser {
  private reader: FormatParser | null = null

  constructor(
    private readonly table: TableLog,
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
    const { table, sink, options } = this
    const isJson = bytes[ink] === 0x7b || bytes[ink] === 0x5b
    this.reader = isJson ? new DocumentLogParser({ fits: isRow(table), map: table.map }, sink, options) : rowParser(table, sink, options)
    this.reader.push(bytes.subarray(ink))
  }

  end(): void {
    this.reader?.end()
  }
}

/** A header may come again, in files put one after the other. */
function rowParser(table: TableLog, sink: FormatSink, options: ParserOptions): FormatParser {
  let header: readonly string[] | null = null
  let preamble = ''
  const mapRow = (line: string, place: RecordPlace): Mapped | null => {
    const cells = csvCells(line)
    if (table.fits(cells)) {
      header = cells
      preamble = `${line}\n`
      return { skip: 'header' }
    }
    if (header === null || cells.length < header.length) return null
    return table.map(Object.fromEntries(header.map((column, index) => [column, cells[index] ?? ''])), place)
  }
  const reject: FormatSink['reject'] = (refused) =>
    sink.reject(refused.again ? { ...refused, again: { ...refused.again, preamble } } : refused)
  return new LineLogParser(mapRow, 'the row has fewer columns than its header', { ...sink, reject }, options)
}
