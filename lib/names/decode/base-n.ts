/** An alphabet that data is written in, one symbol for `bits` bits, most significant first. */
export interface Alphabet {
  readonly name: string
  /** Defined by a public standard (RFC 4648), or by a tool. */
  readonly isStandard: boolean
  readonly symbols: string
  readonly bits: number
  /** Upper and lower case are different symbols. */
  readonly isCased: boolean
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const DIGITS = '0123456789'
/** Bytes 188–253 as characters, iodine's second half of its 128 symbols. */
const HIGH = String.fromCharCode(...Array.from({ length: 66 }, (_, i) => 188 + i))

const alphabet = (name: string, isStandard: boolean, symbols: string): Alphabet => ({
  name,
  isStandard,
  symbols,
  bits: Math.floor(Math.log2(symbols.length)),
  isCased: symbols.toLowerCase() !== symbols && symbols.toUpperCase() !== symbols,
})

export const HEX = alphabet('hexadecimal (RFC 4648)', true, '0123456789abcdef')
export const BASE32 = alphabet('base32 (RFC 4648)', true, 'abcdefghijklmnopqrstuvwxyz234567')
export const BASE32HEX = alphabet('base32hex (RFC 4648)', true, '0123456789abcdefghijklmnopqrstuv')
/** `src/base32.c` of iodine. */
export const IODINE32 = alphabet('iodine base32', false, 'abcdefghijklmnopqrstuvwxyz012345')
/** `util/encoders/base32.go` of Sliver: without i, l, o and s. */
export const SLIVER32 = alphabet('Sliver base32', false, 'ab1c2d3e4f5g6h7j8k9m0npqrtuvwxyz')
export const BASE64 = alphabet('base64 (RFC 4648)', true, `${UPPER}${LOWER}${DIGITS}+/`)
export const BASE64URL = alphabet('base64url (RFC 4648)', true, `${UPPER}${LOWER}${DIGITS}-_`)
/** `src/base64.c`, `src/base64u.c` and `src/base128.c` of iodine. */
export const IODINE64 = alphabet('iodine base64', false, `${LOWER}${UPPER}-${DIGITS}+`)
export const IODINE64U = alphabet('iodine base64u', false, `${LOWER}${UPPER}-${DIGITS}_`)
export const IODINE128 = alphabet('iodine base128', false, `${LOWER}${UPPER}${DIGITS}${HIGH}`)

const tables = new Map<Alphabet, Int8Array>()

/** Value of each character code, -1 for those outside the alphabet. */
function tableOf(used: Alphabet): Int8Array {
  const known = tables.get(used)
  if (known !== undefined) return known
  const table = new Int8Array(256).fill(-1)
  for (let i = 0; i < used.symbols.length; i++) table[used.symbols.charCodeAt(i) & 255] = i
  tables.set(used, table)
  return table
}

/**
 * Bytes of a text, or null when a symbol outside the alphabet occurs. Bits after the last whole byte are dropped.
 *
 * @param text - without dots; trailing `=` are ignored, as padding.
 */
export function decodeText(text: string, used: Alphabet): Uint8Array | null {
  const table = tableOf(used)
  let end = text.length
  while (end > 0 && text[end - 1] === '=') end--
  // Most text that is tried does not decode, and is not worth the room for its bytes.
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code >= 256 || (table[code] ?? -1) < 0) return null
  }
  const bytes = new Uint8Array(Math.floor((end * used.bits) / 8))
  let held = 0
  let bits = 0
  let at = 0
  for (let i = 0; i < end; i++) {
    held = ((held << used.bits) | (table[text.charCodeAt(i)] ?? 0)) & 0xffff
    bits += used.bits
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = (held >>> bits) & 0xff
  }
  return bytes
}

/** The text of bytes, without padding; the last symbol is filled up with zero bits. */
export function encodeText(bytes: Uint8Array, used: Alphabet): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0x7fff
    bits += 8
    while (bits >= used.bits) {
      bits -= used.bits
      text += used.symbols[(held >>> bits) & ((1 << used.bits) - 1)] ?? ''
    }
  }
  return bits === 0 ? text : text + (used.symbols[(held << (used.bits - bits)) & ((1 << used.bits) - 1)] ?? '')
}

/** Big-endian number of 1 to 4 bytes; 0 beyond the end. */
export function readUint(bytes: Uint8Array, at: number, length: number): number {
  let value = 0
  for (let i = 0; i < length; i++) value = value * 256 + (bytes[at + i] ?? 0)
  return value
}

/** CRC-32 of IEEE 802.3. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
