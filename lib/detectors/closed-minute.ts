import type { Tally } from '@/lib/domain/tally'
import type { PairKey, TallyView } from './detector'

const MINUTE = 60_000

/** One view a step: what one detector has read the next need not read again. */
const read = new WeakMap<TallyView, Map<string, Tally | null>>()

/** What a pair did in one closed minute; null when nothing. A step that ends with the minute, as nearly all do, needs no list of minutes. */
export function closedMinute({ source, zone }: PairKey, minute: number, nowMs: number, view: TallyView): Tally | null {
  let known = read.get(view)
  if (known === undefined) {
    known = new Map()
    read.set(view, known)
  }
  const key = `${minute} ${zone} ${source}`
  const before = known.get(key)
  if (before !== undefined) return before
  const tally =
    nowMs === minute + MINUTE
      ? view.pair(source, zone, MINUTE)
      : (view.minutes(source, zone, nowMs - minute).find(({ fromMs }) => fromMs === minute) ?? null)
  known.set(key, tally)
  return tally
}
