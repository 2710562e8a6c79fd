import { expect, test } from 'vitest'
import { figure, foundOf, provenRate, span } from './figures'

test.each([
  [null, '–'],
  [0, '0 s'],
  [5_605, '5.6 s'],
  [455_000, '7.6 min'],
  [52_560_000, '14.6 h'],
])('a span of %s ms', (ms, text) => {
  expect(span(ms)).toBe(text)
})

test('figures, shares of votes and rates', () => {
  expect(figure(238_924)).toBe('238,924')
  expect(foundOf({ found: 2.5, total: 4, atMedium: 2 })).toBe('2.5 of 4')
  expect(provenRate({ rate: 0, provenBelow: 21.62 })).toEqual({ measured: '0', proven: '< 22' })
  expect(provenRate({ rate: 0.4185, provenBelow: 1.99 })).toEqual({ measured: '0.42', proven: '< 1.99' })
  expect(provenRate(null)).toBeNull()
})
