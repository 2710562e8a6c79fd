import { binStartMs, GAP_BINS, type GapHistogram } from './gap-histogram'

/** Lookups closer together than this are one moment: A and AAAA, a retry, the parts of one page. */
const SAME_MOMENT_MS = 200
/** Gaps from which a period can be told. RITA asks for more than 20 connections a day; ten gaps of one length suffice here. */
const FEWEST_GAPS = 10
/** Share of the gaps that must lie within four bins, about ± 18 %, of each other. */
const REGULAR_SHARE = 0.6
/** With gaps of twice and three times the period, which lost or skipped beats leave. */
const WITH_SKIPPED_SHARE = 0.8
const WINDOW_BINS = 4

export interface Periodicity {
  readonly verdict: 'regular' | 'irregular' | 'too-few'
  /** Gaps longer than one moment. */
  readonly gaps: number
  /** Null unless regular; to about 6 %, half a bin. */
  readonly periodMs: number | null
  /** Half the span of the middle four fifths of the gaps near the period, as a share of it. */
  readonly jitter: number | null
  /** Share of gaps near the period, or near the commonest length when irregular, 0–1. */
  readonly share: number
  /** Middle gap, ms; null without gaps. */
  readonly medianMs: number | null
}

const centreOf = (bin: number): number => Math.sqrt(binStartMs(bin) * binStartMs(bin + 1))
const FIRST_BIN = Array.from({ length: GAP_BINS }, (_, bin) => bin).findIndex((bin) => binStartMs(bin) >= SAME_MOMENT_MS)

/** The beat in a histogram of gaps, with honest answers when there is none or too little was seen. */
export function periodicityOf(histogram: GapHistogram): Periodicity {
  const counts = Array.from({ length: GAP_BINS }, (_, bin) => (bin < FIRST_BIN ? 0 : histogram.at(bin)))
  const gaps = counts.reduce((sum, count) => sum + count, 0)
  const medianMs = gaps === 0 ? null : quantile(counts, 0, GAP_BINS, 0.5)
  const start = fullestWindow(counts)
  const near = total(counts, start, WINDOW_BINS)
  const share = gaps === 0 ? 0 : near / gaps
  const none = { gaps, periodMs: null, jitter: null, share, medianMs }
  if (gaps < FEWEST_GAPS) return { verdict: 'too-few', ...none }
  // Twice the period is an octave up, three times log2(3) of one.
  const skipped = total(counts, start + 8, WINDOW_BINS) + total(counts, start + 12, WINDOW_BINS + 1)
  const isRegular = share >= REGULAR_SHARE && (share >= WITH_SKIPPED_SHARE || (near + skipped) / gaps >= WITH_SKIPPED_SHARE)
  if (!isRegular) return { verdict: 'irregular', ...none }
  const periodMs = quantile(counts, start, WINDOW_BINS, 0.5)
  const spread = quantile(counts, start, WINDOW_BINS, 0.9) - quantile(counts, start, WINDOW_BINS, 0.1)
  return { verdict: 'regular', gaps, periodMs, jitter: spread / 2 / periodMs, share, medianMs }
}

function total(counts: readonly number[], from: number, bins: number): number {
  let sum = 0
  for (let bin = from; bin < Math.min(GAP_BINS, from + bins); bin++) sum += counts[bin] ?? 0
  return sum
}

/** First bin of the window with most gaps; of equal ones the earliest. */
function fullestWindow(counts: readonly number[]): number {
  let best = 0
  let most = -1
  for (let bin = 0; bin + WINDOW_BINS <= GAP_BINS; bin++) {
    const sum = total(counts, bin, WINDOW_BINS)
    if (sum > most) {
      most = sum
      best = bin
    }
  }
  return best
}

/** Centre of the bin in which the share of the window's gaps is reached, ms. */
function quantile(counts: readonly number[], from: number, bins: number, share: number): number {
  const wanted = share * total(counts, from, bins)
  let sum = 0
  for (let bin = from; bin < Math.min(GAP_BINS, from + bins); bin++) {
    sum += counts[bin] ?? 0
    if (sum >= wanted && sum > 0) return centreOf(bin)
  }
  return centreOf(from)
}
