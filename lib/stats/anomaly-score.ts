import { betaQuantile } from './incomplete-beta'
import type { QuantileHistogram } from './quantile-histogram'

/** Probabilities at and above this are not anomalous at all. */
const LARGEST = 0.05
const SMALL = 1e-4
const MINUTE = 1e-50
const SMALLEST = 2.2250738585072014e-308
/** Above this the score is 0 although the curve would still rise. */
const LARGEST_ANOMALOUS = 0.035

/** Percentile of past raw scores → score, linear in between. */
const KNOTS = [
  [0, 0],
  [70, 1],
  [85, 1.2],
  [90, 1.5],
  [95, 3],
  [97, 20],
  [99, 50],
  [99.9, 90],
  [100, 100],
] as const

/**
 * How surprising a probability is, 0 to 100, before it is compared with the past: 1 at 1e-4, 50 at 1e-50.
 *
 * @param probability - 0 to 1; below the smallest positive number counts as that number.
 */
export function rawScore(probability: number): number {
  if (probability > LARGEST_ANOMALOUS) return 0
  const p = Math.max(probability, SMALLEST)
  if (p >= SMALL) return (1 / p - 1 / LARGEST) / (1 / SMALL - 1 / LARGEST)
  if (p >= MINUTE) return 1 + (49 * Math.log(SMALL / p)) / Math.log(SMALL / MINUTE)
  return 50 + (50 * Math.log(MINUTE / p)) / Math.log(MINUTE / SMALLEST)
}

/** The ceilings whose smallest is the score; each 0 and up, unclamped. */
export interface Ceilings {
  readonly noise: number
  readonly percentile: number
  readonly maximum: number
  readonly probability: number
}

function knot(percentile: number): number {
  for (let i = 1; i < KNOTS.length; i++) {
    const [x0, y0] = KNOTS[i - 1] ?? [0, 0]
    const [x1, y1] = KNOTS[i] ?? [100, 100]
    if (percentile <= x1) return y0 + ((y1 - y0) * (percentile - x0)) / (x1 - x0)
  }
  return 100
}

/** Wide while little was seen: both ends of a 70 % credible interval of the rank are scored and averaged. */
function percentileCeiling(raw: number, past: QuantileHistogram): number {
  const share = past.shareUpTo(raw)
  const ends = [0.15, 0.85].map((end) => betaQuantile(end, past.weight * share + 1 / 3, past.weight * (1 - share) + 1 / 3))
  return ends.reduce((sum, end) => sum + knot(100 * end), 0) / ends.length
}

/** The fourth ceiling: 5 at p = 0.05, 100 from p = 1e-4 down. */
export function probabilityCeiling(probability: number): number {
  const p = Math.max(probability, SMALLEST)
  return 100 * ((0.95 * (Math.log(p) - Math.log(LARGEST))) / (Math.log(SMALL) - Math.log(LARGEST)) + 0.05)
}

/**
 * @param past - Raw scores seen so far, this one included.
 * @param largest - Largest raw score remembered, this one included.
 */
export function ceilings(raw: number, probability: number, past: QuantileHistogram, largest: number): Ceilings {
  const median = past.quantile(0.5)
  const zeros = past.shareUpTo(0)
  const ratio = largest <= 0 ? 1 : raw / largest
  return {
    noise: Math.max(1 + 10 * (raw - median), 0) + 100 * Math.max(2 * Math.min(2 * zeros, 1) - 1, 0),
    percentile: percentileCeiling(raw, past),
    maximum: 100 * Math.min(1.5 * ratio, 0.5 + 0.5 * ratio),
    probability: probabilityCeiling(probability),
  }
}

/**
 * Anomaly score 0–100 by the published behaviour of Elastic's normaliser: the smallest of four ceilings.
 *
 * @see elastic/ml-cpp, CNormalizer and CTools::anomalyScore, re-implemented from their documented behaviour.
 */
export function anomalyScore(raw: number, probability: number, past: QuantileHistogram, largest: number): number {
  if (raw <= 0) return 0
  const { noise, percentile, maximum, probability: byProbability } = ceilings(raw, probability, past, largest)
  return Math.max(0, Math.min(100, noise, percentile, maximum, byProbability))
}
