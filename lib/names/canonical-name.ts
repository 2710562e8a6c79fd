/** A DNS name in the one form all of Dowser compares and shows. */
export interface CanonicalName {
  /** Lower-case, no trailing dot, root is `.`, bytes outside printable ASCII as `\DDD`, `\.` and `\\` escaped. */
  readonly qname: string
  /** The same with the case the source wrote, when that differs; else null. */
  readonly qnameRaw: string | null
  /** Octets on the wire, length octets and the root included (RFC 1035 §3.1): 1 for the root, at most 255. */
  readonly wireBytes: number
  /** The text cannot be the name that was asked: U+FFFD, an empty label, a label over 63 or a name over 255 octets. */
  readonly lossy: boolean
}

/**
 * How a source writes bytes that are not printable: `decimal` is `\DDD` and `\x` for a literal x (RFC 1035 §5.1: BIND,
 * Packetbeat), `hex` is `\xHH` (Zeek), `none` means every backslash is itself (dnsmasq).
 */
export type NameEscapes = 'decimal' | 'hex' | 'none'

const MAX_WIRE_BYTES = 255
const MAX_LABEL_BYTES = 63
/** A name's longest display form is 4 characters an octet; anything longer in a log was never one name. */
const MAX_TEXT = 1024

const PLAIN_TEXT = /^[!-[\]-~]*$/
const UPPER_CASE = /[A-Z]/
const DOT = 0x2e
const BACKSLASH = 0x5c
const REPLACEMENT = '\uFFFD'

/** Per byte: its display form (RFC 1035 §5.1, space escaped as well). */
const DISPLAY: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  if (byte === DOT || byte === BACKSLASH) return `\\${String.fromCharCode(byte)}`
  return byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`
})

/** Per byte: 1 when it is shown as itself. */
export const SHOWN_AS_ITSELF: Uint8Array = Uint8Array.from(DISPLAY, (text) => (text.length === 1 ? 1 : 0))

/** Display form of one octet of a label. */
export const displayByte = (byte: number): string => DISPLAY[byte & 0xff] ?? ''

export const ROOT: CanonicalName = { qname: '.', qnameRaw: null, wireBytes: 1, lossy: false }

/** Canonical form of a name given as label octets, root excluded. */
export function nameFromLabels(labels: readonly Uint8Array[]): CanonicalName {
  if (labels.length === 0) return ROOT
  const shown = labels.map((label) => Array.from(label, displayByte).join('')).join('.')
  const wireBytes = labels.reduce((sum, label) => sum + label.length + 1, 1)
  const impossible = labels.some((label) => label.length === 0 || label.length > MAX_LABEL_BYTES) || wireBytes > MAX_WIRE_BYTES
  return finish(shown, wireBytes, impossible)
}

/**
 * Canonical form of a name as a log writes it.
 *
 * @param text - with or without a trailing dot; characters above ASCII count as their UTF-8 octets.
 * @param escapes - how the source escapes, undone before anything else.
 */
export function nameFromText(text: string, escapes: NameEscapes): CanonicalName {
  if (text.length > MAX_TEXT) return { ...nameFromText(text.slice(-MAX_TEXT), escapes), lossy: true }
  if (!PLAIN_TEXT.test(text)) {
    const name = nameFromLabels(labelsOf(text, escapes))
    return text.includes(REPLACEMENT) ? { ...name, lossy: true } : name
  }
  const bare = text.endsWith('.') ? text.slice(0, -1) : text
  if (bare === '') return ROOT
  const wireBytes = bare.length + 2
  return finish(
    bare,
    wireBytes,
    wireBytes > MAX_LABEL_BYTES && (wireBytes > MAX_WIRE_BYTES || hasOddLabel(bare)) ? true : hasEmptyLabel(bare),
  )
}

/** @returns octets of the name on the wire, from its canonical form. */
export function wireBytesOf(qname: string): number {
  return qname.includes('\\') ? nameFromText(qname, 'decimal').wireBytes : qname === '.' || qname === '' ? 1 : qname.length + 2
}

function finish(shown: string, wireBytes: number, lossy: boolean): CanonicalName {
  // Escapes are digits and backslashes, so lower-casing the display form touches letters of labels only.
  const qname = UPPER_CASE.test(shown) ? shown.toLowerCase() : shown
  return { qname, qnameRaw: qname === shown ? null : shown, wireBytes, lossy }
}

const hasEmptyLabel = (bare: string): boolean => bare.includes('..') || bare.startsWith('.')

const hasOddLabel = (bare: string): boolean => bare.split('.').some((label) => label.length > MAX_LABEL_BYTES || label === '')

function labelsOf(text: string, escapes: NameEscapes): Uint8Array[] {
  const labels: Uint8Array[] = []
  let label: number[] = []
  const bytes = Buffer.from(text, 'utf8')
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === DOT) {
      labels.push(Uint8Array.from(label))
      label = []
    } else if (byte === BACKSLASH && escapes !== 'none') {
      const undone = readEscape(bytes, at, escapes)
      label.push(undone.byte)
      at += undone.length - 1
    } else label.push(byte)
  }
  // What is left after the last dot is the root's empty label when the name ends in one.
  if (label.length > 0) labels.push(Uint8Array.from(label))
  return labels
}

/** An escape that is none stands for its backslash. */
function readEscape(bytes: Uint8Array, at: number, escapes: 'decimal' | 'hex'): { byte: number; length: number } {
  const next = bytes[at + 1]
  if (next === undefined) return { byte: BACKSLASH, length: 1 }
  if (escapes === 'hex') {
    if (next === BACKSLASH) return { byte: BACKSLASH, length: 2 }
    const high = hexDigit(bytes[at + 2])
    const low = hexDigit(bytes[at + 3])
    return next === 0x78 && high >= 0 && low >= 0 ? { byte: high * 16 + low, length: 4 } : { byte: BACKSLASH, length: 1 }
  }
  const [a, b, c] = [decimalDigit(next), decimalDigit(bytes[at + 2]), decimalDigit(bytes[at + 3])]
  const value = a * 100 + b * 10 + c
  if (a >= 0 && b >= 0 && c >= 0 && value < 256) return { byte: value, length: 4 }
  return { byte: next, length: 2 }
}

const decimalDigit = (byte: number | undefined): number => (byte !== undefined && byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : -1)

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}
