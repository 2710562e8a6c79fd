/** Alphabets as the tools' own documents give them; the detectors' decoders have theirs, and share no code with these. */
export const RFC32 = 'abcdefghijklmnopqrstuvwxyz234567'
export const HEX32 = '0123456789abcdefghijklmnopqrstuv'
export const IODINE_32 = 'abcdefghijklmnopqrstuvwxyz012345'
export const SLIVER_32 = 'ab1c2d3e4f5g6h7j8k9m0npqrtuvwxyz'
export const IODINE_64 = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789+'
export const IODINE_64U = IODINE_64.replace('+', '_')
export const IODINE_128 = `${IODINE_64.replace('-', '').replace('+', '')}${Array.from({ length: 66 }, (_, i) => String.fromCharCode(188 + i)).join('')}`
export const BITCOIN_58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** Bytes as symbols of an alphabet with a power of two of them, most significant bit first, without padding. */
export function symbolsOf(bytes: Uint8Array, alphabet: string): string {
  const bits = Math.round(Math.log2(alphabet.length))
  const all = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = all.match(new RegExp(`.{1,${bits}}`, 'g')) ?? []
  return groups.map((group) => alphabet.charAt(Number.parseInt(group.padEnd(bits, '0'), 2))).join('')
}

/** Bytes as one large number in base 58. */
export function base58(bytes: Uint8Array): string {
  let rest = BigInt(`0x0${Buffer.from(bytes).toString('hex')}`)
  let text = ''
  for (; rest > 0n; rest /= 58n) text = BITCOIN_58.charAt(Number(rest % 58n)) + text
  return text
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
export const base32 = (bytes: Uint8Array): string => symbolsOf(bytes, RFC32)
export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
export const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

/** A protobuf field number with a varint. */
export function varintField(field: number, value: number): Buffer {
  const bytes = [field << 3]
  let rest = value >>> 0
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128)
  return Buffer.from([...bytes, rest])
}

/** A protobuf field number with at most 127 bytes. */
export const bytesField = (field: number, bytes: Uint8Array): Buffer => Buffer.from([(field << 3) | 2, bytes.length, ...bytes])

/** Text cut into labels, with dots between them. */
export const cut = (text: string, size: number): string => (text.match(new RegExp(`.{1,${size}}`, 'gs')) ?? []).join('.')

/** Characters above ASCII as a log shows them. */
export const shown = (text: string): string => text.replace(/[\x80-\xff]/g, (char) => `\\${char.charCodeAt(0)}`)

/** A big-endian number. */
export function number(value: number, size: 1 | 2 | 4): Buffer {
  const bytes = Buffer.alloc(size)
  bytes.writeUIntBE((value >>> 0) % 2 ** (8 * size), 0, size)
  return bytes
}
