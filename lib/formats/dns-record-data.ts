import { ipv4At, ipv6At } from './address'
import { readName } from './dns-name'

/** Longest data text kept of one record; the record's size says how much there was. */
const MAX_TEXT = 1_024
const MAX_HEX_BYTES = 256

/**
 * RDATA in presentation form. Types without a form of their own, and data that does not parse, print as RFC 3597 §5
 * does: `\# 3 0a1b2c`, cut after 256 octets.
 *
 * @param message - start of the DNS message, which compression pointers count from.
 */
export function recordData(bytes: Buffer, message: number, type: string, start: number, end: number): string {
  return knownData(bytes, message, type, start, end) ?? genericData(bytes, start, end)
}

function knownData(bytes: Buffer, message: number, type: string, start: number, end: number): string | null {
  const length = end - start
  switch (type) {
    case 'A':
      return length === 4 ? ipv4At(bytes, start) : null
    case 'AAAA':
      return length === 16 ? ipv6At(bytes, start) : null
    case 'CNAME':
    case 'NS':
    case 'PTR':
    case 'DNAME':
      return nameAt(bytes, message, start, end)
    case 'MX':
      return length > 2 ? prefixed(`${bytes.readUInt16BE(start)}`, nameAt(bytes, message, start + 2, end)) : null
    case 'SRV':
      return length > 6 ? prefixed(shorts(bytes, start, 3), nameAt(bytes, message, start + 6, end)) : null
    case 'TXT':
    case 'SPF':
      return textData(bytes, start, end)
    case 'SOA':
      return soaData(bytes, message, start, end)
    default:
      return null
  }
}

function genericData(bytes: Buffer, start: number, end: number): string {
  const length = end - start
  const shown = bytes.toString('hex', start, Math.min(end, start + MAX_HEX_BYTES))
  return length > MAX_HEX_BYTES ? `\\# ${length} ${shown}…` : `\\# ${length} ${shown}`.trimEnd()
}

const prefixed = (prefix: string, name: string | null): string | null => (name === null ? null : `${prefix} ${name}`)

const shorts = (bytes: Buffer, start: number, count: number): string =>
  Array.from({ length: count }, (_, index) => bytes.readUInt16BE(start + index * 2)).join(' ')

/** Case is kept: tunnels answer with data in names. */
const nameAt = (bytes: Buffer, message: number, start: number, end: number): string | null =>
  readName(bytes, message, start, end)?.shown ?? null

function soaData(bytes: Buffer, message: number, start: number, end: number): string | null {
  const primary = readName(bytes, message, start, end)
  const mailbox = primary === null ? null : readName(bytes, message, primary.next, end)
  if (primary === null || mailbox === null || mailbox.next + 20 > end) return null
  const numbers = Array.from({ length: 5 }, (_, index) => bytes.readUInt32BE(mailbox.next + index * 4))
  return `${primary.shown} ${mailbox.shown} ${numbers.join(' ')}`
}

function textData(bytes: Buffer, start: number, end: number): string | null {
  const strings: string[] = []
  for (let at = start; at < end; ) {
    const length = bytes[at] ?? 0
    if (at + 1 + length > end) return null
    strings.push(bytes.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return characterStrings(strings)
}

const BARE = /^[!#-'*-:<-[\]-~]+$/

/**
 * Character strings (RFC 1035 §5.1), one character an octet: bare where no quoting is needed, else quoted, with `\"`,
 * `\\` and `\DDD`; separated by spaces; cut after 1,024 characters.
 */
export function characterStrings(strings: readonly string[]): string {
  const only = strings[0]
  if (strings.length === 1 && only !== undefined && only.length <= MAX_TEXT && BARE.test(only)) return only
  let shown = ''
  for (const text of strings) {
    if (shown.length > MAX_TEXT) break
    const one = BARE.test(text) ? text : `"${displayText(text).replaceAll('"', '\\"')}"`
    shown = shown === '' ? one : `${shown} ${one}`
  }
  return cut(shown)
}

const PLAIN_OCTETS = /^[ -[\]-~]*$/
const ODD_OCTETS = /[^ -[\]-~]/g

/** Text of one character an octet with everything but printable ASCII as `\DDD`, backslashes doubled. */
export function displayText(octets: string): string {
  if (octets.length <= MAX_TEXT && PLAIN_OCTETS.test(octets)) return octets
  const shown = octets
    .slice(0, MAX_TEXT + 1)
    .replace(ODD_OCTETS, (octet) => (octet === '\\' ? '\\\\' : `\\${String(octet.charCodeAt(0) & 0xff).padStart(3, '0')}`))
  return cut(shown)
}

const cut = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text)
