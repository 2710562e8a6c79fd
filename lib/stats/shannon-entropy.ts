/**
 * Shannon entropy of the characters of `text`.
 *
 * @param text - Compared by UTF-16 unit. Lower-case it first if case carries no meaning (it does not in DNS names, RFC 4343).
 * @returns Bits per character, from 0 (empty, or one repeated character) to log2(distinct characters).
 * @example shannonEntropy('abab') // => 1
 * @see C. E. Shannon, "A Mathematical Theory of Communication", 1948, §6.
 */
export function shannonEntropy(text: string): number {
  if (text.length < 2) return 0
  const counts = new Map<number, number>()
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    counts.set(unit, (counts.get(unit) ?? 0) + 1)
  }
  let weighted = 0
  for (const count of counts.values()) weighted += count * Math.log2(count)
  return Math.max(0, Math.log2(text.length) - weighted / text.length)
}
