const ZERO = 0x30
/** More digits than that may not be exact, and no number of a lookup has them. */
const MAX_DIGITS = 15

/** The cells of one row, found by their bounds: only those that are asked for become texts of their own. */
export class RowCells {
  private text = ''
  private separator = '\t'
  private unset = '-'
  /** Where cell n begins; the next one begins a separator after its end. */
  private starts = new Int32Array(1)
  /** What a cell of the column held last: columns of few values then cost no new texts. */
  private last: string[] = []

  /** @param width - cells a row has. @returns how many this one has; only where both agree may cells be asked for. */
  cut(text: string, width: number, separator: string, unset: string): number {
    if (this.starts.length !== width + 1 || unset !== this.unset) {
      this.starts = new Int32Array(width + 1)
      this.last = Array<string>(width).fill('')
    }
    const { starts } = this
    const step = separator.length
    let count = 1
    for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + step)) {
      if (count < width) starts[count] = at + step
      count += 1
    }
    starts[width] = text.length + step
    this.text = text
    this.separator = separator
    this.unset = unset
    return count
  }

  /** All cells as texts. */
  all(): readonly string[] {
    return this.text.split(this.separator)
  }

  /** Text of a cell; null where the log has no such column (`at` is negative) or the row no value. */
  textAt(at: number): string | null {
    if (at < 0) return null
    const from = this.starts[at] ?? 0
    const to = this.endOf(at)
    return this.isUnset(from, to) ? null : this.text.slice(from, to)
  }

  /** The same for a column that holds few values. */
  fewAt(at: number): string | null {
    if (at < 0) return null
    const from = this.starts[at] ?? 0
    const to = this.endOf(at)
    const last = this.last[at] ?? ''
    if (last.length === to - from && last.length > 0 && this.text.startsWith(last, from)) return last
    if (this.isUnset(from, to)) return null
    const found = this.text.slice(from, to)
    this.last[at] = found
    return found
  }

  /** Number of a cell; null for everything else. */
  numberAt(at: number): number | null {
    if (at < 0) return null
    const from = this.starts[at] ?? 0
    const to = this.endOf(at)
    if (to === from || to - from > MAX_DIGITS) return numberOf(this.textAt(at))
    let value = 0
    for (let place = from; place < to; place++) {
      const digit = this.text.charCodeAt(place) - ZERO
      if (digit < 0 || digit > 9) return numberOf(this.textAt(at))
      value = value * 10 + digit
    }
    return value
  }

  private endOf(at: number): number {
    return (this.starts[at + 1] ?? 0) - this.separator.length
  }

  private isUnset(from: number, to: number): boolean {
    return to - from === this.unset.length && this.text.startsWith(this.unset, from)
  }
}

export function numberOf(text: string | null): number | null {
  const value = text === null || text === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : null
}
