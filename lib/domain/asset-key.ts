import ipaddr from 'ipaddr.js'

export type AssetKey =
  | { readonly kind: 'address' | 'network' | 'name'; readonly key: string }
  | { readonly kind: 'refused'; readonly why: string }

/** A network wider than these is most of what a site has: a role of it says nothing. */
const WIDEST = { ipv4: 8, ipv6: 16 } as const
const NAME = /^[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?$/
const ONLY_NUMBERS = /^[\d.]+$/

const refused = (why: string): AssetKey => ({ kind: 'refused', why })

type Address = ipaddr.IPv4 | ipaddr.IPv6

const textOf = (address: Address): string => (address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString())

/** @returns null when it is no address; v4-mapped IPv6 as IPv4, zone index dropped. */
function addressOf(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text)
  const [bare = ''] = text.split('%', 1)
  if (!bare.includes(':') || !ipaddr.IPv6.isValid(bare)) return null
  const address = ipaddr.IPv6.parse(bare)
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address
}

/** The network of `prefix` bits that holds the address, as text. */
function networkText(address: Address, prefix: number): string {
  const bytes = address.toByteArray().map((byte, i) => byte & (0xff << (8 - Math.min(8, Math.max(0, prefix - 8 * i)))) & 0xff)
  return `${textOf(ipaddr.fromByteArray(bytes))}/${prefix}`
}

/** One text for one asset: an address, a network as CIDR with its host bits cleared, else a host name or id in lower case. */
export function assetKeyOf(written: string): AssetKey {
  const text = written.trim().toLowerCase()
  if (text === '') return refused('the address is missing')
  if (text.length > 253) return refused('the address is longer than 253 characters')
  const [host = '', prefixText, more] = text.split('/')
  const address = addressOf(host)
  if (prefixText === undefined) {
    if (address !== null) return { kind: 'address', key: textOf(address) }
    const name = text.endsWith('.') ? text.slice(0, -1) : text
    if (!NAME.test(name) || name.includes('..') || ONLY_NUMBERS.test(name))
      return refused('is no address, no network as CIDR and no host name')
    return { kind: 'name', key: name }
  }
  if (address === null || more !== undefined || !/^\d{1,3}$/.test(prefixText)) return refused('is no network as CIDR')
  const [bits, widest] = address.kind() === 'ipv4' ? [32, WIDEST.ipv4] : [128, WIDEST.ipv6]
  const prefix = Number(prefixText)
  if (prefix > bits) return refused(`a network of this kind has at most /${bits}`)
  if (prefix < widest) return refused(`is wider than /${widest}: a role of so many addresses says nothing`)
  return prefix === bits ? { kind: 'address', key: textOf(address) } : { kind: 'network', key: networkText(address, prefix) }
}

/** Keys under which an address may be listed, the narrowest first: itself, then the networks of these lengths that hold it. */
export function keysHolding(text: string, prefixes: { readonly ipv4: readonly number[]; readonly ipv6: readonly number[] }): string[] {
  const address = addressOf(text)
  if (address === null) return [text.toLowerCase()]
  return [textOf(address), ...prefixes[address.kind()].map((prefix) => networkText(address, prefix))]
}
