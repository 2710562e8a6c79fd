import { describe, expect, test } from 'vitest'
import { median, percentile, poissonUpperLimit } from './rates'

describe('upper limit of a Poisson mean', () => {
  // Half the chi-squared quantile at 95 % with 2(k+1) degrees of freedom, from printed tables.
  test.each([
    [0, 2.9957],
    [1, 4.7439],
    [2, 6.2958],
    [5, 10.513],
    [10, 16.9622],
    [100, 118.08],
  ])('of %i events', (count, expected) => {
    expect(poissonUpperLimit(count)).toBeCloseTo(expected, 2)
  })

  test('stays finite and above the count for many events', () => {
    const limit = poissonUpperLimit(10_000)
    expect(limit).toBeGreaterThan(10_000)
    expect(limit).toBeLessThan(10_200)
  })
})

test.each([
  [[], null, null],
  [[7], 7, 7],
  [[4, 1], 2.5, 4],
  [[3, 1, 2, 5, 4, 9, 8, 7, 6, 10], 5.5, 9],
])('median and 90th percentile of %j', (values, middle, p90) => {
  expect(median(values)).toBe(middle)
  expect(percentile(values, 0.9)).toBe(p90)
})
