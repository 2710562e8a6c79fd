import { describe, expect, test } from 'vitest'
import { LATENESS_MS, MAX_HOLD_MS, Watermark } from './live-watermark'

const NOW = Date.UTC(2026, 10, 20, 9)
const MINUTE = 60_000

describe('the watermark', () => {
  test('follows the wall clock at the lateness bound when nothing arrives', () => {
    const watermark = new Watermark()
    expect(watermark.at(NOW)).toBe(NOW - LATENESS_MS)
    expect(watermark.at(NOW + MINUTE)).toBe(NOW + MINUTE - LATENESS_MS)
  })

  test.each([
    ['on time: the bound holds it', 2_000, LATENESS_MS],
    ['with a clock that is ahead: no further than the bound', -3_600_000, LATENESS_MS],
    ['a minute late: it is waited for, with a margin', 60_000, 70_000],
    ['later than anybody is waited for: nobody else waits', 3_600_000, LATENESS_MS],
    ['just within what is waited for', MAX_HOLD_MS - 10_000, MAX_HOLD_MS],
  ])('with a source %s', (_, lagMs, holdMs) => {
    const watermark = new Watermark()
    watermark.note('punctual', NOW, NOW)
    watermark.note('a', NOW - lagMs, NOW)
    expect(watermark.at(NOW)).toBe(NOW - holdMs)
  })

  test('is no longer held back by a source that has been silent for some minutes', () => {
    const watermark = new Watermark()
    watermark.note('slow', NOW - 60_000, NOW)
    expect(watermark.at(NOW + 4 * MINUTE)).toBe(NOW + 4 * MINUTE - 70_000)
    expect(watermark.at(NOW + 6 * MINUTE)).toBe(NOW + 6 * MINUTE - LATENESS_MS)
  })

  test('keeps the worst lag of the last minutes, not the last', () => {
    const watermark = new Watermark()
    watermark.note('a', NOW - 90_000, NOW)
    watermark.note('a', NOW - 30_000, NOW + 1_000)
    expect(watermark.at(NOW + MINUTE)).toBe(NOW + MINUTE - 100_000)
  })
})
