const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** Natural logarithm of the gamma function for x > 0 (Lanczos, g = 7, n = 9), relative error near 1e-15. */
export function logGamma(x: number): number {
  const shifted = x - 1
  let series = LANCZOS[0] ?? 0
  for (let i = 1; i < LANCZOS.length; i++) series += (LANCZOS[i] ?? 0) / (shifted + i)
  const t = shifted + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(series)
}

/** Natural logarithm of B(a, b). */
const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b)

const TINY = 1e-300

/** Lentz's continued fraction of the incomplete beta function (Numerical Recipes, §6.4). */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 - ((a + b) * x) / (a + 1)
  d = 1 / (Math.abs(d) < TINY ? TINY : d)
  let fraction = d
  for (let m = 1; m <= 1_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    let step = 1
    for (const numerator of [even, odd]) {
      d = 1 + numerator * d
      d = 1 / (Math.abs(d) < TINY ? TINY : d)
      c = 1 + numerator / c
      if (Math.abs(c) < TINY) c = TINY
      step = d * c
      fraction *= step
    }
    if (Math.abs(step - 1) < 1e-15) break
  }
  return fraction
}

/**
 * Natural logarithm of the regularised incomplete beta function I_x(a, b), exact far into the tail where the value
 * itself would underflow.
 *
 * @param x - 0 to 1; `complement` is 1 − x and may be given where computing it would lose digits.
 * @returns −Infinity at x = 0, 0 at x = 1.
 */
export function logIncompleteBeta(x: number, a: number, b: number, complement = 1 - x): number {
  if (x <= 0) return Number.NEGATIVE_INFINITY
  if (complement <= 0) return 0
  const logFront = a * Math.log(x) + b * Math.log(complement) - logBeta(a, b)
  if (x < (a + 1) / (a + b + 2)) return logFront + Math.log(continuedFraction(x, a, b)) - Math.log(a)
  return Math.log1p(-Math.min(1, (Math.exp(logFront) * continuedFraction(complement, b, a)) / b))
}

/** Regularised incomplete beta function I_x(a, b): the distribution function of Beta(a, b). */
export function incompleteBeta(x: number, a: number, b: number): number {
  return Math.exp(logIncompleteBeta(x, a, b))
}

/**
 * Quantile of Beta(a, b) by bisection, to 1e-12 in x or to the last bit.
 *
 * @param probability - 0 to 1.
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  let low = 0
  let high = 1
  for (let i = 0; i < 60 && high - low > 1e-12; i++) {
    const middle = (low + high) / 2
    if (incompleteBeta(middle, a, b) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}
