import type { SampledName, Tally } from '@/lib/domain/tally'
import { nameFeatures } from '@/lib/names/name-features'
import { HashSample } from '@/lib/stats/hash-sample'
import type { PairKey } from '../detector'
import { DAY_MS, SLOT_MS } from './rule'

/** Unreadable names kept of a pair; three times the threshold. */
const MAX_NAMES = 64
/** Readable names are only counted. */
const MAX_READABLE = 32

/** An unreadable name over the day. */
export interface DayName {
  readonly name: string
  readonly raw: string | null
  readonly qtype: string | null
  readonly rcode: string | null
  readonly firstAt: number
  readonly lastAt: number
  /** Minutes in which it was asked. */
  readonly minutes: number
}

/** What happened in ten minutes. */
interface Slot {
  readonly at: number
  firstAt: number
  queries: number
  unreadable: number
}

type SlotSnapshot = readonly [at: number, firstAt: number, queries: number, unreadable: number]

export interface PairSnapshot extends PairKey {
  readonly unreadable: ReturnType<HashSample<DayName>['snapshot']>
  readonly readable: ReturnType<HashSample<{ readonly lastAt: number }>['snapshot']>
  readonly slots: readonly SlotSnapshot[]
  readonly lastAt: number
}

/** One source's names below one zone in the last 24 hours, in at most 64 names and 145 slots. */
export class PairDay implements PairKey {
  readonly source: string
  readonly zone: string
  readonly unreadable: HashSample<DayName>
  private readonly readable: HashSample<{ readonly lastAt: number }>
  private slots: Slot[]
  lastAt: number
  /** Counts changes, so that what was computed from it can be kept until the next. */
  version = 0

  constructor({ source, zone }: PairKey, snapshot?: PairSnapshot) {
    this.source = source
    this.zone = zone
    this.unreadable = new HashSample(MAX_NAMES, snapshot?.unreadable)
    this.readable = new HashSample(MAX_READABLE, snapshot?.readable)
    this.slots = (snapshot?.slots ?? []).map(([at, firstAt, queries, unreadable]) => ({ at, firstAt, queries, unreadable }))
    this.lastAt = snapshot?.lastAt ?? 0
  }

  /** Adds a closed minute. @returns whether an unreadable name is new. */
  add(minute: Tally): boolean {
    const { names } = minute
    this.lastAt = Math.max(this.lastAt, minute.lastAt)
    this.version++
    let isNew = false
    let unreadable = 0
    for (const name of names.sample) {
      if (!name.unreadable) {
        this.readable.set(name.hash, { lastAt: minute.lastAt })
        continue
      }
      unreadable++
      const known = this.unreadable.get(name.hash)
      if (known === undefined) isNew = true
      this.unreadable.set(name.hash, dayName(name, minute.lastAt, known))
    }
    if (!names.complete) this.lowerCeilings(names.sample)
    this.count(minute, Math.round((unreadable * names.distinct) / Math.max(1, names.sample.length)))
    return isNew
  }

  expire(beforeAt: number): void {
    const gone = this.unreadable.expire(beforeAt) + this.readable.expire(beforeAt)
    const slots = this.slots.filter(({ at }) => at >= beforeAt - SLOT_MS)
    if (gone === 0 && slots.length === this.slots.length) return
    this.slots = slots
    this.version++
  }

  get distinct(): number {
    return this.unreadable.distinct + this.readable.distinct
  }

  get queries(): number {
    return this.slots.reduce((sum, slot) => sum + slot.queries, 0)
  }

  /** Slots with unreadable names, oldest first. */
  get activeSlots(): readonly Readonly<Slot>[] {
    return this.slots.filter(({ unreadable }) => unreadable > 0)
  }

  /** Smallest hash first. */
  sample(): readonly SampledName[] {
    return this.unreadable.entries().map(([hash, { name, raw, qtype, rcode, firstAt }]) => {
      const { length, entropyBits, readabilityBits, unreadable } = nameFeatures(name, this.zone)
      return { hash, name, raw, qtype, rcode, firstAt, length, entropyBits, readabilityBits, unreadable }
    })
  }

  snapshot(): PairSnapshot {
    return {
      source: this.source,
      zone: this.zone,
      unreadable: this.unreadable.snapshot(),
      readable: this.readable.snapshot(),
      slots: this.slots.map(({ at, firstAt, queries, unreadable }) => [at, firstAt, queries, unreadable]),
      lastAt: this.lastAt,
    }
  }

  private count({ fromMs, firstAt, queries }: Tally, unreadable: number): void {
    const at = fromMs - (fromMs % SLOT_MS)
    const last = this.slots.at(-1)
    if (last?.at === at) {
      last.queries += queries
      if (unreadable > 0 && last.unreadable === 0) last.firstAt = firstAt
      last.unreadable += unreadable
      return
    }
    this.slots.push({ at, firstAt, queries, unreadable })
    if (this.slots.length > DAY_MS / SLOT_MS + 1) this.slots.shift()
  }

  /** A minute's sample holds the smallest hashes: what lies above its largest one is not known. */
  private lowerCeilings(sample: readonly SampledName[]): void {
    const reach = (sample.at(-1)?.hash ?? 0) + 1
    this.unreadable.lowerCeiling(reach)
    this.readable.lowerCeiling(reach)
  }
}

function dayName({ name, raw = null, qtype, rcode, firstAt }: SampledName, lastAt: number, known: DayName | undefined): DayName {
  if (known === undefined) return { name, raw, qtype, rcode, firstAt, lastAt, minutes: 1 }
  return { ...known, lastAt, minutes: known.minutes + 1 }
}
