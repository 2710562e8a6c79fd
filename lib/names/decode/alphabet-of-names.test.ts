import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createNameSketch } from '../name-sketch'
import { encodingOf } from './alphabet-of-names'

const zone = 'evil.example.com'
/** 20 names of 24 symbols of an alphabet, from a fixed random source. */
const namesOf = (alphabet: string, suffix = '') => {
  const sketch = createNameSketch()
  for (let i = 0; i < 20; i++) {
    const bytes = createHash('sha512').update(`${i}`).digest()
    const label = Array.from({ length: 24 }, (_, n) => alphabet.charAt((bytes[n] ?? 0) % alphabet.length)).join('')
    sketch.add({ qname: `${label}${suffix}.${zone}`, zone, qtype: 'A', rcode: null, at: i })
  }
  return sketch.view().sample
}

test.each([
  ['0123456789abcdef', 'hexadecimal (RFC 4648)', true],
  ['abcdefghijklmnopqrstuvwxyz234567', 'base32 (RFC 4648)', true],
  ['0123456789abcdefghijklmnopqrstuv', 'base32hex (RFC 4648)', true],
  ['abcdefghijklmnopqrstuvwxyz012345', 'iodine base32', false],
  ['ab1c2d3e4f5g6h7j8k9m0npqrtuvwxyz', 'Sliver base32', false],
])('480 characters of %s are %s', (alphabet, name, isStandard) => {
  expect(encodingOf(namesOf(alphabet), zone)).toEqual({ name, isStandard, characters: 480 })
})

test('letters and digits without a gap, and text with other symbols, fit nothing', () => {
  expect(encodingOf(namesOf('abcdefghijklmnopqrstuvwxyz0123456789'), zone)).toBeNull()
  expect(encodingOf(namesOf('0123456789abcdef', '_x-'), zone)).toBeNull()
})

test('too few characters fit nothing: a short text misses symbols by chance', () => {
  expect(encodingOf(namesOf('0123456789abcdef').slice(0, 5), zone)).toBeNull()
})
