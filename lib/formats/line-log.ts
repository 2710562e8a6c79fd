import type { FormatParser, FormatSink, ParserOptions } from './format'
import { createLineReader, rejectOf } from './line-reader'
import { deliver, type Mapped, type RecordPlace } from './mapped'

/** What a line means; null when it is not of this log at all. */
export type LineMapping = (line: string, place: RecordPlace) => Mapped | null

/** Parser of a log of one record a line. What a line says never reaches the next one, unless the mapping keeps it. */
export class LineLogParser implements FormatParser {
  records = 0
  private readonly lines

  /**
   * @param unlike - detail for lines that are not of this log: what was expected.
   * @param finish - called after the last line, by mappings that hold something back.
   */
  constructor(
    private readonly map: LineMapping,
    private readonly unlike: string,
    private readonly sink: FormatSink,
    private readonly options: ParserOptions,
    private readonly finish: () => void = () => {},
  ) {
    this.lines = createLineReader(
      {
        line: (text, ended) => this.line(text, ended),
        tooLong: (head) => this.refuse('line-too-long', `the line is longer than ${options.maxRecordBytes} bytes`, head),
      },
      options.maxRecordBytes,
    )
  }

  push(bytes: Uint8Array): void {
    this.lines.push(bytes)
  }

  end(): void {
    this.lines.end()
    this.finish()
  }

  private line(text: string, ended: boolean): void {
    if (text.trim() === '') return
    const mapped = this.map(text, { recordNo: this.records + 1, nowMs: this.options.nowMs })
    if (mapped === null) {
      this.refuse(ended ? 'unknown-line' : 'truncated', this.unlike, text)
      return
    }
    this.records += 1
    deliver(mapped, this.sink, this.records, () => text)
  }

  private refuse(reason: string, detail: string, text: string): void {
    this.records += 1
    this.sink.reject(rejectOf(reason, this.records, detail, text))
  }
}

const MAX_LINES = 200

/** Share of the first lines that `fits`; the one the head cuts does not count. */
export function recogniseLines(head: Uint8Array, fits: (line: string) => boolean): number {
  const lines = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
    .toString('latin1')
    .split(/\r?\n/, MAX_LINES + 1)
  const whole = lines.slice(0, Math.max(1, lines.length - 1)).filter((line) => line !== '')
  return whole.length === 0 ? 0 : whole.filter(fits).length / whole.length
}
