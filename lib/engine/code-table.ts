import { KeyCounts, type KeyCountsSnapshot } from './key-counts'

/** Texts told apart, of record types or of response codes; a log that invents more gets the last number for all of them. */
const MAX_CODES = 16_384
const OTHER_CODE = 'other'
/** Number of what a log did not tell. */
export const NO_CODE = 0

/** One number for each record type or response code, so that minutes hold numbers and events may bring copies of the text. */
export class CodeTable {
  private readonly numbers = new Map<string, number>()
  private readonly texts: (string | null)[] = [null]

  numberOf(text: string | null): number {
    if (text === null) return NO_CODE
    const known = this.numbers.get(text)
    if (known !== undefined) return known
    if (this.texts.length >= MAX_CODES) return this.numberOf(OTHER_CODE)
    this.numbers.set(text, this.texts.length)
    this.texts.push(text)
    // The name of all further ones has a number before it is needed.
    if (this.texts.length === MAX_CODES - 1) this.numberOf(OTHER_CODE)
    return this.numbers.get(text) ?? NO_CODE
  }

  textOf(code: number): string | null {
    return this.texts[code] ?? null
  }

  /** As counts name it: `-` for what a log did not tell. */
  keyOf(code: number): string {
    return this.texts[code] ?? '-'
  }
}

const NONE = 0xffff

/**
 * Lookups by code, for every row of a table. Nearly all minutes of a pair know one or two codes, which are columns; the
 * first one's count is what is left of all lookups of the row.
 */
export class CodeCounts {
  private first = new Uint16Array(0)
  private second = new Uint16Array(0)
  private seconds = new Uint32Array(0)
  private readonly more = new Map<number, KeyCounts>()

  constructor(private readonly codes: CodeTable) {}

  resize(rows: number): void {
    this.first = resized(this.first, new Uint16Array(rows))
    this.second = resized(this.second, new Uint16Array(rows))
    this.seconds = resized(this.seconds, new Uint32Array(rows))
  }

  clear(row: number): void {
    this.first[row] = NONE
    this.second[row] = NONE
    this.seconds[row] = 0
    if (this.more.size > 0) this.more.delete(row)
  }

  /** @param before - lookups of the row so far. */
  add(row: number, code: number, before: number): void {
    if (this.first[row] === code) {
      if (this.more.size > 0) this.more.get(row)?.add(this.codes.keyOf(code), 1)
    } else if (before === 0) this.first[row] = code
    else this.addOther(row, code, before)
  }

  /** @param lookups - all of the row. */
  addTo(total: KeyCounts, row: number, lookups: number): void {
    const more = this.more.size === 0 ? undefined : this.more.get(row)
    if (more !== undefined) {
      more.addTo(total)
      return
    }
    const seconds = this.seconds[row] ?? 0
    if (lookups > seconds) total.add(this.codes.keyOf(this.first[row] ?? NO_CODE), lookups - seconds)
    if (seconds > 0) total.add(this.codes.keyOf(this.second[row] ?? NO_CODE), seconds)
  }

  snapshot(row: number, lookups: number): KeyCountsSnapshot {
    const total = new KeyCounts()
    this.addTo(total, row, lookups)
    return total.snapshot()
  }

  /** @param snapshot - keys as counts name them, in the order `snapshot` gave. */
  restore(row: number, snapshot: KeyCountsSnapshot): void {
    this.clear(row)
    const [first, second, third] = snapshot
    if (first !== undefined) this.first[row] = this.codeOfKey(first[0])
    if (third !== undefined) this.more.set(row, new KeyCounts(snapshot))
    else if (second !== undefined) {
      this.second[row] = this.codeOfKey(second[0])
      this.seconds[row] = second[1]
    }
  }

  private codeOfKey(key: string): number {
    return key === '-' ? NO_CODE : this.codes.numberOf(key)
  }

  private addOther(row: number, code: number, before: number): void {
    const more = this.more.get(row)
    if (more !== undefined) more.add(this.codes.keyOf(code), 1)
    else if (this.second[row] === code || this.second[row] === NONE) {
      this.second[row] = code
      this.seconds[row] = (this.seconds[row] ?? 0) + 1
    } else {
      const counts = new KeyCounts()
      this.addTo(counts, row, before)
      counts.add(this.codes.keyOf(code), 1)
      this.more.set(row, counts)
    }
  }
}

/** @returns `to` with what `from` held. */
export function resized<Column extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from.length <= to.length ? from : from.subarray(0, to.length))
  return to
}
