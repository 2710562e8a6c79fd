/**
 * Shannon entropy of the characters of `text`.
 *
 * @param text - Compared by UTF-16 unit. Lower-case it first if case carries no meaning (it does not in DNS names, RFC 4343).
 * @returns Bits per character, from 0 (empty, or one repeated character) to log2(distinct characters).
 * @example shannonEntropy('abab') // => 1
 * @see C. E. Shannon, "A Mathematical Theory of Communication", 1948, §6.
 */
export function shannonEntropy(text: string): number {
  const { length } = text
  if (length < 2) return 0
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= BYTES || length > MAX_TABLE) {
      counts.fill(0)
      return entropyOfAny(text)
    }
    counts[unit] = (counts[unit] ?? 0) + 1
  }
  let weighted = 0
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    const count = counts[unit] ?? 0
    if (count > 1) weighted += WEIGHTS[count] ?? 0
    counts[unit] = 0
  }
  return Math.max(0, Math.log2(length) - weighted / length)
}

const BYTES = 256
/** Longer than any name. */
const MAX_TABLE = 1_024
/** Per byte, all zero between two calls. */
const counts = new Uint16Array(BYTES)
const WEIGHTS = Float64Array.from({ length: MAX_TABLE + 1 }, (_, count) => (count < 2 ? 0 : count * Math.log2(count)))

function entropyOfAny(text: string): number {
  const counted = new Map<number, number>()
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    counted.set(unit, (counted.get(unit) ?? 0) + 1)
  }
  let weighted = 0
  for (const count of counted.values()) weighted += count * Math.log2(count)
  return Math.max(0, Math.log2(text.length) - weighted / text.length)
}
