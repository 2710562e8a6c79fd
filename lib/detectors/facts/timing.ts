import type { Timing } from '@/lib/domain/evidence'
import { binStartMs, GAP_BINS, type GapHistogram } from '@/lib/stats/gap-histogram'
import { type Periodicity, periodicityOf } from '@/lib/stats/periodicity'
import { duration, number, percent } from './words'

/** Bins of the stored histogram: half an octave each. */
const JOINED = 4

/** @returns null when the pair's gaps are not in memory. */
export function timingOf(histogram: GapHistogram | null): Timing | null {
  if (histogram === null) return null
  const found = periodicityOf(histogram)
  const { verdict, gaps, periodMs, jitter, share } = found
  return { verdict, gaps, periodMs, jitter, share, histogram: barsOf(histogram), sentence: sentenceOf(found) }
}

function sentenceOf({ verdict, gaps, periodMs, jitter, share, medianMs }: Periodicity): string {
  if (verdict === 'too-few') return `Too few lookups apart in time to tell a rhythm: ${number(gaps)} gaps, 10 are needed.`
  if (verdict === 'regular' && periodMs !== null)
    return `Regular: ${percent(share)} of ${number(gaps)} gaps between lookups lie near ${duration(periodMs)}${jitterWords(jitter ?? 0)}.`
  return `Irregular: the commonest length holds ${percent(share)} of ${number(gaps)} gaps between lookups; the middle one is ${duration(medianMs ?? 0)}.`
}

/** Bins are up to 12 % wide, so less cannot be told apart. */
const jitterWords = (jitter: number): string => (jitter < 0.04 ? ', with hardly any jitter' : `, give or take ${percent(jitter)}`)

function barsOf(histogram: GapHistogram): Timing['histogram'] {
  const bars = Array.from({ length: GAP_BINS / JOINED }, (_, i) => {
    let count = 0
    for (let bin = i * JOINED; bin < (i + 1) * JOINED; bin++) count += histogram.at(bin)
    return { fromMs: Math.round(binStartMs(i * JOINED)), toMs: Math.round(binStartMs((i + 1) * JOINED)), count }
  })
  const first = bars.findIndex(({ count }) => count > 0)
  const last = bars.findLastIndex(({ count }) => count > 0)
  return first < 0 ? [] : bars.slice(first, last + 1)
}
