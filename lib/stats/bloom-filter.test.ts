import { describe, expect, test } from 'vitest'
import { BloomFilter } from './bloom-filter'
import { SeenBefore } from './seen-before'

/** Finaliser of MurmurHash3. */
const mix = (value: number): number => {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
const item = (i: number) => ({ first: mix(i + 1), second: mix(i ^ 0x5bd1e995) })

describe('BloomFilter', () => {
  test('holds everything that was added, and through text', () => {
    const filter = new BloomFilter()
    for (let i = 0; i < 5_000; i++) filter.add(item(i))
    const restored = new BloomFilter(filter.base64())
    for (let i = 0; i < 5_000; i++) expect(filter.has(item(i)) && restored.has(item(i))).toBe(true)
    expect(restored.base64()).toBe(filter.base64())
  })

  // (1 − e^(−7·n/2^19))^7 by Bloom's formula: 0.66 % at 50,000 items.
  test('takes at most 1 in 100 others for held at 50,000 items', () => {
    const filter = new BloomFilter()
    for (let i = 0; i < 50_000; i++) filter.add(item(i))
    let wrong = 0
    for (let i = 50_000; i < 100_000; i++) if (filter.has(item(i))) wrong++
    expect(wrong / 50_000).toBeLessThan(0.01)
    expect(wrong / 50_000).toBeGreaterThan(0.004)
  })

  test('refuses bits of another length', () => {
    expect(() => new BloomFilter('AAAA')).toThrow(RangeError)
  })
})

describe('SeenBefore', () => {
  const WEEK = 7 * 86_400_000
  const T0 = 2_900 * WEEK

  test('an item is old once a whole week lies between, and new again when it was not asked', () => {
    const seen = new SeenBefore(WEEK)
    seen.note(item(1), T0 + WEEK - 1)
    expect(seen.isOld(item(1), T0 + WEEK - 1)).toBe(false)
    expect(seen.isOld(item(1), T0 + 2 * WEEK - 1)).toBe(false)
    expect(seen.isOld(item(1), T0 + 2 * WEEK)).toBe(true)
    expect(seen.isOld(item(1), T0 + 3 * WEEK)).toBe(false)
    expect(seen.isOld(item(2), T0 + 2 * WEEK)).toBe(false)
  })

  test('learns for one to two weeks', () => {
    const seen = new SeenBefore(WEEK)
    seen.note(item(1), T0 + 1)
    expect(seen.isLearning(T0 + 2 * WEEK - 1)).toBe(true)
    expect(seen.isLearning(T0 + 2 * WEEK)).toBe(false)
  })

  test('a silence of months forgets everything', () => {
    const seen = new SeenBefore(WEEK)
    seen.note(item(1), T0)
    expect(seen.isOld(item(1), T0 + 20 * WEEK)).toBe(false)
    expect(seen.isOld(item(1), T0 + 22 * WEEK)).toBe(false)
  })

  test('continues from its snapshot', () => {
    const seen = new SeenBefore(WEEK)
    expect(seen.snapshot()).toBeNull()
    seen.note(item(1), T0)
    const restored = new SeenBefore(WEEK, JSON.parse(JSON.stringify(seen.snapshot())))
    expect(restored.snapshot()).toEqual(seen.snapshot())
    expect(restored.isOld(item(1), T0 + 2 * WEEK)).toBe(true)
  })
})
