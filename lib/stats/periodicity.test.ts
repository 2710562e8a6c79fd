import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binStartMs, GAP_BINS, GapHistogram } from './gap-histogram'
import { periodicityOf } from './periodicity'

const histogramOf = (gaps: readonly number[]): GapHistogram => {
  const histogram = new GapHistogram()
  for (const gap of gaps) histogram.add(gap)
  return histogram
}
const repeated = (gap: number, times: number): number[] => Array.from({ length: times }, () => gap)

describe('the histogram', () => {
  test('does not depend on the order of gaps or of merging', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000_000 })), fc.array(fc.nat({ max: 5_000_000 })), (a, b) => {
        const merged = histogramOf(b)
        merged.merge(histogramOf(a))
        expect(merged.snapshot()).toEqual(histogramOf([...a, ...b].toReversed()).snapshot())
        expect(new GapHistogram(merged.snapshot()).snapshot()).toEqual(merged.snapshot())
      }),
    )
  })

  test('puts a gap into the bin that holds it', () => {
    fc.assert(
      fc.property(fc.double({ min: 17, max: 4_000_000, noNaN: true }), (gap) => {
        const [bin = -1] = histogramOf([gap]).snapshot()
        expect(binStartMs(bin)).toBeLessThanOrEqual(gap * 1.000_001)
        expect(binStartMs(bin + 1)).toBeGreaterThan(gap * 0.999_999)
      }),
    )
  })

  test('keeps what lies beyond its ends in the end bins', () => {
    expect(histogramOf([-5, 0, 1e12]).snapshot()).toEqual([0, 2, GAP_BINS - 1, 1])
  })
})

describe('the period', () => {
  test.each([
    [1_000, 40],
    [4_000, 20],
    [30_000, 12],
    [600_000, 10],
  ])('a beat of %d ms seen %d times is found', (period, times) => {
    const found = periodicityOf(histogramOf(repeated(period, times)))
    expect(found.verdict).toBe('regular')
    expect(Math.abs((found.periodMs ?? 0) - period) / period).toBeLessThan(0.05)
    expect(found.jitter).toBe(0)
  })

  test('pairs of A and AAAA asked in one moment do not hide the beat', () => {
    const found = periodicityOf(histogramOf([...repeated(3, 30), ...repeated(60_000, 30)]))
    expect(found).toMatchObject({ verdict: 'regular', gaps: 30, share: 1 })
  })

  test('lost beats leave multiples, which count for the beat', () => {
    const found = periodicityOf(histogramOf([...repeated(5_000, 20), ...repeated(10_000, 6), ...repeated(15_000, 2)]))
    expect(found.verdict).toBe('regular')
    expect(found.share).toBeCloseTo(20 / 28)
  })

  test('jitter of 10 % is a beat and is told', () => {
    const gaps = Array.from({ length: 60 }, (_, i) => 10_000 * (0.9 + (0.2 * ((i * 37) % 60)) / 60))
    const found = periodicityOf(histogramOf(gaps))
    expect(found.verdict).toBe('regular')
    expect(found.jitter).toBeGreaterThan(0.03)
    expect(found.jitter).toBeLessThan(0.2)
  })

  test('gaps over three octaves are irregular', () => {
    const gaps = Array.from({ length: 64 }, (_, i) => 1_000 * 2 ** ((3 * i) / 64))
    expect(periodicityOf(histogramOf(gaps))).toMatchObject({ verdict: 'irregular', periodMs: null, jitter: null })
  })

  test('nine gaps are too few, however alike', () => {
    expect(periodicityOf(histogramOf(repeated(30_000, 9)))).toMatchObject({ verdict: 'too-few', gaps: 9, periodMs: null })
    expect(periodicityOf(new GapHistogram())).toMatchObject({ verdict: 'too-few', gaps: 0, medianMs: null, share: 0 })
  })
})
