import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { betaQuantile, incompleteBeta, logGamma, logIncompleteBeta } from './incomplete-beta'
import { emptyLogNormal, forget, learn, logUpperTail, spread, typical } from './log-normal-model'
import { studentTUpperTail } from './student-t'

describe('gamma and beta', () => {
  test.each([
    [1, 0],
    [5, Math.log(24)],
    [0.5, 0.5 * Math.log(Math.PI)],
    [101, 363.73937555556347], // ln 100!
  ])('ln Γ(%f) is %f', (x, value) => {
    expect(logGamma(x)).toBeCloseTo(value, 10)
  })

  // Closed forms: I_x(1, b) = 1 − (1 − x)^b, I_x(2, 2) = 3x² − 2x³, I_x(½, ½) = (2/π) asin √x.
  test.each([
    [0.3, 1, 7, 1 - 0.7 ** 7],
    [0.25, 2, 2, 3 / 16 - 2 / 64],
    [0.2, 0.5, 0.5, (2 / Math.PI) * Math.asin(Math.sqrt(0.2))],
    [0, 3, 4, 0],
    [1, 3, 4, 1],
  ])('I_%f(%f, %f) is %f', (x, a, b, value) => {
    expect(incompleteBeta(x, a, b)).toBeCloseTo(value, 12)
  })

  const shape = fc.double({ min: 0.1, max: 500, noNaN: true })
  const share = fc.double({ min: 0.001, max: 0.999, noNaN: true })

  test('I_x(a, b) and I_{1−x}(b, a) add up to 1', () => {
    fc.assert(
      fc.property(share, shape, shape, (x, a, b) => {
        expect(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a)).toBeCloseTo(1, 9)
      }),
    )
  })

  test('the quantile undoes the distribution function', () => {
    const moderate = fc.double({ min: 0.5, max: 200, noNaN: true })
    fc.assert(
      fc.property(share, moderate, moderate, (p, a, b) => {
        expect(incompleteBeta(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 6)
      }),
    )
  })

  test('tails far below the smallest number keep their logarithm', () => {
    expect(logIncompleteBeta(1e-100, 10, 1)).toBeCloseTo(-1_000 * Math.LN10, 6)
  })
})

describe('Student’s t', () => {
  // One degree of freedom is the Cauchy distribution; the others are printed in every table of critical values.
  test.each([
    [1, 1, 0.25],
    [12.706, 1, 0.025],
    [2.228, 10, 0.025],
    [2.764, 10, 0.01],
    [1.96, 1e6, 0.025],
    [0, 5, 0.5],
    [-2.228, 10, 0.975],
  ])('P(T > %f) with %f degrees of freedom is %f', (t, freedom, probability) => {
    expect(studentTUpperTail(t, freedom)).toBeCloseTo(probability, 4)
  })
})

describe('the log-normal model', () => {
  const values = [23, 25, 27, 30, 31, 33, 36, 38, 40, 44, 44, 47, 52, 58, 63, 71, 80, 95, 120, 160]
  const learned = (times: number) =>
    Array.from({ length: times }, () => values)
      .flat()
      .reduce((state, value) => learn(state, value), emptyLogNormal)

  test('learns mean and spread of the logarithms', () => {
    expect(learned(1).mean).toBeCloseTo(3.8763240447, 9)
    expect(spread(learned(1))).toBeCloseTo(0.5292238991, 9)
    expect(typical(learned(1))).toBeCloseTo(48.25, 1)
  })

  test.each([
    [1, 100, 0.097388],
    [1, 350, 8.435958e-4],
    [1, 500, 1.880456e-4],
    [1, 1_077, 8.0549e-6],
    [1, 2_254, 4.8101e-7],
    [1, 11_196, 2.4503e-9],
    [20, 350, 7.379055e-5],
    [20, 1_077, 2.1458e-9],
    [20, 2_254, 3.2481e-13],
  ])('after the list %i times, a value of %i has tail probability %f', (times, value, probability) => {
    expect(Math.exp(logUpperTail(learned(times), value)) / probability).toBeCloseTo(1, 3)
  })

  test('knows nothing below a weight of 4', () => {
    expect(logUpperTail(learn(learn(learn(emptyLogNormal, 20), 21), 22), 1e6)).toBe(0)
  })

  test('forgetting keeps the mean and widens the tail', () => {
    const faded = forget(learned(1), 0.5)
    expect(faded.mean).toBe(learned(1).mean)
    expect(logUpperTail(faded, 2_254)).toBeGreaterThan(logUpperTail(learned(1), 2_254))
  })

  test('a weighted value counts as that many values', () => {
    const twice = learn(learn(emptyLogNormal, 30), 90, 2)
    const separate = learn(learn(learn(emptyLogNormal, 30), 90), 90)
    expect(twice.mean).toBeCloseTo(separate.mean, 12)
    expect(twice.squares).toBeCloseTo(separate.squares, 12)
  })
})
