import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HashSample } from './hash-sample'

const hashes = fc.uniqueArray(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 300 })
const sampleOf = (all: readonly number[], capacity = 64) => {
  const sample = new HashSample<{ lastAt: number }>(capacity)
  for (const hash of all) sample.set(hash, { lastAt: hash % 1_000 })
  return sample
}

describe('HashSample', () => {
  test('keeps the smallest hashes, in whatever order they came', () => {
    fc.assert(
      fc.property(hashes, (all) => {
        const kept = sampleOf(all)
        const smallest = all.toSorted((a, b) => a - b).slice(0, 64)
        expect(kept.entries().map(([hash]) => hash)).toEqual(smallest)
        expect(sampleOf(all.toReversed()).entries()).toEqual(kept.entries())
        expect(kept.isExact).toBe(all.length <= 64)
      }),
    )
  })

  test('counts exactly while it holds everything, within four standard errors beyond', () => {
    expect(sampleOf([5, 9, 5, 7]).distinct).toBe(3)
    const many = sampleOf(Array.from({ length: 2_000 }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 0))
    expect(Math.abs(many.distinct / 2_000 - 1)).toBeLessThan(0.5)
  })

  test('lets old items go and goes on from its snapshot', () => {
    const sample = sampleOf([1, 500, 999])
    expect(sample.expire(400)).toBe(1)
    expect(sample.size).toBe(2)
    const restored = new HashSample(64, JSON.parse(JSON.stringify(sample.snapshot())))
    expect(restored.snapshot()).toEqual(sample.snapshot())
  })

  test('a ceiling from outside makes the count an estimate', () => {
    const sample = sampleOf([10, 2 ** 30, 2 ** 31])
    sample.lowerCeiling(2 ** 31)
    expect(sample.size).toBe(2)
    expect(sample.distinct).toBe(4)
  })
})
