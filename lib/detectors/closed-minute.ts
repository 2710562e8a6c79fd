import type { Tally } from '@/lib/domain/tally'
import type { PairKey, TallyView } from './detector'

const MINUTE = 60_000

/** Tallies of one minute by zone, then source: a key made of both would be a new text for every question. */
interface Minute {
  readonly minute: number
  readonly byZone: Map<string, Map<string, Tally | null>>
}

/** One view a step: what one detector has read the next need not read again. */
const read = new WeakMap<TallyView, Minute>()

function tallies(view: TallyView, minute: number): Minute['byZone'] {
  const known = read.get(view)
  if (known?.minute === minute) return known.byZone
  const byZone: Minute['byZone'] = new Map()
  read.set(view, { minute, byZone })
  return byZone
}

/** What a pair did in one closed minute; null when nothing. A step that ends with the minute, as nearly all do, needs no list of minutes. */
export function closedMinute({ source, zone }: PairKey, minute: number, nowMs: number, view: TallyView): Tally | null {
  const byZone = tallies(view, minute)
  let bySource = byZone.get(zone)
  if (bySource === undefined) {
    bySource = new Map()
    byZone.set(zone, bySource)
  }
  const before = bySource.get(source)
  if (before !== undefined) return before
  const tally =
    nowMs === minute + MINUTE
      ? view.pair(source, zone, MINUTE)
      : (view.minutes(source, zone, nowMs - minute).find(({ fromMs }) => fromMs === minute) ?? null)
  bySource.set(source, tally)
  return tally
}
