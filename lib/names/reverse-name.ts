const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.in-addr\.arpa$/
const V6 = /^(?:[0-9a-f]\.){32}ip6\.arpa$/

/**
 * The address that a name of the reverse tree stands for (RFC 1035 §3.5, RFC 3596 §2.5).
 *
 * @param qname - canonical name.
 * @returns the address as the name writes it: IPv6 in eight full groups; null for a network, a part of it or another name.
 */
export function addressOfReverseName(qname: string): string | null {
  const v4 = V4.exec(qname)
  if (v4 !== null) return v4.slice(1).toReversed().join('.')
  if (!V6.test(qname)) return null
  const nibbles = qname.slice(0, 64).split('.').toReversed().join('')
  return (nibbles.match(/.{4}/g) ?? []).join(':')
}
