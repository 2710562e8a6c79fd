import ipaddr from 'ipaddr.js'

/** 16 bytes; IPv4 is mapped into ::ffff:0:0/96, so that both families share one order. */
export type AddressBytes = readonly number[]

const LONGEST = 64

export function addressBytes(text: string): AddressBytes | null {
  if (text.length > LONGEST) return null
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text).toIPv4MappedAddress().toByteArray()
  // Without the colon the library would also read single numbers.
  if (!text.includes(':') || !ipaddr.IPv6.isValid(text)) return null
  return ipaddr.IPv6.parse(text).toByteArray()
}

/** @returns negative, 0 or positive, in address order. */
export function compareAddresses(left: AddressBytes, right: AddressBytes): number {
  const differs = left.findIndex((byte, index) => byte !== right[index])
  return differs < 0 ? 0 : (left[differs] ?? 0) - (right[differs] ?? 0)
}

function hasPrefix(address: AddressBytes, network: AddressBytes, bits: number): boolean {
  const whole = bits >> 3
  if (address.slice(0, whole).some((byte, index) => byte !== network[index])) return false
  const rest = bits & 7
  if (rest === 0) return true
  const shift = 8 - rest
  return (address[whole] ?? 0) >> shift === (network[whole] ?? 0) >> shift
}

/** @param text - an address or a network in CIDR form. @returns a test, or null when it is neither. */
export function addressTest(text: string): ((address: AddressBytes) => boolean) | null {
  const [base = '', length, more] = text.split('/', 3)
  const network = addressBytes(base)
  if (network === null || more !== undefined) return null
  if (length === undefined) return (address) => compareAddresses(address, network) === 0
  if (!/^\d{1,3}$/.test(length)) return null
  const bits = Number(length) + (base.includes(':') ? 0 : 96)
  return bits > 128 ? null : (address) => hasPrefix(address, network, bits)
}
