import type { Tally } from '@/lib/domain/tally'
import { nameHash } from '@/lib/names/name-hash'
import { SeenBefore } from '@/lib/stats/seen-before'
import type { PairKey, TallyView } from '../detector'
import { PairDay, type PairSnapshot } from './pair-day'
import { DAY_MS, HOUR_MS, SLOT_MS, WEEK_MS } from './rule'

/** Sources of a zone told apart; a zone with more is anybody's. */
const MAX_SOURCES = 64
/** Room made at once when memory is full, so that making it costs little on average. */
const KEEP_SHARE = 0.8

export interface MemoryLimits {
  readonly pairs: number
  /** Unreadable names over all pairs, about 300 B each. */
  readonly names: number
  readonly zones: number
}

export const LIMITS: MemoryLimits = { pairs: 60_000, names: 200_000, zones: 60_000 }

/** Largest number of sources for which a zone is rare. */
export type RareLimit = (view: TallyView) => number

interface Snapshot {
  readonly pairs: readonly PairSnapshot[]
  readonly zones: readonly (readonly [zone: string, sources: readonly (readonly [string, number])[]])[]
  readonly seen: ReturnType<SeenBefore['snapshot']>
  readonly sweptAt: number
}

export const keyOf = ({ source, zone }: PairKey): string => `${zone} ${source}`

/**
 * Who asked for which unreadable names in the last 24 hours, of zones that are rare and not long known here. Bounded by
 * `limits` whatever comes: pairs with the fewest names go first, of those the longest silent.
 */
export class DayMemory {
  private readonly pairs = new Map<string, PairDay>()
  private readonly bySource = new Map<string, Map<string, PairDay>>()
  /** Zones with unreadable names → sources that asked for anything below them → last lookup. */
  private readonly zones = new Map<string, Map<string, number>>()
  private readonly seen: SeenBefore
  private sweptAt: number
  private names = 0
  /** Zones noted in the minute. */
  private readonly noted = new Set<string>()
  private notedIn = Number.NEGATIVE_INFINITY

  constructor(
    private readonly rareLimit: RareLimit,
    snapshot?: Snapshot,
    private readonly limits: MemoryLimits = LIMITS,
  ) {
    this.seen = new SeenBefore(WEEK_MS, snapshot?.seen)
    this.sweptAt = snapshot?.sweptAt ?? 0
    for (const pair of snapshot?.pairs ?? []) this.keep(new PairDay(pair, pair))
    for (const pair of this.pairs.values()) this.names += pair.unreadable.size
    for (const [zone, sources] of snapshot?.zones ?? []) this.zones.set(zone, new Map(sources))
  }

  /** Adds a closed minute of a pair. @returns the pair when an unreadable name is new to it. */
  add(minute: Tally, view: TallyView): PairDay | null {
    const { source, zone } = minute
    if (source === null) return null
    this.noteZone(zone, minute.fromMs)
    if (this.noteSource(zone, source, minute.lastAt) && !this.isRare(zone, view)) this.forgetPairsOf(zone)
    const pair = this.bySource.get(source)?.get(zone) ?? this.begin({ source, zone }, minute, view)
    if (pair === null) return null
    const before = pair.unreadable.size
    const isNew = pair.add(minute)
    this.names += pair.unreadable.size - before
    return isNew ? pair : null
  }

  /** Lets go of what is older than a day, once every ten minutes, and makes room when memory is full. */
  sweep(nowMs: number): void {
    const slot = nowMs - (nowMs % SLOT_MS)
    if (slot !== this.sweptAt) {
      this.sweptAt = slot
      this.expire(nowMs - DAY_MS)
    }
    if (this.pairs.size > this.limits.pairs || this.names > this.limits.names) this.evict()
    if (this.zones.size > this.limits.zones) this.evictZones()
  }

  pair(key: PairKey): PairDay | null {
    return this.pairs.get(keyOf(key)) ?? null
  }

  pairsOf(source: string): Iterable<PairDay> {
    return this.bySource.get(source)?.values() ?? []
  }

  /** Sources that asked the zone in 24 hours, as far as it was watched; never below 1. */
  sourcesOf(zone: string): number {
    return Math.max(1, this.zones.get(zone)?.size ?? 1)
  }

  isRare(zone: string, view: TallyView): boolean {
    return this.sourcesOf(zone) <= this.rareLimit(view)
  }

  /** Asked here a week ago and more. */
  isLongKnown(zone: string, nowMs: number): boolean {
    return this.seen.isOld(nameHash(zone), nowMs)
  }

  isLearning(nowMs: number): boolean {
    return this.seen.isLearning(nowMs)
  }

  get size(): MemoryLimits {
    return { pairs: this.pairs.size, names: this.names, zones: this.zones.size }
  }

  snapshot(): Snapshot {
    return {
      pairs: [...this.pairs.values()].map((pair) => pair.snapshot()),
      zones: [...this.zones].map(([zone, sources]) => [zone, [...sources]]),
      seen: this.seen.snapshot(),
      sweptAt: this.sweptAt,
    }
  }

  /** A pair is remembered from its first unreadable name on, and only where the zone could matter. */
  private begin(key: PairKey, minute: Tally, view: TallyView): PairDay | null {
    // First of all, because most lookups are of zones that everybody asks, and reading their names is most of the work.
    if (this.zones.has(key.zone) && !this.isRare(key.zone, view)) return null
    if (minute.isReadable === true || !minute.names.sample.some(({ unreadable }) => unreadable)) return null
    if (this.isLongKnown(key.zone, minute.fromMs)) return null
    if (!this.zones.has(key.zone)) {
      this.zones.set(key.zone, new Map())
      for (const { source, lastAt } of view.sourcesOf(key.zone, HOUR_MS)) this.noteSource(key.zone, source ?? '', lastAt)
    }
    return this.isRare(key.zone, view) ? this.keep(new PairDay(key)) : null
  }

  private keep(pair: PairDay): PairDay {
    this.pairs.set(keyOf(pair), pair)
    const ofSource = this.bySource.get(pair.source)
    if (ofSource === undefined) this.bySource.set(pair.source, new Map([[pair.zone, pair]]))
    else ofSource.set(pair.zone, pair)
    return pair
  }

  /** Noting a zone once more in the same minute changes nothing. */
  private noteZone(zone: string, minute: number): void {
    if (minute !== this.notedIn) {
      this.notedIn = minute
      this.noted.clear()
    }
    if (this.noted.has(zone)) return
    this.noted.add(zone)
    this.seen.note(nameHash(zone), minute)
  }

  /** @returns whether the source is new to the zone. */
  private noteSource(zone: string, source: string, at: number): boolean {
    const sources = this.zones.get(zone)
    if (sources === undefined) return false
    const known = sources.get(source)
    if (known === undefined && sources.size >= MAX_SOURCES) return false
    sources.set(source, Math.max(known ?? 0, at))
    return known === undefined
  }

  private forgetPairsOf(zone: string): void {
    for (const source of this.zones.get(zone)?.keys() ?? []) {
      const pair = this.pairs.get(keyOf({ source, zone }))
      if (pair !== undefined) this.drop(pair)
    }
  }

  private expire(beforeAt: number): void {
    for (const pair of this.pairs.values()) {
      const before = pair.unreadable.size
      pair.expire(beforeAt)
      this.names += pair.unreadable.size - before
      if (pair.unreadable.size === 0) this.drop(pair)
    }
    for (const [zone, sources] of this.zones) {
      for (const [source, lastAt] of sources) if (lastAt < beforeAt) sources.delete(source)
      if (sources.size === 0) this.zones.delete(zone)
    }
  }

  private evict(): void {
    const magnitude = (pair: PairDay): number => 31 - Math.clz32(pair.unreadable.size)
    const coldest = [...this.pairs.values()].sort(
      (a, b) => magnitude(a) - magnitude(b) || a.lastAt - b.lastAt || (keyOf(a) < keyOf(b) ? -1 : 1),
    )
    for (const pair of coldest) {
      if (this.pairs.size <= this.limits.pairs * KEEP_SHARE && this.names <= this.limits.names * KEEP_SHARE) return
      this.drop(pair)
    }
  }

  /** Oldest first; one that is asked again begins anew with the sources of the last hour. */
  private evictZones(): void {
    for (const [zone, sources] of this.zones) {
      if (this.zones.size <= this.limits.zones * KEEP_SHARE) return
      this.forgetPairsOf(zone)
      sources.clear()
      this.zones.delete(zone)
    }
  }

  private drop(pair: PairDay): void {
    this.pairs.delete(keyOf(pair))
    this.names -= pair.unreadable.size
    const ofSource = this.bySource.get(pair.source)
    ofSource?.delete(pair.zone)
    if (ofSource?.size === 0) this.bySource.delete(pair.source)
  }
}
