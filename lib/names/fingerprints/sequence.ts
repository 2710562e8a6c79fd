/** A number read from a name, with the instant the name was asked. */
export interface Numbered {
  readonly at: number
  readonly value: number
}

/**
 * True when a counter of `size` values runs through the names in the order of time: steps of 1 to `maxStep`, wrapping.
 * Names of one instant have no order and are passed over.
 *
 * @param share - of the steps that must fit; late and repeated names do not.
 */
export function countsUp(
  numbers: readonly Numbered[],
  { size, maxStep, share = 0.9 }: { size: number; maxStep: number; share?: number },
): boolean {
  const ordered = [...numbers].sort((a, b) => a.at - b.at || a.value - b.value)
  let steps = 0
  let fitting = 0
  for (let i = 1; i < ordered.length; i++) {
    const [from, to] = [ordered[i - 1], ordered[i]]
    if (from === undefined || to === undefined) continue
    const step = (to.value - from.value + size) % size
    if (to.at === from.at && step > maxStep) continue
    steps++
    if (step >= 1 && step <= maxStep) fitting++
  }
  return steps >= 2 && fitting >= share * steps
}

/** True when values never fall in the order of time, save `size` wrapping, and take at least `distinct` values. */
export function neverFalls(numbers: readonly Numbered[], { size, distinct }: { size: number; distinct: number }): boolean {
  if (new Set(numbers.map(({ value }) => value)).size < distinct) return false
  const ordered = [...numbers].sort((a, b) => a.at - b.at || a.value - b.value)
  const falls = ordered.filter(({ value }, i) => {
    const before = ordered[i - 1]?.value ?? value
    return (value - before + size) % size > size / 2
  }).length
  return falls <= 0.1 * ordered.length
}

/** The value that occurs most often; ties go to the smaller one. */
export function commonest<T extends string | number>(values: readonly T[]): { readonly value: T | null; readonly count: number } {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  let best: { value: T | null; count: number } = { value: null, count: 0 }
  for (const [value, count] of counts) {
    if (count > best.count || (count === best.count && best.value !== null && value < best.value)) best = { value, count }
  }
  return best
}
