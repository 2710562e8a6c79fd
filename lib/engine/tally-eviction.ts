import { compareText, type Pair } from './tally-view'

export interface EvictionCount {
  readonly pairs: number
  readonly queries: number
}

/** Room made at once, so that evicting costs little on average. */
const KEEP_SHARE = 0.8

interface Candidate {
  readonly pair: Pair
  /** Magnitude of the names held: pairs within a factor of two are equals, and the older one goes. */
  readonly magnitude: number
  readonly lastAt: number
}

const byColdness = (a: Candidate, b: Candidate): number =>
  a.magnitude - b.magnitude || a.lastAt - b.lastAt || compareText(a.pair.zone, b.pair.zone) || compareText(a.pair.source, b.pair.source)

/** Which pairs to let go so that four fifths of the limits are kept: fewest names first, then longest silent. */
export function evictColdest(pairs: readonly Pair[], limits: { readonly pairs: number; readonly weight: number }): readonly Pair[] {
  const candidates = pairs
    .map((pair) => ({ pair, magnitude: 31 - Math.clz32(pair.weight), lastAt: pair.cells.at(-1)?.lastAt ?? 0 }))
    .sort(byColdness)
  let count = pairs.length
  let weight = pairs.reduce((sum, pair) => sum + pair.weight, 0)
  const victims: Pair[] = []
  for (const { pair } of candidates) {
    if (count <= limits.pairs * KEEP_SHARE && weight <= limits.weight * KEEP_SHARE) break
    victims.push(pair)
    count -= 1
    weight -= pair.weight
  }
  return victims
}
