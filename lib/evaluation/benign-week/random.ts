/** Seeded chance: the same seed gives the same traffic on every machine. */
export class Random {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0 || 1
    for (let i = 0; i < 8; i++) this.next()
  }

  /** Uniform from 0 up to, not including, 1 (xorshift32, Marsaglia 2003). */
  next(): number {
    let x = this.state
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.state = x >>> 0
    return this.state / 2 ** 32
  }

  /** Whole number from 0 up to, not including, `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0]
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next())
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next())
  }

  /** @param spread - Standard deviation of the logarithm. */
  logNormal(median: number, spread: number): number {
    return median * Math.exp(spread * this.normal())
  }

  /** Knuth's product for small means, the rounded normal above 30. */
  poisson(mean: number): number {
    if (mean <= 0) return 0
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()))
    const limit = Math.exp(-mean)
    let count = 0
    for (let product = this.next(); product > limit; product *= this.next()) count += 1
    return count
  }

  /** `length` characters of the alphabet. */
  text(alphabet: string, length: number): string {
    let text = ''
    for (let i = 0; i < length; i++) text += alphabet[this.below(alphabet.length)] ?? ''
    return text
  }
}

export const HEX = '0123456789abcdef'
export const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
export const BASE36 = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Ranks from 0 with probability falling as 1/(rank+1)^exponent, by a table of the cumulated shares. */
export class Zipf {
  private readonly cumulated: Float64Array

  constructor(ranks: number, exponent: number) {
    this.cumulated = new Float64Array(ranks)
    let sum = 0
    for (let rank = 0; rank < ranks; rank++) {
      sum += (rank + 1) ** -exponent
      this.cumulated[rank] = sum
    }
  }

  draw(random: Random): number {
    const wanted = random.next() * (this.cumulated.at(-1) ?? 1)
    let low = 0
    let high = this.cumulated.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.cumulated[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** A number that is always the same for the same key (FNV-1a): what a site or a client always has. */
export function fixed(key: string): Random {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return new Random(hash >>> 0)
}
