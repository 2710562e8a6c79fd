import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchesGlob } from './glob'

test.each([
  ['a*', 'a', true],
  ['a*', 'ab', true],
  ['*a', 'ba', true],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['*ab*bc*', 'abbc', true],
  ['*ab*bc*', 'abc', false],
  ['a*b*c', 'a-b-b-c', true],
  ['*', '', true],
  ['-q=*', 'a-q=txt', false],
])('%s on %s', (pattern, text, expected) => {
  expect(matchesGlob(pattern.split('*'), text)).toBe(expected)
})

test('agrees with a direct reading of the definition', () => {
  const matches = (pattern: string, text: string): boolean => {
    if (pattern === '') return text === ''
    if (pattern.startsWith('*')) {
      return Array.from({ length: text.length + 1 }, (_, cut) => text.slice(cut)).some((rest) => matches(pattern.slice(1), rest))
    }
    return text.startsWith(pattern.charAt(0)) && matches(pattern.slice(1), text.slice(1))
  }
  const letters = (extra: string) => fc.string({ unit: fc.constantFrom('a', 'b', ...extra), maxLength: 8 })
  fc.assert(
    fc.property(letters('*'), letters(''), (pattern, text) => {
      fc.pre(pattern.includes('*'))
      expect(matchesGlob(pattern.split('*'), text)).toBe(matches(pattern, text))
    }),
    { numRuns: 2_000 },
  )
})

test('a pattern of many stars on a long near-match answers at once', () => {
  const startedAt = performance.now()
  expect(matchesGlob('a*'.repeat(50).concat('b').split('*'), 'a'.repeat(100_000))).toBe(false)
  expect(performance.now() - startedAt).toBeLessThan(10_000)
})
