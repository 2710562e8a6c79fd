import type { PairKey } from './detector'

const HOUR = 3_600_000
/** Sources counted in an hour; further ones are not told apart. */
const MAX_SOURCES = 50_000
/** Activity below this says nothing about who serves whom. */
const MIN_ACTIVITY = 200
const MOST = 0.5

interface Snapshot {
  readonly hour: number
  readonly current: readonly (readonly [string, number])[]
  readonly previous: readonly (readonly [string, number])[]
}

/** Every detector watches, and all of them get the same list of a step. */
const counted = new WeakMap<readonly PairKey[], ReadonlyMap<string, number>>()

/** Pairs by source, in the order sources first appear in. */
function countsOf(touched: readonly PairKey[]): ReadonlyMap<string, number> {
  const known = counted.get(touched)
  if (known !== undefined) return known
  const counts = new Map<string, number>()
  for (const { source } of touched) counts.set(source, (counts.get(source) ?? 0) + 1)
  counted.set(touched, counts)
  return counts
}

/**
 * Notices a source that carries most of all DNS: a resolver or forwarder stands there and the client is behind it.
 * Activity is counted in (10-second step, zone) pairs, this hour and the one before.
 */
export class ResolverWatch {
  private hour = Number.NEGATIVE_INFINITY
  private current: Map<string, number>
  private previous: Map<string, number>
  /** Of both hours, until something is counted again. */
  private totals: { readonly sources: number; readonly activity: number } | null = null

  constructor(snapshot?: Snapshot) {
    this.hour = snapshot?.hour ?? -1
    this.current = new Map(snapshot?.current)
    this.previous = new Map(snapshot?.previous)
  }

  observe(nowMs: number, touched: readonly PairKey[]): void {
    this.totals = null
    const hour = Math.floor(nowMs / HOUR)
    if (hour !== this.hour) {
      this.previous = hour === this.hour + 1 ? this.current : new Map()
      this.current = new Map()
      this.hour = hour
    }
    for (const [source, count] of countsOf(touched)) {
      const seen = this.current.get(source)
      if (seen !== undefined || this.current.size < MAX_SOURCES) this.current.set(source, (seen ?? 0) + count)
    }
  }

  /** Sources that carry most of the activity although more than `others` further ones are seen. One pass over all sources. */
  resolvers(others: number): ReadonlySet<string> {
    const activity = new Map(this.previous)
    for (const [source, count] of this.current) activity.set(source, (activity.get(source) ?? 0) + count)
    if (activity.size <= others + 1) return new Set()
    let all = 0
    for (const count of activity.values()) all += count
    return new Set([...activity].flatMap(([source, count]) => (count >= MIN_ACTIVITY && count >= MOST * all ? [source] : [])))
  }

  /** A sentence for the analyst, or null when the source looks like any client. */
  noticeFor(source: string): string | null {
    const own = (this.previous.get(source) ?? 0) + (this.current.get(source) ?? 0)
    if (own < MIN_ACTIVITY) return null
    this.totals ??= this.counted()
    const { sources, activity: all } = this.totals
    if (sources === 1) return `${source} is the only source in this log: if it is a resolver or forwarder, the client is behind it.`
    if (own < MOST * all) return null
    return `${source} carried ${Math.round((100 * own) / all)} % of all DNS activity: probably a resolver or forwarder, the client is behind it.`
  }

  private counted(): { readonly sources: number; readonly activity: number } {
    let sources = this.previous.size
    let activity = 0
    for (const count of this.previous.values()) activity += count
    for (const [source, count] of this.current) {
      activity += count
      if (!this.previous.has(source)) sources += 1
    }
    return { sources, activity }
  }

  snapshot(): Snapshot {
    return { hour: this.hour, current: [...this.current], previous: [...this.previous] }
  }
}
