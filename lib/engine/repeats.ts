import type { CodeTable } from './code-table'
import type { NameTable } from './name-table'
import type { Source, SourceTable } from './source-table'

/** The same question of the same source within this span is the same lookup: sent again, or seen by another sensor. */
const SPAN_MS = 5_000
/** Questions of one span remembered; a flood beyond it counts some repeats as lookups. */
const MAX_QUESTIONS = 100_000
const FIRST_SLOTS = 1_024

type QuestionSnapshot = readonly [source: string, qtype: string | null, qname: string, zone: string, at: number]

interface Snapshot {
  readonly turnedAt: number
  readonly current: readonly QuestionSnapshot[]
  readonly previous: readonly QuestionSnapshot[]
}

/** The numbers that questions are made of. */
export interface Numbers {
  readonly sources: SourceTable
  readonly names: NameTable
  readonly qtypes: CodeTable
}

/** What is asked again within a few seconds. The same events in the same order give the same answers. */
export class Repeats {
  private turnedAt: number
  /** When questions were counted, since `turnedAt` and in the span before. */
  private current: Questions
  private previous: Questions

  constructor(
    private readonly numbers: Numbers,
    snapshot?: unknown,
  ) {
    const { turnedAt = 0, current = [], previous = [] } = (snapshot ?? {}) as Partial<Snapshot>
    this.turnedAt = turnedAt
    this.current = this.restored(current)
    this.previous = this.restored(previous)
  }

  /**
   * True when the lookup repeats one counted before it; else it counts, and is noted.
   *
   * @param name - as held by the caller. @param qtype - number of its type.
   */
  isRepeat(at: number, source: Source, name: number, qtype: number): boolean {
    if (at - this.turnedAt >= SPAN_MS || this.current.size >= MAX_QUESTIONS) {
      const emptied = this.previous
      emptied.clear()
      this.previous = this.current
      this.current = emptied
      this.turnedAt = at
    }
    const hash = hashOf(source.no, name, qtype)
    const last = this.current.find(hash, source, name, qtype) ?? this.previous.find(hash, source, name, qtype)
    if (last !== null && at - last < SPAN_MS) return true
    this.current.set(hash, source, name, qtype, at)
    return false
  }

  snapshot(): unknown {
    return {
      turnedAt: this.turnedAt,
      current: this.current.snapshot(this.numbers),
      previous: this.previous.snapshot(this.numbers),
    } satisfies Snapshot
  }

  private restored(saved: readonly QuestionSnapshot[]): Questions {
    const { sources, names, qtypes } = this.numbers
    const questions = new Questions(names)
    for (const [from, type, qname, zone, at] of saved) {
      const [source, qtype] = [sources.get(from), qtypes.numberOf(type)]
      const name = names.hold(qname, zone)
      questions.set(hashOf(source.no, name, qtype), source, name, qtype, at)
      names.release(name)
    }
    return questions
  }
}

/** Finaliser of MurmurHash3 (A. Appleby, public domain) over the three numbers. */
function hashOf(source: number, name: number, qtype: number): number {
  let h = Math.imul(source, 0x9e3779b1) ^ Math.imul(name, 0x85ebca6b) ^ Math.imul(qtype, 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** A hash table of numbers with open addressing. It holds its names, so that no other can get their numbers meanwhile. */
class Questions {
  /** Place in the columns and one, 0 where nothing is. */
  private slots = new Int32Array(FIRST_SLOTS)
  private readonly source: Source[] = []
  private readonly name: number[] = []
  private readonly qtype: number[] = []
  private readonly at: number[] = []

  constructor(private readonly names: NameTable) {}

  get size(): number {
    return this.at.length
  }

  find(hash: number, source: Source, name: number, qtype: number): number | null {
    const place = this.slots[this.slotOf(hash, source, name, qtype)] ?? 0
    return place === 0 ? null : (this.at[place - 1] ?? null)
  }

  set(hash: number, source: Source, name: number, qtype: number, at: number): void {
    const slot = this.slotOf(hash, source, name, qtype)
    const place = this.slots[slot] ?? 0
    if (place > 0) {
      this.at[place - 1] = at
      return
    }
    this.source.push(source)
    this.name.push(this.names.holdAgain(name))
    this.qtype.push(qtype)
    this.slots[slot] = this.at.push(at)
    if (2 * this.size > this.slots.length) this.grow()
  }

  clear(): void {
    for (const name of this.name) this.names.release(name)
    // After a flood small again.
    if (this.slots.length > FIRST_SLOTS && 8 * this.size < this.slots.length) this.slots = new Int32Array(this.slots.length / 2)
    else this.slots.fill(0)
    this.source.length = 0
    this.name.length = 0
    this.qtype.length = 0
    this.at.length = 0
  }

  snapshot({ names, qtypes }: Numbers): QuestionSnapshot[] {
    return this.at.map((at, i) => {
      const name = this.name[i] ?? 0
      return [this.source[i]?.name ?? '', qtypes.textOf(this.qtype[i] ?? 0), names.textOf(name), names.zoneOf(name), at]
    })
  }

  /** Where the question is, or would be. */
  private slotOf(hash: number, source: Source, name: number, qtype: number): number {
    const last = this.slots.length - 1
    for (let slot = hash & last; ; slot = (slot + 1) & last) {
      const place = (this.slots[slot] ?? 0) - 1
      if (place < 0 || (this.name[place] === name && this.source[place] === source && this.qtype[place] === qtype)) return slot
    }
  }

  private grow(): void {
    this.slots = new Int32Array(2 * this.slots.length)
    for (const [place, source] of this.source.entries()) {
      const [name, qtype] = [this.name[place] ?? 0, this.qtype[place] ?? 0]
      this.slots[this.slotOf(hashOf(source.no, name, qtype), source, name, qtype)] = place + 1
    }
  }
}
