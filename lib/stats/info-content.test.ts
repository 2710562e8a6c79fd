import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { deflate } from 'pako'
import { describe, expect, test } from 'vitest'
import { infoContent } from './info-content'

/** 40 hexadecimal characters per name, from a fixed source. */
const tunnelNames = (count: number) =>
  Array.from({ length: count }, (_, i) => `${createHash('sha1').update(`seed ${i}`).digest('hex')}.t.example.org`)

describe('information content', () => {
  test('one name asked any number of times is 23 bytes', () => {
    expect(infoContent(Array.from({ length: 1_000 }, () => 'www.example.com'))).toBe(23)
  })

  // zlib 1.2.13 measured on other names of the same form; 2 % is what random names vary by.
  test.each([
    [5, 155],
    [20, 506],
    [100, 2_485],
    [500, 12_443],
    [2_000, 49_464],
  ])('%i names of 40 hexadecimal characters are about %i bytes, as zlib 1.2.13 says', (count, bytes) => {
    expect(Math.abs(infoContent(tunnelNames(count)) / bytes - 1)).toBeLessThan(0.02)
  })

  test('names built to one pattern cost little: 50 content hosts are about 137 bytes, 200 about 416', () => {
    const hosts = (count: number) => Array.from({ length: count }, (_, i) => `r${i + 1}.sn-cdn.example.net`)
    expect(Math.abs(infoContent(hosts(50)) / 137 - 1)).toBeLessThan(0.02)
    expect(Math.abs(infoContent(hosts(200)) / 416 - 1)).toBeLessThan(0.02)
  })

  test('order and repeats do not matter', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 30 }), (names) => {
        expect(infoContent([...names, ...names].toReversed())).toBe(infoContent(names))
      }),
    )
  })

  test('short inputs have the length that the ordinary compressor gives', () => {
    const text = fc.stringMatching(/^[a-d.]{1,30}$/)
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), (names) => {
        const joined = [...new Set(names)].toSorted((a, b) => (a < b ? -1 : 1)).join('')
        expect(infoContent(names)).toBe(deflate(new TextEncoder().encode(joined), { level: 6 }).length)
      }),
      { numRuns: 500 },
    )
  })

  test('bytes outside ASCII are sorted as bytes', () => {
    expect(infoContent(['\u{1f600}a', '\uffeea', 'zz'])).toBe(deflate(new TextEncoder().encode('zz\uffeea\u{1f600}a'), { level: 6 }).length)
  })
})
