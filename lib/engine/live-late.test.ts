import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TimeRange } from '@/lib/store/ports'
import { withLate } from './live-late'

const MINUTE = 60_000

test('a range is widened to ten minutes, and what it holds changes nothing', () => {
  const known = withLate([], { fromMs: 12 * MINUTE, toMs: 13 * MINUTE })
  expect(known).toEqual([{ fromMs: 10 * MINUTE, toMs: 20 * MINUTE }])
  expect(withLate(known, { fromMs: 15 * MINUTE, toMs: 20 * MINUTE })).toBe(known)
})

test('ranges that touch become one, others stay apart', () => {
  const far = withLate([{ fromMs: 0, toMs: 10 * MINUTE }], { fromMs: 900 * MINUTE, toMs: 901 * MINUTE })
  expect(far).toHaveLength(2)
  expect(withLate(far, { fromMs: 10 * MINUTE, toMs: 12 * MINUTE })).toEqual([{ fromMs: 0, toMs: 20 * MINUTE }, far[1]])
})

test('whatever is added is covered, by at most sixteen ranges in order and apart', () => {
  const range = fc.record({ fromMs: fc.integer({ min: 0, max: 1e9 }), length: fc.integer({ min: 1, max: 1e7 }) })
  fc.assert(
    fc.property(fc.array(range, { maxLength: 60 }), (added) => {
      const ranges = added.map(({ fromMs, length }): TimeRange => ({ fromMs, toMs: fromMs + length }))
      const known = ranges.reduce<readonly TimeRange[]>(withLate, [])
      expect(known.length).toBeLessThanOrEqual(16)
      for (const [index, { fromMs }] of known.entries()) if (index > 0) expect(fromMs).toBeGreaterThan(known[index - 1]?.toMs ?? 0)
      for (const one of ranges) expect(known.some(({ fromMs, toMs }) => fromMs <= one.fromMs && toMs >= one.toMs)).toBe(true)
    }),
  )
})
