import type { NameSketch, SampledName } from '@/lib/domain/tally'
import { HyperLogLog } from '@/lib/stats/hyper-log-log'
import { knownName } from './name-features'
import { nameHash } from './name-hash'

/** Names kept: all of them up to this many, a uniform sample of this size beyond. */
export const SAMPLE_SIZE = 512
/** Pruning only now and then makes an insertion O(1) on average. */
const PRUNE_AT = 2 * SAMPLE_SIZE

/** One lookup of a name, as far as a sketch cares. */
export interface SketchedLookup {
  /** Canonical name, at or below `zone`. */
  readonly qname: string
  /** The name in the case it was asked in, when that differs. */
  readonly raw?: string | null
  readonly zone: string
  readonly qtype: string | null
  readonly rcode: string | null
  readonly at: number
}

/** A name as sketches keep it, with the hash that counts it. */
export interface KeptName {
  readonly second: number
  readonly name: SampledName
}

interface Snapshot {
  readonly zone: string
  /** [name, qtype, rcode, firstAt, raw when it differs] */
  readonly names: readonly (readonly [string, string | null, string | null, number, string?])[]
  /** Registers as base64 once names were let go; else null. */
  readonly registers: string | null
}

/**
 * Builds the `NameSketch` of a tally. What `view()` shows depends on the multiset of lookups only: any order, any split
 * into sketches merged afterwards gives the same. Holds at most 1,024 names and 4 KB, whatever comes.
 */
export interface NameSketchBuilder {
  /** All lookups of one builder, and of those merged into it, belong to one zone. */
  add(lookup: SketchedLookup): void
  /** The same of a lookup that was made ready by `keptName`. */
  addKept(kept: KeptName, zone: string): void
  merge(other: NameSketchBuilder): void
  view(): NameSketch
  /** JSON; `createNameSketch(snapshot)` continues exactly where it stopped. */
  snapshot(): unknown
}

export function createNameSketch(snapshot?: unknown): NameSketchBuilder {
  return new Builder(snapshot as Snapshot | undefined)
}

const sampleOrder = (a: SampledName, b: SampledName): number => a.hash - b.hash || (a.name < b.name ? -1 : 1)
const bySampleOrder = (a: KeptName, b: KeptName): number => sampleOrder(a.name, b.name)

/** True when lookup `a` is to describe a name rather than `b`: the earlier one, ties by type, rcode and case so that order never decides. */
function describes(a: Pick<SketchedLookup, 'at' | 'qtype' | 'rcode' | 'raw'>, b: SampledName): boolean {
  return a.at === b.firstAt ? tellingOf(a) < tellingOf(b) : a.at < b.firstAt
}

const describesBetter = (a: SampledName, b: SampledName): boolean =>
  a.firstAt === b.firstAt ? tellingOf(a) < tellingOf(b) : a.firstAt < b.firstAt

const tellingOf = ({ qtype, rcode, raw }: Pick<SampledName, 'qtype' | 'rcode' | 'raw'>): string =>
  `${qtype ?? ''} ${rcode ?? ''} ${raw ?? ''}`

function sampledName({ qname, raw = null, qtype, rcode, at }: SketchedLookup, known: ReturnType<typeof knownName>): SampledName {
  const { length, entropyBits, readabilityBits, unreadable } = known
  return { hash: known.hash.first, name: qname, raw, qtype, rcode, firstAt: at, length, entropyBits, readabilityBits, unreadable }
}

/** What a sketch of the same lookups shows, at a tenth of its cost. @param lookups - at most `SAMPLE_SIZE`, of one zone. */
export function sketchOfFew(lookups: readonly SketchedLookup[]): NameSketch {
  const [only, second] = lookups
  if (only !== undefined && second === undefined) return complete([sampledName(only, knownName(only.qname, only.zone))])
  const byName = new Map<string, SampledName>()
  for (const lookup of lookups) {
    const known = byName.get(lookup.qname)
    if (known === undefined || describes(lookup, known)) byName.set(lookup.qname, sampledName(lookup, knownName(lookup.qname, lookup.zone)))
  }
  return complete([...byName.values()].sort(sampleOrder))
}

export function keptName(lookup: SketchedLookup): KeptName {
  const known = knownName(lookup.qname, lookup.zone)
  return { second: known.hash.second, name: sampledName(lookup, known) }
}

/** The same for names each asked by one lookup. @param names - taken over, and put in order. */
export const sketchOfDistinct = (names: SampledName[]): NameSketch => complete(names.length < 2 ? names : names.sort(sampleOrder))

const complete = (sample: readonly SampledName[]): NameSketch => ({ distinct: sample.length, exact: true, sample, complete: true })

class Builder implements NameSketchBuilder {
  private kept = new Map<string, KeptName>()
  /** Null until the first name was let go. */
  private counter: HyperLogLog | null = null
  /** Names hashing above it were let go. */
  private ceiling = Number.POSITIVE_INFINITY
  private zone = ''
  private cached: NameSketch | null = null

  constructor(snapshot: Snapshot | undefined) {
    if (snapshot === undefined) return
    const { zone } = snapshot
    for (const [qname, qtype, rcode, at, raw = null] of snapshot.names) this.add({ qname, raw, zone, qtype, rcode, at })
    if (snapshot.registers === null) return
    this.counter = new HyperLogLog(bytesOf(snapshot.registers))
    this.ceiling = Math.max(...[...this.kept.values()].map((kept) => kept.name.hash))
  }

  add(lookup: SketchedLookup): void {
    this.zone = lookup.zone
    const kept = this.kept.get(lookup.qname)
    if (kept !== undefined) {
      if (!describes(lookup, kept.name)) return
      const { qtype, rcode, at, raw = null } = lookup
      this.kept.set(lookup.qname, { second: kept.second, name: { ...kept.name, raw, qtype, rcode, firstAt: at } })
      this.cached = null
      return
    }
    this.cached = null
    if (this.counter !== null) {
      // Of a crowd of names nearly all are only counted: their features are never needed.
      const { first, second } = nameHash(lookup.qname)
      this.counter.add(second, first)
      if (first > this.ceiling) return
    }
    const known = knownName(lookup.qname, lookup.zone)
    this.keep({ second: known.hash.second, name: sampledName(lookup, known) })
  }

  addKept(kept: KeptName, zone: string): void {
    this.zone = zone
    this.cached = null
    this.mergeKept(kept)
  }

  merge(other: NameSketchBuilder): void {
    if (!(other instanceof Builder)) throw new TypeError('only sketches of createNameSketch can be merged')
    if (other.kept.size === 0) return
    this.cached = null
    this.zone = other.zone
    if (other.counter !== null) {
      this.startCounting()
      this.counter?.merge(other.counter)
      this.ceiling = Math.min(this.ceiling, other.ceiling)
    }
    for (const kept of other.kept.values()) this.mergeKept(kept)
    this.dropAboveCeiling()
  }

  view(): NameSketch {
    if (this.cached !== null) return this.cached
    if (this.kept.size > SAMPLE_SIZE) this.prune()
    const sample = [...this.kept.values()].toSorted(bySampleOrder).map((kept) => kept.name)
    const exact = this.counter === null
    const distinct = this.counter === null ? sample.length : Math.max(SAMPLE_SIZE + 1, Math.round(this.counter.estimate()))
    this.cached = { distinct, exact, sample, complete: exact }
    return this.cached
  }

  snapshot(): unknown {
    if (this.kept.size > SAMPLE_SIZE) this.prune()
    const names = [...this.kept.values()]
      .toSorted(bySampleOrder)
      .map(({ name: { name, raw = null, qtype, rcode, firstAt } }) =>
        raw === null ? ([name, qtype, rcode, firstAt] as const) : ([name, qtype, rcode, firstAt, raw] as const),
      )
    return { zone: this.zone, names, registers: this.counter === null ? null : base64Of(this.counter.bytes()) } satisfies Snapshot
  }

  private mergeKept(kept: KeptName): void {
    const { name } = kept
    const known = this.kept.get(name.name)
    if (known !== undefined) {
      if (known !== kept && describesBetter(name, known.name)) this.kept.set(name.name, kept)
      return
    }
    this.counter?.add(kept.second, name.hash)
    if (name.hash <= this.ceiling) this.keep(kept)
  }

  private keep(kept: KeptName): void {
    this.kept.set(kept.name.name, kept)
    if (this.kept.size >= PRUNE_AT) this.prune()
  }

  /** Lets all but the smallest hashes go. */
  private prune(): void {
    this.startCounting()
    const ordered = [...this.kept.values()].toSorted(bySampleOrder).slice(0, SAMPLE_SIZE)
    this.kept = new Map(ordered.map((kept) => [kept.name.name, kept]))
    this.ceiling = Math.min(this.ceiling, ordered.at(-1)?.name.hash ?? this.ceiling)
  }

  private dropAboveCeiling(): void {
    if (this.counter === null) return
    for (const [name, kept] of this.kept) if (kept.name.hash > this.ceiling) this.kept.delete(name)
  }

  private startCounting(): void {
    if (this.counter !== null) return
    this.counter = new HyperLogLog()
    for (const kept of this.kept.values()) this.counter.add(kept.second, kept.name.hash)
  }
}

function base64Of(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
}
