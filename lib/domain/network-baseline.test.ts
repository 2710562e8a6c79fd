import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addCells,
  BASELINE_MEASURES,
  type BaselineCells,
  baselineRange,
  baselineStep,
  cellOf,
  centreOf,
  otherTypesShare,
  quantileOf,
  shareBelow,
  weightOf,
} from './network-baseline'

const HOUR = 3_600_000
const cellsOf = (values: readonly number[]): BaselineCells =>
  values.reduce<BaselineCells>((sum, v) => addCells(sum, [[cellOf('length', v), 1]]), [])

describe('a histogram of what zones do', () => {
  it('gives the quantiles of the values, to a byte', () => {
    const cells = cellsOf(Array.from({ length: 100 }, (_, index) => index + 1))
    expect([0.05, 0.5, 0.95].map((share) => quantileOf('length', cells, share))).toEqual([5, 50, 95])
    expect(shareBelow('length', cells, 91)).toBeCloseTo(0.9)
    expect(quantileOf('length', [], 0.5)).toBeNull()
  })

  it('is the same whether it was counted in pieces or at once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 255 })), fc.nat(), (values, cut) => {
        const at = values.length === 0 ? 0 : cut % values.length
        expect(addCells(cellsOf(values.slice(0, at)), cellsOf(values.slice(at)))).toEqual(cellsOf(values))
        expect(weightOf(cellsOf(values))).toBe(values.length)
      }),
    )
  })

  it.each(BASELINE_MEASURES)('keeps a value of %s within four parts of a hundred or its step', (measure) => {
    for (const value of [1, 2, 3, 7, 15, 40, 200]) {
      const given = measure === 'otherTypes' ? value / 200 : value
      expect(Math.abs(centreOf(measure, cellOf(measure, given)) - given)).toBeLessThanOrEqual(Math.max(0.025, 0.04 * given))
    }
  })
})

describe('record types that ask for no address', () => {
  it.each([
    [{ A: 60, AAAA: 20, HTTPS: 20 }, 0],
    [{ A: 1, TXT: 2, CNAME: 1 }, 0.75],
    [{ A: 1, MX: 1, '-': 8 }, 0.5],
    [{ '-': 8 }, null],
    [{}, null],
  ])('%j: %s', (byType, share) => {
    expect(otherTypesShare(byType)).toBe(share)
  })
})

describe('the hours compared', () => {
  const noon = Date.UTC(2026, 10, 21, 12)
  it.each([
    [noon, noon, noon, noon + HOUR],
    [noon + 1, noon + HOUR - 1, noon, noon + HOUR],
    [noon - 1, noon, noon - HOUR, noon + HOUR],
  ])('are the whole ones that the alarm lies in', (first, last, from, to) => {
    expect(baselineRange(first, last)).toEqual({ from, to })
  })

  it('come in at most 24 bands, however long the alarm is', () => {
    for (const hours of [1, 5, 25, 24 * 30, 24 * 400]) {
      const step = baselineStep(hours * HOUR)
      expect(Math.ceil((hours * HOUR) / step)).toBeLessThanOrEqual(24)
    }
  })
})
