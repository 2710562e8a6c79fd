import { type KeptName, keptName, type SketchedLookup } from '@/lib/names/name-sketch'
import { type CodeTable, resized } from './code-table'
import type { NameTable } from './name-table'

const FIRST_ROWS = 1_024
/** Row 0 is none. */
export const NONE = 0

/** First lookups of names in minutes, as rows of columns: chains of them hang on cells. */
export class NameRecords {
  private name = new Uint32Array(FIRST_ROWS)
  private at = new Float64Array(FIRST_ROWS)
  private qtype = new Uint16Array(FIRST_ROWS)
  private rcode = new Uint16Array(FIRST_ROWS)
  private next = new Uint32Array(FIRST_ROWS)
  private readonly raw: (string | null)[] = [null]
  /** As tallies show them, made when one first does: the same records are shown again every step for an hour. */
  private readonly kept: (KeptName | null)[] = [null]
  private used = 1
  private firstFree = NONE

  constructor(
    readonly names: NameTable,
    private readonly qtypes: CodeTable,
    private readonly rcodes: CodeTable,
  ) {}

  /** @param name - held for the record by the caller. @param next - the chain it is put in front of. @returns the chain. */
  add(name: number, at: number, qtype: number, rcode: number, raw: string | null, next: number): number {
    const row = this.take()
    this.name[row] = name
    this.at[row] = at
    this.qtype[row] = qtype
    this.rcode[row] = rcode
    this.raw[row] = raw
    this.kept[row] = null
    this.next[row] = next
    return row
  }

  /** Lets go of a chain and of its names. */
  free(chain: number): void {
    for (let row = chain; row !== NONE; ) {
      this.names.release(this.nameOf(row))
      this.raw[row] = null
      this.kept[row] = null
      const after = this.nextOf(row)
      this.next[row] = this.firstFree
      this.firstFree = row
      row = after
    }
  }

  nextOf(row: number): number {
    return this.next[row] ?? NONE
  }

  nameOf(row: number): number {
    return this.name[row] ?? 0
  }

  holds(chain: number, name: number): boolean {
    for (let row = chain; row !== NONE; row = this.nextOf(row)) if (this.name[row] === name) return true
    return false
  }

  isReadable(chain: number): boolean {
    for (let row = chain; row !== NONE; row = this.nextOf(row)) if (!this.names.isReadable(this.nameOf(row))) return false
    return true
  }

  lookupOf(row: number): SketchedLookup {
    const name = this.nameOf(row)
    return {
      qname: this.names.textOf(name),
      raw: this.raw[row] ?? null,
      zone: this.names.zoneOf(name),
      qtype: this.qtypes.textOf(this.qtype[row] ?? 0),
      rcode: this.rcodes.textOf(this.rcode[row] ?? 0),
      at: this.at[row] ?? 0,
    }
  }

  keptOf(row: number): KeptName {
    const known = this.kept[row]
    if (known !== null && known !== undefined) return known
    const kept = keptName(this.lookupOf(row))
    this.kept[row] = kept
    return kept
  }

  /** Of two records of one name the one that describes it: the earlier, ties by what they tell, so that order never decides. */
  describing(a: number, b: number): number {
    const first = this.at[a] ?? 0
    const second = this.at[b] ?? 0
    if (first !== second) return first < second ? a : b
    return this.textOf(a) < this.textOf(b) ? a : b
  }

  private textOf(row: number): string {
    const { qtype, rcode, raw } = this.lookupOf(row)
    return `${qtype ?? ''} ${rcode ?? ''} ${raw ?? ''}`
  }

  private take(): number {
    if (this.firstFree !== NONE) {
      const row = this.firstFree
      this.firstFree = this.nextOf(row)
      return row
    }
    if (this.used === this.name.length) this.grow(2 * this.used)
    this.used += 1
    return this.used - 1
  }

  private grow(rows: number): void {
    this.name = resized(this.name, new Uint32Array(rows))
    this.at = resized(this.at, new Float64Array(rows))
    this.qtype = resized(this.qtype, new Uint16Array(rows))
    this.rcode = resized(this.rcode, new Uint16Array(rows))
    this.next = resized(this.next, new Uint32Array(rows))
  }
}
