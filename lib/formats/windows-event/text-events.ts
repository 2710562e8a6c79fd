import { createLineReader } from '../line-reader'
import { DATE_LINE } from './splunk-text'

const MAX_LINES = 2_000

/** Cuts a `WinEventLog` text into its events. Only a date line followed by `LogName=` begins one, so no message can. */
export class TextEvents {
  private readonly lines
  private block: string[] = []
  private waiting: string | null = null

  constructor(
    private readonly onEvent: (lines: readonly string[]) => void,
    onTooLong: (head: string) => void,
    maxBytes: number,
  ) {
    this.lines = createLineReader({ line: (text) => this.line(text), tooLong: onTooLong }, maxBytes)
  }

  push(bytes: Uint8Array): void {
    this.lines.push(bytes)
  }

  end(): void {
    this.lines.end()
    if (this.waiting !== null) this.add(this.waiting)
    this.flush()
  }

  private line(text: string): void {
    const before = this.waiting
    this.waiting = null
    if (before !== null) {
      if (text.startsWith('LogName=')) this.flush()
      this.add(before)
    }
    if (DATE_LINE.test(text)) this.waiting = text
    else this.add(text)
  }

  private add(text: string): void {
    if (this.block.length < MAX_LINES && (this.block.length > 0 || text.trim() !== '')) this.block.push(text)
  }

  private flush(): void {
    if (this.block.length > 0) this.onEvent(this.block)
    this.block = []
  }
}
