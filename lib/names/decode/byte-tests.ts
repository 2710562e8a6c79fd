import { readUint } from './base-n'

/** Share of bytes that are printable ASCII, tab or line end, 0–1. */
export function printableShare(bytes: Uint8Array): number {
  if (bytes.length === 0) return 0
  let printable = 0
  for (const byte of bytes) if ((byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13) printable++
  return printable / bytes.length
}

/** Shannon entropy of bytes, 0–8 bits each. */
export function entropyOf(bytes: Uint8Array): number {
  let entropy = 0
  for (const count of histogram(bytes)) if (count > 0) entropy -= (count / bytes.length) * Math.log2(count / bytes.length)
  return entropy
}

function histogram(bytes: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256)
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1
  return counts
}

/** Expected count a cell below which Pearson's test is not valid (Cochran's rule). */
const MIN_EXPECTED = 5

/**
 * Probability of a χ² at least this large if every byte were equally likely; null when there are too few bytes. Bytes are
 * put into as many equal classes as their number allows: 256 from 1,280 bytes on, 16 from 80 on. Wilson and Hilferty's
 * approximation, good to 0.01 for 15 and more degrees of freedom.
 */
export function uniformityOf(bytes: Uint8Array): number | null {
  const classes = [256, 128, 64, 32, 16].find((count) => bytes.length >= MIN_EXPECTED * count)
  if (classes === undefined) return null
  const counts = new Uint32Array(classes)
  for (const byte of bytes) {
    const at = Math.floor((byte * classes) / 256)
    counts[at] = (counts[at] ?? 0) + 1
  }
  const expected = bytes.length / classes
  let chiSquare = 0
  for (const count of counts) chiSquare += (count - expected) ** 2 / expected
  const freedom = classes - 1
  const spread = 2 / (9 * freedom)
  return upperNormal(((chiSquare / freedom) ** (1 / 3) - (1 - spread)) / Math.sqrt(spread))
}

/** P(Z ≥ z) of the standard normal distribution; Abramowitz and Stegun 26.2.17, error below 7.5e-8. */
function upperNormal(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  const tail = density * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return z >= 0 ? tail : 1 - tail
}

const ascii = (text: string): readonly number[] => Array.from(text, (char) => char.charCodeAt(0))

/** Beginnings of files and protocols; a checksum or length would be better, so only long or odd ones are listed. */
const MAGIC: readonly (readonly [what: string, bytes: readonly number[]])[] = [
  ['ZIP archive', [0x50, 0x4b, 0x03, 0x04]],
  ['gzip data', [0x1f, 0x8b, 0x08]],
  ['7-Zip archive', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['RAR archive', ascii('Rar!\x1a\x07')],
  ['PDF document', ascii('%PDF-')],
  ['SSH connection', ascii('SSH-2.0-')],
  ['SSH connection', ascii('SSH-1.')],
  ['PNG image', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['ELF program', [0x7f, 0x45, 0x4c, 0x46]],
]

/** What the bytes begin as, or null. */
export function magicOf(bytes: Uint8Array): string | null {
  for (const [what, magic] of MAGIC) if (magic.every((byte, i) => bytes[i] === byte)) return what
  if (isZlib(bytes)) return 'zlib data'
  if (isTls(bytes)) return 'TLS connection'
  if (isWindowsProgram(bytes)) return 'Windows program'
  return ipPacketOf(bytes)
}

/** RFC 1950: method 8, window up to 32 KB, header divisible by 31, no preset dictionary, then a valid deflate block type. */
const isZlib = (bytes: Uint8Array): boolean =>
  bytes.length > 4 && bytes[0] === 0x78 && readUint(bytes, 0, 2) % 31 === 0 && ((bytes[1] ?? 0) & 0x20) === 0 && ((bytes[2] ?? 0) & 6) !== 6

/** RFC 8446 §5.1: a handshake record of a version in use that holds a client's or server's hello. */
const isTls = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x16 && bytes[1] === 3 && (bytes[2] ?? 9) <= 4 && readUint(bytes, 3, 2) <= 16_384 && (bytes[5] === 1 || bytes[5] === 2)

/** `MZ` alone is two letters; the DOS header that follows has a fixed size of 4 paragraphs. */
const isWindowsProgram = (bytes: Uint8Array): boolean => bytes[0] === 0x4d && bytes[1] === 0x5a && bytes[8] === 4 && bytes[9] === 0

const PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [1, 'ICMP'],
  [6, 'TCP'],
  [17, 'UDP'],
])

/** An IPv4 packet whose header checksum is right (RFC 791), described; null otherwise. */
export function ipPacketOf(bytes: Uint8Array): string | null {
  const words = (bytes[0] ?? 0) & 15
  if (bytes.length < 20 || (bytes[0] ?? 0) >> 4 !== 4 || words < 5 || bytes.length < 4 * words) return null
  let sum = 0
  for (let at = 0; at < 4 * words; at += 2) sum += readUint(bytes, at, 2)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  if (sum !== 0xffff) return null
  const protocol = PROTOCOLS.get(bytes[9] ?? 0) ?? `protocol ${bytes[9]}`
  return `IPv4 packet, ${protocol}, ${bytes.subarray(12, 16).join('.')} to ${bytes.subarray(16, 20).join('.')}`
}
