import type { Tally } from '@/lib/domain/tally'
import type { PairKey } from '../detector'
import { HOUR_MS } from './rule'

/** Zones and sources followed; beyond it the longest unseen go. */
const MAX_ROWS = 20_000
/** Sources of a zone told apart (two are what matters), and zones of a source. */
const MAX_MEMBERS = 200
/** After a look that found nothing, the next one waits until a quarter more came, or so long. */
const GROWTH = 1.25
const LOOK_AGAIN_MS = 600_000

/** Unreadable names of a zone over its sources, or of a source over its zones, minute by minute. */
interface Row {
  readonly minutes: (readonly [at: number, names: number])[]
  /** Source or zone → last minute with unreadable names. */
  readonly members: Map<string, number>
  lookedAt: number
  lookedSum: number
}

interface RowSnapshot {
  readonly key: string
  readonly minutes: Row['minutes']
  readonly members: readonly (readonly [string, number])[]
  readonly lookedAt: number
  readonly lookedSum: number
}

interface Snapshot {
  readonly zones: readonly RowSnapshot[]
  readonly sources: readonly RowSnapshot[]
}

/**
 * Upper bounds of the unreadable names that a zone got from all its sources, and a source asked of all its zones, in the
 * last hour: names are summed over minutes and pairs. What stays under the bounds needs no closer look.
 */
export class OddActivity {
  private readonly zones: Map<string, Row>
  private readonly sources: Map<string, Row>

  constructor(snapshot?: Snapshot) {
    this.zones = rowsOf(snapshot?.zones)
    this.sources = rowsOf(snapshot?.sources)
  }

  /** Adds a closed minute of a pair. @returns whether it held unreadable names. */
  add({ source, zone }: PairKey, minute: Tally): boolean {
    if (minute.isReadable === true) return false
    const { sample, distinct } = minute.names
    const unreadable = sample.filter((name) => name.unreadable).length
    if (unreadable === 0) return false
    const names = Math.round((unreadable * distinct) / sample.length)
    note(this.zones, zone, source, minute.fromMs, names)
    note(this.sources, source, zone, minute.fromMs, names)
    return true
  }

  forget(nowMs: number): void {
    for (const rows of [this.zones, this.sources]) {
      for (const [key, { minutes }] of rows) {
        if ((minutes.at(-1)?.[0] ?? 0) >= nowMs - HOUR_MS) break
        rows.delete(key)
      }
    }
  }

  /** True when a zone may have `fewest` unreadable names in the hour from two sources and more, and is due for a look. */
  zoneIsDue(zone: string, fewest: number, nowMs: number): boolean {
    return isDue(this.zones.get(zone), fewest, nowMs)
  }

  sourceIsDue(source: string, fewest: number, nowMs: number): boolean {
    return isDue(this.sources.get(source), fewest, nowMs)
  }

  /** Zones below which the source asked unreadable names in the last hour. */
  zonesOf(source: string): readonly string[] {
    return [...(this.sources.get(source)?.members.keys() ?? [])]
  }

  snapshot(): Snapshot {
    return { zones: saved(this.zones), sources: saved(this.sources) }
  }
}

function note(rows: Map<string, Row>, key: string, member: string, at: number, names: number): void {
  const row: Row = rows.get(key) ?? { minutes: [], members: new Map(), lookedAt: Number.NEGATIVE_INFINITY, lookedSum: 0 }
  // Last touched last, so that the longest unseen are at the front.
  rows.delete(key)
  rows.set(key, row)
  const last = row.minutes.at(-1)
  if (last?.[0] === at) row.minutes[row.minutes.length - 1] = [at, last[1] + names]
  else row.minutes.push([at, names])
  while ((row.minutes[0]?.[0] ?? at) < at - HOUR_MS) row.minutes.shift()
  row.members.delete(member)
  row.members.set(member, at)
  for (const [one, lastAt] of row.members) {
    if (lastAt >= at - HOUR_MS && row.members.size <= MAX_MEMBERS) break
    row.members.delete(one)
  }
  if (rows.size <= MAX_ROWS) return
  for (const oldest of rows.keys()) {
    rows.delete(oldest)
    break
  }
}

function isDue(row: Row | undefined, fewest: number, nowMs: number): boolean {
  if (row === undefined || row.members.size < 2) return false
  const sum = row.minutes.reduce((total, [at, names]) => (at >= nowMs - HOUR_MS ? total + names : total), 0)
  if (sum < fewest) return false
  if (nowMs - row.lookedAt < LOOK_AGAIN_MS && sum < GROWTH * row.lookedSum) return false
  row.lookedAt = nowMs
  row.lookedSum = sum
  return true
}

const rowsOf = (rows: readonly RowSnapshot[] = []): Map<string, Row> =>
  new Map(
    rows.map(({ key, minutes, members, lookedAt, lookedSum }) => [
      key,
      { minutes: [...minutes], members: new Map(members), lookedAt, lookedSum },
    ]),
  )

const saved = (rows: ReadonlyMap<string, Row>): RowSnapshot[] =>
  [...rows].map(([key, { minutes, members, lookedAt, lookedSum }]) => ({
    key,
    minutes: [...minutes],
    members: [...members],
    // JSON has no infinity.
    lookedAt: Math.max(lookedAt, Number.MIN_SAFE_INTEGER),
    lookedSum,
  }))
