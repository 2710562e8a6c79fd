import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Draw, PopulationModel } from './population-model'
import { BUCKET_MS } from './rule'

const DAY = 24 * 3_600_000
/** Ordinary domains: values as a small office shows them. */
const ordinary = [23, 25, 27, 30, 31, 33, 36, 38, 40, 44, 44, 47, 52, 58, 63, 71, 80, 95, 120, 160]
const draws = (prefix = 'd'): Draw[] => ordinary.map((value, i) => ({ zone: `${prefix}${i}.example`, value }))
const trained = (buckets: number): PopulationModel => {
  const model = new PopulationModel()
  for (let i = 0; i < buckets; i++) model.close(i * BUCKET_MS, draws(`b${i}-`), 350)
  return model
}

describe('the population model', () => {
  test('a tunnel among ordinary domains scores above 50 from the second bucket on', () => {
    const [scored] = trained(2).close(2 * BUCKET_MS, [...draws(), { zone: 'evil.example', value: 11_196 }], 350)
    expect(scored?.zone).toBe('evil.example')
    expect(scored?.score).toBeGreaterThan(50)
    expect(scored?.probability).toBeLessThan(1e-4)
  })

  test('what is below the floor is learned and not scored', () => {
    const model = trained(3)
    const before = model.samples
    expect(model.close(3 * BUCKET_MS, draws('x'), 350)).toEqual([])
    expect(model.samples).toBeGreaterThan(before + 15)
  })

  test('learns before it scores: a bucket of one domain has probability 1 until four samples are known', () => {
    const model = new PopulationModel()
    for (const bucket of [0, 1, 2]) {
      const [scored] = model.close(bucket * BUCKET_MS, [{ zone: `z${bucket}.example`, value: 5_000 }], 350)
      expect(scored).toMatchObject({ probability: 1, score: 0 })
    }
    expect(model.caution()).toMatch(/Learning: [23] of 4/)
  })

  test('a second outlier a third as surprising stays under 50, because one maximum holds for all', () => {
    const model = trained(200)
    const scored = model.close(
      200 * BUCKET_MS,
      [...draws(), { zone: 'loud.example', value: 5_000_000 }, { zone: 'quiet.example', value: 700 }],
      350,
    )
    const score = (zone: string) => scored.find((one) => one.zone === zone)?.score ?? Number.NaN
    expect(score('loud.example')).toBeGreaterThan(90)
    expect(score('quiet.example')).toBeLessThan(50)
  })

  test('a domain seen in every bucket does not outweigh rare ones', () => {
    const model = new PopulationModel()
    for (let i = 0; i < 100; i++)
      model.close(
        i * BUCKET_MS,
        [
          { zone: 'always.example', value: 1_000 },
          { zone: `once-${i}.example`, value: 50 },
        ],
        1e9,
      )
    // With equal weights the typical value would be √(1000·50) = 224.
    expect(model.typical).toBeLessThan(70)
  })

  test('forgets four times as fast at first as after three weeks', () => {
    const weightAfter = (at: number) => {
      const model = trained(1)
      model.close(at, [], 350)
      const before = model.samples
      model.close(at + BUCKET_MS, [], 350)
      return -Math.log(model.samples / before)
    }
    expect(weightAfter(BUCKET_MS)).toBeCloseTo(4 * 0.00025, 5)
    expect(weightAfter(30 * DAY)).toBeCloseTo(0.00025, 8)
  })

  test('calls itself young until a day and 200 samples have passed', () => {
    expect(trained(3).caution()).toMatch(/^Young model: 60 samples over 0\.8 hours/)
    expect(trained(97).caution()).toBeNull()
  })

  test('continues from a snapshot exactly where it stopped', () => {
    const value = fc.integer({ min: 20, max: 50_000 })
    const bucket = fc.array(fc.record({ zone: fc.integer({ min: 0, max: 40 }).map((n) => `z${n}.example`), value }), { maxLength: 30 })
    fc.assert(
      fc.property(fc.array(bucket, { minLength: 2, maxLength: 12 }), fc.nat(11), (buckets, cut) => {
        const whole = new PopulationModel()
        let parts = new PopulationModel()
        buckets.forEach((one, i) => {
          if (i === cut) parts = new PopulationModel(JSON.parse(JSON.stringify(parts.snapshot())))
          expect(parts.close(i * BUCKET_MS, one, 350)).toEqual(whole.close(i * BUCKET_MS, one, 350))
        })
      }),
      { numRuns: 50 },
    )
  })
})
