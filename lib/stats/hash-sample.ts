interface Dated {
  /** Epoch ms. */
  readonly lastAt: number
}

const RANGE = 2 ** 32

/**
 * A uniform sample of distinct items by 32-bit hash, those with the smallest hashes, of which old ones can be let go. The
 * number of distinct items follows from how far the sample reaches: exact up to `capacity` items, standard error
 * 1/√capacity beyond.
 *
 * @see K. Beyer et al., "On synopses for distinct-value estimation under multiset operations", 2007.
 */
export class HashSample<T extends Dated> {
  private readonly items: Map<number, T>
  /** Items hashing to it and above are not kept. */
  private ceiling: number

  constructor(
    private readonly capacity: number,
    snapshot?: { readonly ceiling: number; readonly items: readonly (readonly [number, T])[] },
  ) {
    this.ceiling = snapshot?.ceiling ?? RANGE
    this.items = new Map(snapshot?.items)
  }

  get size(): number {
    return this.items.size
  }

  /** Distinct items, estimated once the sample is full. */
  get distinct(): number {
    return this.isExact ? this.items.size : Math.round((this.items.size * RANGE) / this.ceiling)
  }

  get isExact(): boolean {
    return this.ceiling === RANGE
  }

  get(hash: number): T | undefined {
    return this.items.get(hash)
  }

  /** Replaces the item of the same hash, or lets the largest hash go when the sample is full. */
  set(hash: number, item: T): void {
    if (hash >= this.ceiling) return
    this.items.set(hash, item)
    if (this.items.size <= this.capacity) return
    this.ceiling = Math.max(...this.items.keys())
    this.items.delete(this.ceiling)
  }

  /** Items of this hash and above were not offered, because they come from a sample themselves. */
  lowerCeiling(to: number): void {
    if (to >= this.ceiling) return
    this.ceiling = to
    for (const hash of this.items.keys()) if (hash >= to) this.items.delete(hash)
  }

  /** Lets go of what was last seen before. @returns how many. */
  expire(beforeAt: number): number {
    let gone = 0
    for (const [hash, { lastAt }] of this.items) {
      if (lastAt >= beforeAt) continue
      this.items.delete(hash)
      gone++
    }
    return gone
  }

  /** Smallest hash first. */
  entries(): readonly (readonly [number, T])[] {
    return [...this.items].toSorted((a, b) => a[0] - b[0])
  }

  snapshot(): { readonly ceiling: number; readonly items: readonly (readonly [number, T])[] } {
    return { ceiling: this.ceiling, items: [...this.items] }
  }
}
