import type { BenignFamily } from '@/lib/domain/alarm'
import { isUnder } from '@/lib/domain/allowlist'
import type { SampledName } from '@/lib/domain/tally'

/** A service whose clients put generated data into host names for an honest purpose. */
export interface KnownService {
  /** Zone or part of a zone, matched on label boundaries from the right. */
  readonly suffix: string
  readonly service: string
  readonly family: BenignFamily
  /** Public lists and documents that name it. */
  readonly source: string
}

const LISTS = 'exclusion list of Azure Sentinel DNS Essentials; nDPI protocol lists; wtfbins'
const BLOCK_LISTS = 'documentation of the list; nDPI protocol lists'

const entry = (family: BenignFamily, source: string, service: string, ...suffixes: readonly string[]): readonly KnownService[] =>
  suffixes.map((suffix) => ({ suffix, service, family, source }))

/**
 * Zones that only their operator answers for: a customer cannot have a sub-zone delegated there, so a tunnel cannot run
 * under them. Zones where anyone may own a name (content networks, load balancers, dynamic DNS) are left out on purpose.
 * Taken from public lists, never from captured traffic.
 */
export const KNOWN_SERVICES: readonly KnownService[] = [
  ...entry('scripted-application', LISTS, 'Sophos reputation look-ups', 'sophosxl.net', 'sophosxl.com'),
  ...entry('scripted-application', LISTS, 'Trellix/McAfee reputation look-ups', 'avqs.mcafee.com', 'avts.mcafee.com', 'gti.mcafee.com'),
  ...entry('scripted-application', LISTS, 'ESET reputation look-ups', 'e5.sk'),
  ...entry(
    'scripted-application',
    LISTS,
    'Trend Micro reputation look-ups',
    'icrc.trendmicro.com',
    'ers.trendmicro.com',
    'url.trendmicro.com',
  ),
  ...entry('scripted-application', 'nDPI protocol lists', 'Kaspersky reputation look-ups', 'kaspersky-labs.com', 'kaspersky.com'),
  ...entry('scripted-application', 'nDPI protocol lists', 'Avast reputation look-ups', 'avcdn.net', 'avast.com'),
  ...entry('scripted-application', 'nDPI protocol lists', 'Bitdefender reputation look-ups', 'bitdefender.net'),
  ...entry('scripted-application', 'nDPI protocol lists', 'Symantec and Norton reputation look-ups', 'symantec.com', 'norton.com'),
  ...entry('scripted-application', 'nDPI protocol lists', 'Avira reputation look-ups', 'avira.com'),
  ...entry('scripted-application', 'nDPI protocol lists', 'F-Secure reputation look-ups', 'f-secure.com'),
  ...entry('scripted-application', 'nDPI protocol lists', 'Malwarebytes reputation look-ups', 'malwarebytes.com'),
  ...entry('scripted-application', LISTS, 'managed detection sensors', 'arcticwolf.net', 'cnr.io', 'kr0.io'),
  ...entry('scripted-application', LISTS, 'web application firewall block list', 'modsecurity.org'),
  ...entry('scripted-application', LISTS, 'web filter look-ups', 'webcfs00.com', 'opendns.com'),
  ...entry(
    'scripted-application',
    'public client code of the service',
    'Team Cymru hash and address look-ups',
    'hash.cymru.com',
    'asn.cymru.com',
  ),
  ...entry('scripted-application', BLOCK_LISTS, 'Spamhaus block lists', 'spamhaus.org', 'spamhaus.net'),
  ...entry('scripted-application', BLOCK_LISTS, 'Barracuda block lists', 'barracudabrts.com', 'barracudacentral.org'),
  ...entry(
    'scripted-application',
    BLOCK_LISTS,
    'mail and web block lists',
    'surbl.org',
    'uribl.com',
    'sorbs.net',
    'spamcop.net',
    'mailspike.net',
  ),
  ...entry(
    'scripted-application',
    BLOCK_LISTS,
    'mail block lists',
    'rspamd.com',
    'spameatingmonkey.net',
    'ixhash.net',
    'mailshell.net',
    'dnswl.org',
  ),
  ...entry('internal-monitoring', 'exception in Emerging Threats rule 2026040', 'Nessus scanner', 'l2.nessus.org'),
  ...entry(
    'internal-monitoring',
    'exclusion list of the respdiff DNS tester (CZ.NIC)',
    'APNIC measurement',
    'dotnxdomain.net',
    'dashnxdomain.net',
  ),
  ...entry('internal-monitoring', 'Azure Traffic Manager documentation', 'Microsoft latency measurement', 'footprintdns.com'),
  ...entry('internal-monitoring', 'own test pages of the operators', 'resolver tests', 'whoami.akamai.net', 'dnsleaktest.com'),
  ...entry('cdn', 'anomalous-dns (Zeek package); Tatang et al., 2019', 'Google AMP cache', 'ampproject.net', 'ampproject.org'),
  ...entry('cdn', 'operator', 'Google content servers', 'googlevideo.com', 'gvt1.com', 'gvt2.com', 'gstatic.com'),
]

/** Share of the sampled names that must lie under an entry for it to explain the zone. */
const SHARE = 0.9

/** The service that explains a zone's names, or null. */
export function knownServiceOf(zone: string, names: readonly SampledName[]): KnownService | null {
  for (const known of KNOWN_SERVICES) {
    if (isUnder(zone, known.suffix)) return known
    if (!isUnder(known.suffix, zone) || names.length === 0) continue
    const under = names.filter(({ name }) => isUnder(name, known.suffix)).length
    if (under >= SHARE * names.length) return known
  }
  return null
}
