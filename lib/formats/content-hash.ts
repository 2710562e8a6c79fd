/**
 * Hashes a record's identifying fields one after the other, without building a text of them: two multiplicative 32-bit
 * hashes side by side (the mixing of the public-domain construction known as cyrb53). Not for secrets.
 */
export class ContentHash {
  private a = 0
  private b = 0

  start(): this {
    this.a = 0xdeadbeef
    this.b = 0x41c6ce57
    return this
  }

  /** null and the empty text are different; the length keeps neighbouring fields apart. */
  text(value: string | null): this {
    if (value === null) return this.number(-1)
    let { a, b } = this
    for (let at = 0; at < value.length; at++) {
      const code = value.charCodeAt(at)
      a = Math.imul(a ^ code, 2654435761)
      b = Math.imul(b ^ code, 1597334677)
    }
    this.a = a
    this.b = b
    return this.number(value.length)
  }

  /** A whole number up to 2⁵³; null counts as -2. */
  number(value: number | null): this {
    const number = value ?? -2
    const low = number | 0
    const high = (number / 4294967296) | 0
    this.a = Math.imul(Math.imul(this.a ^ low, 2654435761) ^ high, 2246822507)
    this.b = Math.imul(Math.imul(this.b ^ high, 1597334677) ^ low, 3266489909)
    return this
  }

  /** @returns 52 bits, a non-negative integer that a double holds exactly. */
  value52(): number {
    const a = Math.imul(this.a ^ (this.a >>> 16), 2246822507) ^ Math.imul(this.b ^ (this.b >>> 13), 3266489909)
    const b = Math.imul(this.b ^ (this.b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
    return (b & 0xfffff) * 4294967296 + (a >>> 0)
  }

  /** @returns 30 bits, small enough to be a fast map key. */
  value30(): number {
    return (Math.imul(this.a ^ (this.a >>> 16), 2246822507) ^ this.b ^ (this.b >>> 15)) & 0x3fffffff
  }
}
