import { compareText, type Pair } from './tally-view'

export interface EvictionCount {
  readonly pairs: number
  readonly queries: number
}

/** Room made at once, so that evicting costs little on average. */
const KEEP_SHARE = 0.8

/** Larger than any instant, and small enough that 32 of them are exact. */
const MAGNITUDE = 2 ** 48
/** Fewest names first, then longest silent. Magnitudes: pairs within a factor of two are equals, and the older one goes. */
const coldness = (pair: Pair): number => (31 - Math.clz32(pair.weight)) * MAGNITUDE + (pair.cells.at(-1)?.lastAt ?? 0)

/** Which pairs to let go so that four fifths of the limits are kept. */
export function evictColdest(pairs: readonly Pair[], limits: { readonly pairs: number; readonly weight: number }): readonly Pair[] {
  // Sorting numbers is several times faster than sorting pairs by a function.
  const byColdness = new Map<number, Pair[]>()
  let weight = 0
  for (const pair of pairs) {
    weight += pair.weight
    const cold = coldness(pair)
    const equals = byColdness.get(cold)
    if (equals === undefined) byColdness.set(cold, [pair])
    else equals.push(pair)
  }
  let count = pairs.length
  const victims: Pair[] = []
  for (const cold of Float64Array.from(byColdness.keys()).sort()) {
    const equals = byColdness.get(cold) ?? []
    if (equals.length > 1) equals.sort((a, b) => compareText(a.zone, b.zone) || compareText(a.source, b.source))
    for (const pair of equals) {
      if (count <= limits.pairs * KEEP_SHARE && weight <= limits.weight * KEEP_SHARE) return victims
      victims.push(pair)
      count -= 1
      weight -= pair.weight
    }
  }
  return victims
}
