import type { DnsAnswer, DnsEvent } from '@/lib/domain/dns-event'
import type { NameOrigin } from '@/lib/domain/host-name'
import type { ProcessEvent } from '@/lib/domain/process-event'
import { canonicalIp } from '@/lib/formats/address'
import { addressOfReverseName } from '@/lib/names/reverse-name'

/** Something an event says of the name of an address. */
export interface NameSign {
  readonly origin: NameOrigin
  readonly address: string
  readonly name: string
}

const NONE: readonly NameSign[] = []
/** Private use (RFC 1918, RFC 4193) and shared space (RFC 6598), as canonical text. */
const INTERNAL = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:)/
/** Loopback, link-local and unspecified: every host has them. */
const OF_EVERY_HOST = /^(?:127\.|169\.254\.|0\.|::1?$|fe[89ab][0-9a-f]:)/
/** Addresses an agent may name for its host. */
const MAX_HOST_ADDRESSES = 16

/** An agent on the host itself says its name and its addresses. */
export function endpointSigns({ hostName, hostIps }: ProcessEvent): readonly NameSign[] {
  if (hostName === null) return NONE
  return hostIps.slice(0, MAX_HOST_ADDRESSES).flatMap((text): readonly NameSign[] => {
    const address = canonicalIp(text)
    return address === null || OF_EVERY_HOST.test(address) ? NONE : [{ origin: 'endpoint', address, name: hostName }]
  })
}

/**
 * What a look-up tells: the asker's own name where its host wrote the record, the name in an answer of the reverse tree, and
 * addresses in answers below an own zone. Of public addresses the reverse tree is believed below own zones alone, because
 * whoever holds an address may name it as they like.
 */
export function lookupSigns(event: DnsEvent, ownZoneOf: (name: string) => string | null): readonly NameSign[] {
  const { hostName, clientIp, answers, qname, scope } = event
  if (hostName !== null && clientIp !== null && !OF_EVERY_HOST.test(clientIp))
    return [{ origin: 'endpoint', address: clientIp, name: hostName }]
  if (answers.length === 0 || scope === 'local-multicast') return NONE
  return qname.endsWith('.arpa') ? reverseSigns(event, ownZoneOf) : zoneSigns(event, ownZoneOf)
}

function reverseSigns({ qname, qtype, answers, serverIp }: DnsEvent, ownZoneOf: (name: string) => string | null): readonly NameSign[] {
  if (qtype !== null && qtype !== 'PTR') return NONE
  const written = addressOfReverseName(qname)
  const address = written === null ? null : canonicalIp(written)
  // Behind aliases of a delegated network (RFC 2317) the record itself comes last.
  const name = answers.findLast(({ type, data }) => type === 'PTR' || (type === null && canonicalIp(data) === null))?.data ?? ''
  if (address === null || name === '' || OF_EVERY_HOST.test(address) || saysOnlyTheAddress(name, address)) return NONE
  const isBelieved =
    (INTERNAL.test(address) && (serverIp === null || INTERNAL.test(serverIp) || serverIp.startsWith('127.'))) ||
    ownZoneOf(plain(name)) !== null
  return isBelieved ? [{ origin: 'ptr', address, name }] : NONE
}

/** Names that providers and routers make up of the address, like `ip-10-0-0-5.internal`. */
function saysOnlyTheAddress(name: string, address: string): boolean {
  if (address.includes(':')) return false
  const octets = address.split('.')
  return ['-', '.', '_'].some((sign) => name.includes(octets.join(sign)) || name.includes(octets.toReversed().join(sign)))
}

/** Asked of every look-up, and of most in vain: nothing is made before there is something to tell. */
function zoneSigns({ qname, answers }: DnsEvent, ownZoneOf: (name: string) => string | null): readonly NameSign[] {
  let signs: NameSign[] | null = null
  let owner: string | null = null
  let written: string | null = null
  for (const answer of answers) {
    if (!isAddress(answer)) continue
    // Behind an alias, in a log that names no owners, nobody knows whose address it is.
    if (answer.name === null) owner = answers.every(isAddress) ? qname : null
    else if (answer.name !== written) owner = plain(answer.name)
    written = answer.name
    const zone: string | null = owner === null ? null : ownZoneOf(owner)
    if (owner === null || zone === null || zone === owner) continue
    const address = canonicalIp(answer.data)
    if (address === null || OF_EVERY_HOST.test(address)) continue
    signs ??= []
    signs.push({ origin: 'zone', address, name: owner })
  }
  return signs ?? NONE
}

const isAddress = ({ type }: DnsAnswer): boolean => type === 'A' || type === 'AAAA'

const plain = (name: string): string => (name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase()
