import { logIncompleteBeta } from './incomplete-beta'

/**
 * Natural logarithm of P(T > t) for Student's t with `freedom` degrees of freedom; does not underflow.
 *
 * @param freedom - Greater than 0, not necessarily whole.
 * @see Abramowitz & Stegun, 26.7.1: P(|T| > t) = I_{ν/(ν+t²)}(ν/2, 1/2).
 */
export function logStudentTUpperTail(t: number, freedom: number): number {
  const square = t * t
  const twoSided = logIncompleteBeta(freedom / (freedom + square), freedom / 2, 0.5, square / (freedom + square))
  const oneSided = twoSided - Math.LN2
  return t >= 0 ? oneSided : Math.log1p(-Math.exp(oneSided))
}

/** P(T > t); 0 only where the probability is below the smallest positive number. */
export function studentTUpperTail(t: number, freedom: number): number {
  return Math.exp(logStudentTUpperTail(t, freedom))
}
