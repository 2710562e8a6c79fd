import { logStudentTUpperTail } from './student-t'

/** Below this spread of ln(value) the model would call ordinary differences impossible. */
const SMALLEST_SPREAD = 0.05

/** Weighted sums over y = ln(value): weight, mean, sum of squared deviations. */
export interface LogNormalState {
  readonly weight: number
  readonly mean: number
  readonly squares: number
}

export const emptyLogNormal: LogNormalState = { weight: 0, mean: 0, squares: 0 }

/** The model after it has forgotten: the mean stays, confidence fades. @param factor - 0 to 1. */
export function forget(state: LogNormalState, factor: number): LogNormalState {
  return { weight: state.weight * factor, mean: state.mean, squares: state.squares * factor }
}

/** The model after one more value (greater than 0), by West's weighted update (D. West, CACM 22(9), 1979). */
export function learn(state: LogNormalState, value: number, weight = 1): LogNormalState {
  if (weight <= 0) return state
  const y = Math.log(value)
  const total = state.weight + weight
  const delta = y - state.mean
  const mean = state.mean + (delta * weight) / total
  return { weight: total, mean, squares: state.squares + weight * delta * (y - mean) }
}

/** exp of the mean of ln(value): the value to expect. */
export const typical = (state: LogNormalState): number => Math.exp(state.mean)

/** Standard deviation of ln(value), never below 0.05. */
export function spread(state: LogNormalState): number {
  return Math.max(Math.sqrt(state.squares / (state.weight - 1)), SMALLEST_SPREAD)
}

/**
 * Natural logarithm of the probability that a new draw exceeds `value`: the posterior predictive of a log-normal with
 * unknown mean and variance is a Student t with weight − 1 degrees of freedom.
 *
 * @returns 0 (probability 1) while the weight is under 4: such a model knows nothing yet.
 */
export function logUpperTail(state: LogNormalState, value: number): number {
  if (state.weight < 4) return 0
  const t = (Math.log(value) - state.mean) / (spread(state) * Math.sqrt(1 + 1 / state.weight))
  return logStudentTUpperTail(t, state.weight - 1)
}
