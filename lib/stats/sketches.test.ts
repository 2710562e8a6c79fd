import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HyperLogLog } from './hyper-log-log'
import { QuantileHistogram } from './quantile-histogram'
import { shannonEntropy } from './shannon-entropy'

describe('HyperLogLog', () => {
  const hash = (value: number, seed: number) => {
    let h = Math.imul(value ^ seed, 0x9e3779b1)
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    return (h ^ (h >>> 16)) >>> 0
  }
  const sketchOf = (from: number, to: number) => {
    const sketch = new HyperLogLog()
    for (let i = from; i < to; i++) sketch.add(hash(i, 0), hash(i, 0x5bd1e995))
    return sketch
  }

  test('an empty sketch counts nothing', () => {
    expect(new HyperLogLog().estimate()).toBe(0)
  })

  // Standard error 1.04/√4096 = 1.6 %: 5 % is three of them.
  test.each([10, 1_000, 10_000, 20_000, 100_000, 1_000_000])('counts %i items within 5 %', (count) => {
    expect(Math.abs(sketchOf(0, count).estimate() / count - 1)).toBeLessThan(0.05)
  })

  test('merging is counting the union', () => {
    const left = sketchOf(0, 6_000)
    left.merge(sketchOf(4_000, 10_000))
    expect(left.bytes()).toEqual(sketchOf(0, 10_000).bytes())
  })

  test('registers of another size are refused', () => {
    expect(() => new HyperLogLog(new Uint8Array(16))).toThrow(RangeError)
  })
})

describe('the quantile histogram', () => {
  test('quantiles and ranks of four values', () => {
    const histogram = new QuantileHistogram()
    for (const value of [4, 1, 3, 2]) histogram.add(value)
    expect([0.25, 0.5, 0.75, 1].map((share) => histogram.quantile(share))).toEqual([1, 2, 3, 4])
    expect([0, 2, 2.5, 9].map((value) => histogram.shareUpTo(value))).toEqual([0, 0.5, 0.5, 1])
  })

  test('fading keeps the shape and loses the weight', () => {
    const histogram = new QuantileHistogram()
    for (const value of [1, 1, 5, 9]) histogram.add(value)
    histogram.fade(0.25)
    expect(histogram.weight).toBe(1)
    expect(histogram.shareUpTo(1)).toBe(0.5)
    for (let i = 0; i < 20; i++) histogram.fade(0.5)
    expect(histogram.weight).toBe(0)
  })

  test('continues from its snapshot', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true })), (values) => {
        const histogram = new QuantileHistogram()
        for (const value of values) histogram.add(value)
        const restored = new QuantileHistogram(JSON.parse(JSON.stringify(histogram.snapshot())))
        expect(restored.snapshot()).toEqual(histogram.snapshot())
        expect(restored.weight).toBe(histogram.weight)
      }),
    )
  })
})

describe('Shannon entropy', () => {
  test.each([
    ['', 0],
    ['aaaa', 0],
    ['abab', 1],
    ['abcdefgh', 3],
    ['aab', Math.log2(3) - 2 / 3],
  ])('of %j is %f bits a character', (text, bits) => {
    expect(shannonEntropy(text)).toBeCloseTo(bits, 12)
  })
})
