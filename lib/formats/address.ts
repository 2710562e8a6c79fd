import ipaddr from 'ipaddr.js'

const CACHE_SIZE = 32_768
const FOUR_PARTS = /^(?:\d{1,3}\.){3}\d{1,3}$/

let cache = new Map<string, string | null>()

/**
 * One text for one address: dotted IPv4, IPv6 as RFC 5952 writes it, v4-mapped IPv6 as IPv4, zone index dropped.
 *
 * @returns null when `text` is no address.
 */
export function canonicalIp(text: string): string | null {
  if (isPlainIpv4(text)) return text
  if (text.length > 64 || !(text.includes(':') || FOUR_PARTS.test(text))) return null
  const known = cache.get(text)
  if (known !== undefined) return known
  const canonical = readAddress(text)
  if (cache.size >= CACHE_SIZE) cache = new Map()
  // A part of a longer text keeps all of it in memory: the table gets a text of its own.
  cache.set(Buffer.from(text, 'latin1').toString('latin1'), canonical)
  return canonical
}

/** Dotted decimal as everybody writes it: four numbers up to 255 without leading zeros. */
function isPlainIpv4(text: string): boolean {
  if (text.length < 7 || text.length > 15) return false
  let part = -1
  let dots = 0
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30
    if (digit === -2) {
      if (part < 0) return false
      dots += 1
      part = -1
      continue
    }
    if (digit < 0 || digit > 9 || part === 0) return false
    part = part < 0 ? digit : part * 10 + digit
    if (part > 255) return false
  }
  return dots === 3 && part >= 0
}

function readAddress(text: string): string | null {
  if (FOUR_PARTS.test(text)) {
    const parts = text.split('.').map(Number)
    return parts.every((part) => part < 256) ? parts.join('.') : null
  }
  const bare = text.split('%', 1)[0] ?? ''
  if (!ipaddr.IPv6.isValid(bare)) return null
  const address = ipaddr.IPv6.parse(bare)
  return address.isIPv4MappedAddress() ? address.toIPv4Address().toString() : address.toRFC5952String()
}

let v4Cache = new Map<number, string>()

/** Text of the IPv4 address at `at`; the caller has checked that 4 octets are there. */
export function ipv4At(bytes: Buffer, at: number): string {
  const value = bytes.readUInt32BE(at)
  const known = v4Cache.get(value)
  if (known !== undefined) return known
  const text = `${value >>> 24}.${(value >>> 16) & 0xff}.${(value >>> 8) & 0xff}.${value & 0xff}`
  if (v4Cache.size >= CACHE_SIZE) v4Cache = new Map()
  v4Cache.set(value, text)
  return text
}

let v6Cache = new Map<string, string>()

/** Text of the IPv6 address at `at`; the caller has checked that 16 octets are there. */
export function ipv6At(bytes: Buffer, at: number): string {
  const key = bytes.toString('latin1', at, at + 16)
  const known = v6Cache.get(key)
  if (known !== undefined) return known
  const address = new ipaddr.IPv6([...bytes.subarray(at, at + 16)])
  const text = address.isIPv4MappedAddress() ? address.toIPv4Address().toString() : address.toRFC5952String()
  if (v6Cache.size >= CACHE_SIZE) v6Cache = new Map()
  v6Cache.set(key, text)
  return text
}
