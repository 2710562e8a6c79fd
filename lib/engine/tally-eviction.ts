import { compareText, type Pair } from './tally-pair'

export interface EvictionCount {
  readonly pairs: number
  readonly queries: number
}

/** Room made at once, so that evicting costs little on average. */
const KEEP_SHARE = 0.8
const MINUTE_MS = 60_000
/** Minutes told apart, more than any retention has; what is older counts as the oldest of them. */
const MINUTES = 2_048

interface Cold {
  readonly pair: Pair
  readonly lastAt: number
}

/** Magnitudes: pairs within a factor of two are equals, and the older one goes. */
const magnitude = ({ weight }: Pair): number => 31 - Math.clz32(weight)
const coldestFirst = (a: Cold, b: Cold): number =>
  a.lastAt - b.lastAt || compareText(a.pair.zone, b.pair.zone) || compareText(a.pair.source, b.pair.source)

/**
 * Which pairs to let go so that four fifths of the limits are kept: fewest names first, then longest silent. Pairs are put
 * together by magnitude and last minute, which is in that order, and only the group that the limit falls into is sorted.
 */
export function evictColdest(pairs: readonly Pair[], limits: { readonly pairs: number; readonly weight: number }): readonly Pair[] {
  const newest = pairs.reduce((last, pair) => Math.max(last, pair.lastAt), Number.NEGATIVE_INFINITY)
  const groups = new Map<number, Pair[]>()
  let weight = 0
  for (const pair of pairs) {
    weight += pair.weight
    const age = Math.min(MINUTES - 1, Math.floor((newest - pair.lastAt) / MINUTE_MS))
    const place = magnitude(pair) * MINUTES + (MINUTES - 1 - age)
    const group = groups.get(place)
    if (group === undefined) groups.set(place, [pair])
    else group.push(pair)
  }
  let count = pairs.length
  const victims: Pair[] = []
  const isEnough = (): boolean => count <= limits.pairs * KEEP_SHARE && weight <= limits.weight * KEEP_SHARE
  const letGo = (pair: Pair): void => {
    victims.push(pair)
    count -= 1
    weight -= pair.weight
  }
  for (const [, group] of [...groups].sort(([a], [b]) => a - b)) {
    if (isEnough()) return victims
    const grouped = group.reduce((sum, pair) => sum + pair.weight, 0)
    const staysTooMuch = count - group.length > limits.pairs * KEEP_SHARE || weight - grouped > limits.weight * KEEP_SHARE
    if (staysTooMuch) group.forEach(letGo)
    else
      for (const { pair } of group.map((one) => ({ pair: one, lastAt: one.lastAt })).sort(coldestFirst)) {
        if (isEnough()) return victims
        letGo(pair)
      }
  }
  return victims
}
