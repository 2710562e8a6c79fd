/** P(X ≤ count) for a Poisson variable with the given mean; summed in logarithms, so that it does not underflow. */
function poissonUpTo(count: number, mean: number): number {
  if (mean === 0) return 1
  let sum = 0
  let logTerm = -mean
  for (let k = 0; k <= count; k++) {
    if (k > 0) logTerm += Math.log(mean) - Math.log(k)
    sum += Math.exp(logTerm)
  }
  return Math.min(1, sum)
}

/**
 * Exact upper limit of a Poisson mean after `count` events: the largest mean under which so few or fewer are still seen
 * in 5 of 100 cases. Divide by the exposure for a rate.
 *
 * @returns 2.996 for no event, 4.744 for one.
 * @see F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936), one-sided at 95 %.
 */
export function poissonUpperLimit(count: number, confidence = 0.95): number {
  let low = count
  let high = count + 10 + 10 * Math.sqrt(count + 1)
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2
    if (poissonUpTo(count, middle) > 1 - confidence) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Smallest value that `share` of the values do not exceed (nearest rank); null for none. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
}

/** The middle value, or the mean of the two in the middle; null for none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const [below, above] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
  return below === undefined || above === undefined ? null : (below + above) / 2
}
