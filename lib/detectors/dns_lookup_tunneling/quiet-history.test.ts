import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { QuietHistory } from './quiet-history'

const HOUR = 3_600_000
/** A history whose hours had these largest counts, and one more hour begun. */
const lived = (counts: readonly number[]): QuietHistory => {
  const history = new QuietHistory()
  for (const [i, count] of [...counts, 0].entries()) {
    history.turn((i + 1) * HOUR)
    history.note('fast', count)
  }
  return history
}

describe('thresholds learned from quiet hours', () => {
  test('hold as set until a day of hours is learned', () => {
    expect(lived(Array(23).fill(28)).limit('fast', 30, 4)).toBe(30)
    expect(lived(Array(24).fill(40)).limit('fast', 30, 4)).toBe(40)
  })

  // Median 24, median absolute deviation 2: 24 + 3 · 1.4826 · 2 = 32.9, rounded up.
  test('are median and three deviations', () => {
    expect(lived(Array.from({ length: 25 }, (_, i) => [22, 24, 26, 22, 26][i % 5] ?? 0)).limit('fast', 30, 4)).toBe(33)
  })

  test('never fall below the set ones, and never rise above the cap', () => {
    expect(lived(Array(48).fill(2)).limit('fast', 30, 4)).toBe(30)
    expect(lived(Array(48).fill(5_000)).limit('fast', 30, 4)).toBe(120)
    expect(lived(Array(48).fill(5_000)).limit('fast', 30, 1)).toBe(30)
  })

  test('one loud hour, or a loud week of two, moves them little', () => {
    expect(lived([...Array(100).fill(3), 29]).limit('fast', 30, 4)).toBe(30)
    expect(lived([...Array(168).fill(3), ...Array(150).fill(29)]).limit('fast', 30, 4)).toBeLessThanOrEqual(120)
  })

  test('forget what is older than two weeks of active hours', () => {
    expect(lived([...Array(400).fill(100), ...Array(336).fill(3)]).limit('fast', 30, 4)).toBe(30)
  })

  test('say where they come from', () => {
    const set = { fast: 30, hour: 150, volume: 100 }
    expect(lived([1, 2]).sentence(set, set)).toBe('The thresholds are the set ones: 2 of 24 quiet hours are learned.')
    expect(lived(Array(30).fill(40)).sentence(set, { ...set, fast: 40 })).toBe(
      'Learned from 30 quiet hours of this network: 40 unreadable names in 5 minutes instead of 30.',
    )
  })

  test('continue from a snapshot', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 60 }), (counts) => {
        const history = lived(counts)
        const again = new QuietHistory(JSON.parse(JSON.stringify(history.snapshot())))
        expect(again.limit('fast', 30, 4)).toBe(history.limit('fast', 30, 4))
      }),
      { numRuns: 30 },
    )
  })
})
