import { getDomain, parse } from 'tldts'

const OPTIONS = { allowPrivateDomains: true, validateHostname: false, extractHostname: false } as const

/**
 * Top-level names that local networks use and nobody can register (RFC 6762 appendix G, RFC 6761, ICANN’s name collision
 * report): a search list puts them behind names of the Internet.
 */
const LOCAL_TAIL = /\.(?:local|lan|home|corp|internal|intranet|private|localdomain)$/

/**
 * Registered domain of a name under the public suffix list, private section on: `a.github.io` is a zone of its own.
 * About 0.4 µs a name, so nothing is cached. Where a search list put a local tail behind a name of the Internet, the tail
 * belongs to the zone, so that names of different domains are not thrown together.
 *
 * @param qname - Canonical name: lower-case, no trailing dot, bytes outside printable ASCII as `\DDD`.
 * @returns null when nobody could own a zone there: empty, root, single label, address, public suffix, `*.arpa`, and `*.local`
 * without a registered domain in front.
 * @example registeredDomain('x.t.example.co.uk') // => 'example.co.uk'
 * @example registeredDomain('x.t.example.com.lan') // => 'example.com.lan'
 */
export function registeredDomain(qname: string): string | null {
  if (qname.endsWith('.arpa')) return null
  const tail = LOCAL_TAIL.exec(qname)?.[0]
  if (tail === undefined) return getDomain(qname, OPTIONS)
  const { domain, isIcann, isPrivate } = parse(qname.slice(0, -tail.length), OPTIONS)
  if (domain !== null && (isIcann === true || isPrivate === true)) return domain + tail
  return tail === '.local' ? null : getDomain(qname, OPTIONS)
}
