/** Crockford's base32 without letters that are read wrongly aloud. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * Four groups of five, 100 bits: `k7m2x-…`. Shown once; an admin gives a new one when it is lost.
 *
 * @param bytes - 20 random bytes.
 */
export function temporaryPassword(bytes: Uint8Array): string {
  const characters = [...bytes].map((byte) => ALPHABET.charAt(byte % 32))
  return [0, 5, 10, 15].map((from) => characters.slice(from, from + 5).join('')).join('-')
}
