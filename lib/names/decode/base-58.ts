import type { Alphabet } from './base-n'

/** Digits and letters without 0, O, I and l. A text is one large number, so symbols stand for no fixed number of bits. */
export const BASE58: Alphabet = {
  name: 'base58 (Bitcoin)',
  isStandard: false,
  symbols: '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz',
  bits: Math.floor(Math.log2(58)),
  isCased: true,
}

/** A whole name has no more; longer texts are not decoded. */
const MAX_SYMBOLS = 255
const CHUNK = 8
const TEXT = /^[1-9A-HJ-NP-Za-km-z]+$/

/** Bytes of a text in base58, or null when a symbol outside it occurs. Zero bytes in front are written `1` each. */
export function decodeBase58(text: string): Uint8Array | null {
  // First of all, because most texts are none.
  if (text.length > MAX_SYMBOLS || !TEXT.test(text)) return null
  let number = 0n
  for (let at = 0; at < text.length; at += CHUNK) {
    let value = 0
    const end = Math.min(text.length, at + CHUNK)
    for (let i = at; i < end; i++) value = 58 * value + BASE58.symbols.indexOf(text.charAt(i))
    number = number * 58n ** BigInt(end - at) + BigInt(value)
  }
  const zeros = /^1*/.exec(text)?.[0].length ?? 0
  const digits = number === 0n ? '' : number.toString(16)
  const even = digits.length % 2 === 0 ? digits : `0${digits}`
  return Uint8Array.from([...new Uint8Array(zeros), ...(even.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16))])
}
