import { knownName } from '@/lib/names/name-features'
import { resized } from './code-table'

const FIRST_ROWS = 1_024
const UNKNOWN = 0
const READABLE = 1
const UNREADABLE = 2

/**
 * One number for each name that somebody holds, so that minutes hold numbers: a name is asked by hundreds of clients, and
 * again every minute. A name nobody holds any more is forgotten, and its number given to another.
 */
export class NameTable {
  private readonly numbers = new Map<string, number>()
  private readonly texts: string[] = []
  private readonly zones: string[] = []
  private holders = new Uint32Array(FIRST_ROWS)
  private readability = new Uint8Array(FIRST_ROWS)
  private readonly free: number[] = []
  /** For whoever walks through names and wants to know which it met: see `meet`. */
  private round = 0
  private metIn = new Uint32Array(FIRST_ROWS)
  private metAs = new Uint32Array(FIRST_ROWS)

  get size(): number {
    return this.numbers.size
  }

  /** The name's number, held once more for the caller. @param zone - the text every name of the zone shares. */
  hold(qname: string, zone: string): number {
    const known = this.numbers.get(qname)
    if (known === undefined) return this.begin(qname, qname, zone)
    if (this.zones[known] === zone) return this.holdAgain(known)
    // A list of public suffixes that changed splits one name two ways. No name holds a line break.
    const key = `${zone}\n${qname}`
    const other = this.numbers.get(key)
    return other === undefined ? this.begin(key, qname, zone) : this.holdAgain(other)
  }

  holdAgain(name: number): number {
    this.holders[name] = (this.holders[name] ?? 0) + 1
    return name
  }

  release(name: number): void {
    const left = (this.holders[name] ?? 1) - 1
    this.holders[name] = left
    if (left > 0) return
    const qname = this.textOf(name)
    if (this.numbers.get(qname) === name) this.numbers.delete(qname)
    else this.numbers.delete(`${this.zoneOf(name)}\n${qname}`)
    this.texts[name] = ''
    this.zones[name] = ''
    this.free.push(name)
  }

  textOf(name: number): string {
    return this.texts[name] ?? ''
  }

  zoneOf(name: number): string {
    return this.zones[name] ?? ''
  }

  /** Worked out once a name. */
  isReadable(name: number): boolean {
    const known = this.readability[name]
    if (known !== UNKNOWN) return known === READABLE
    const { unreadable } = knownName(this.textOf(name), this.zoneOf(name))
    this.readability[name] = unreadable ? UNREADABLE : READABLE
    return !unreadable
  }

  /** Begins a walk in which no name was met. */
  beginRound(): void {
    this.round += 1
  }

  /** @returns what the name was met as in this walk; -1, and `as` from now on, when it was not. */
  meet(name: number, as: number): number {
    if (this.metIn[name] === this.round) return this.metAs[name] ?? 0
    this.metIn[name] = this.round
    this.metAs[name] = as
    return -1
  }

  private begin(key: string, qname: string, zone: string): number {
    const name = this.free.pop() ?? this.texts.length
    if (name >= this.holders.length) this.grow(2 * name)
    this.numbers.set(key, name)
    this.texts[name] = qname
    this.zones[name] = zone
    this.holders[name] = 1
    this.readability[name] = UNKNOWN
    this.metIn[name] = 0
    return name
  }

  private grow(rows: number): void {
    this.holders = resized(this.holders, new Uint32Array(rows))
    this.readability = resized(this.readability, new Uint8Array(rows))
    this.metIn = resized(this.metIn, new Uint32Array(rows))
    this.metAs = resized(this.metAs, new Uint32Array(rows))
  }
}
