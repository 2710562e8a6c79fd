import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anomalyScore, ceilings, probabilityCeiling, rawScore } from './anomaly-score'
import { QuantileHistogram } from './quantile-histogram'

// Vectors of the published formula.
test.each([
  [0.04, 0],
  [0.03, 0.0013],
  [0.01, 0.008],
  [0.001, 0.0982],
  [1e-4, 1],
  [1e-6, 3.1304],
  [1e-10, 7.3913],
  [1e-20, 18.0435],
  [1e-50, 50],
  [1e-100, 59.703],
  [0, 100],
])('the raw score of probability %f is %f', (probability, raw) => {
  expect(rawScore(probability)).toBeCloseTo(raw, 4)
})

test.each([
  [0.03, 12.8],
  [0.01, 29.6],
  [0.005, 40.2],
  [0.00263, 50],
  [0.001, 64.8],
  [1e-4, 100],
])('the probability ceiling at %f is %f', (probability, ceiling) => {
  expect(probabilityCeiling(probability)).toBeCloseTo(ceiling, 1)
})

describe('the normalised score', () => {
  const pastOf = (zeros: number, ...raws: readonly number[]) => {
    const past = new QuantileHistogram()
    past.add(0, zeros)
    for (const raw of raws) past.add(raw)
    return past
  }

  test('is 0 for what is not anomalous at all', () => {
    expect(anomalyScore(0, 0.5, pastOf(100), 0)).toBe(0)
  })

  test('a third of the largest raw score cannot reach 50, the largest itself is not held back', () => {
    const past = pastOf(10_000, 3, 9)
    expect(ceilings(3, 1e-6, past, 9).maximum).toBeCloseTo(50, 9)
    expect(ceilings(2.9, 1e-6, past, 9).maximum).toBeLessThan(50)
    expect(ceilings(9, 1e-12, past, 9).maximum).toBe(100)
  })

  test('the noise ceiling does not bind while most past scores are 0, and does when they are not', () => {
    expect(ceilings(5, 1e-7, pastOf(60, 5), 5).noise).toBeGreaterThanOrEqual(100)
    expect(ceilings(5.1, 1e-7, pastOf(0, 5, 5, 5, 5.1), 5.1).noise).toBeCloseTo(2, 9)
  })

  test('the same rank scores higher the more was seen: 10 samples hold it down, 10,000 do not', () => {
    const few = anomalyScore(5, 1e-9, pastOf(9, 5), 5)
    const many = anomalyScore(5, 1e-9, pastOf(9_999, 5), 5)
    expect(few).toBeLessThan(60)
    expect(many).toBeGreaterThan(95)
  })

  test('never falls when the probability does, all else equal', () => {
    const past = pastOf(5_000, 1, 2, 4, 8, 16)
    const exponent = fc.double({ min: 2, max: 60, noNaN: true })
    fc.assert(
      fc.property(exponent, exponent, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        const score = (power: number) => anomalyScore(rawScore(10 ** -power), 10 ** -power, past, 60)
        expect(score(high)).toBeGreaterThanOrEqual(score(low) - 1e-9)
      }),
    )
  })
})
