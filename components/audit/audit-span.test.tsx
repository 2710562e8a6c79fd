import { expect, test } from 'vitest'
import { SPANS, spanFrom, spanOf } from './audit-span'

const NOW = Date.UTC(2026, 10, 21, 12, 0, 30)

test('every offered span is recognised from the address it makes, also an hour later', () => {
  for (const { value } of SPANS) {
    expect(spanOf(spanFrom(value, NOW), NOW)).toBe(value)
    expect(spanOf(spanFrom(value, NOW), NOW + 3_600_000)).toBe(value)
  }
})

test('a start further back is none of them', () => {
  expect(spanOf(NOW - 90 * 86_400_000, NOW)).toBeNull()
})
