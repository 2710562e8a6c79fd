import type { Tally } from '@/lib/domain/tally'
import type { PairKey, TallyView } from './detector'

const MINUTE = 60_000

/** What a pair did in one closed minute; null when nothing. A step that ends with the minute, as nearly all do, needs no list of minutes. */
export function closedMinute(pair: PairKey, minute: number, nowMs: number, view: TallyView): Tally | null {
  if (nowMs === minute + MINUTE) return view.tally(pair, MINUTE)
  return view.minutes(pair.source, pair.zone, nowMs - minute).find(({ fromMs }) => fromMs === minute) ?? null
}
