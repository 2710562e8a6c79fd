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

  describe('after senders could not deliver for a while', () => {
    test.each([
      ['the process was away', () => new Watermark(NOW)],
      [
        'deliveries were refused',
        () => {
          const watermark = new Watermark()
          watermark.note('a', NOW - 160_000, NOW - 60_000)
          watermark.refused(NOW)
          return watermark
        },
      ],
    ])('(%s) a source holds it by its lag of the last seconds, and no longer once it is on time', (_, create) => {
      const watermark = create()
      const holdAfter = (seconds: number, lagMs: number): number => {
        const nowMs = NOW + seconds * 1_000
        watermark.note('a', nowMs - lagMs, nowMs)
        return nowMs - watermark.at(nowMs)
      }
      expect(holdAfter(0, 90_000)).toBe(100_000)
      // From another queue of the same sender.
      expect(holdAfter(1, 500)).toBe(100_000)
      expect(holdAfter(10, 60_000)).toBe(100_000)
      expect(holdAfter(16, 500)).toBe(70_000)
      expect(holdAfter(26, 500)).toBe(LATENESS_MS)
    })

    test('a source that was on time again and lags anew holds it for minutes', () => {
      const watermark = new Watermark(NOW)
      watermark.note('a', NOW + 16_000, NOW + 16_000)
      watermark.note('a', NOW - 43_000, NOW + 17_000)
      watermark.note('a', NOW + 80_000, NOW + 80_000)
      expect(watermark.at(NOW + 80_000)).toBe(NOW + 80_000 - 70_000)
    })

    test('a source that sends once a minute goes on holding it', () => {
      const watermark = new Watermark(NOW)
      for (const minutes of [1, 2, 3]) watermark.note('files', NOW + (minutes - 1) * MINUTE, NOW + minutes * MINUTE)
      expect(watermark.at(NOW + 3 * MINUTE + 30_000)).toBe(NOW + 3 * MINUTE + 30_000 - 70_000)
    })

    test('who has not caught up after some minutes lags by itself: its worst lag counts', () => {
      const watermark = new Watermark(NOW)
      watermark.note('a', NOW + 5 * MINUTE - 90_000, NOW + 5 * MINUTE)
      watermark.note('a', NOW + 5 * MINUTE, NOW + 5 * MINUTE)
      expect(watermark.at(NOW + 5 * MINUTE)).toBe(NOW + 5 * MINUTE - 100_000)
    })
  })
})
