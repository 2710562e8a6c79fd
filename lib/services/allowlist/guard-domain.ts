import { domainToASCII } from 'node:url'
import { parse } from 'tldts'
import { registeredDomain } from '@/lib/names/registered-domain'

/** What an entry's domain would mean, before anyone saves it. */
export interface DomainVerdict {
  /** Lower-case, ASCII, without a leading `*.` or trailing dot. */
  readonly domain: string
  /** Why no entry may be made of it; null when one may. */
  readonly refusal: string | null
  /** What the person should know before saving. */
  readonly warnings: readonly string[]
}

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/
const MAX_NAME = 253

/**
 * Judges a domain by the public suffix list (private section: what hosting companies rent out below their own domain).
 *
 * @param text - as a person typed or pasted it; `*.example.com` and `Example.COM.` are fine.
 */
export function guardDomain(text: string): DomainVerdict {
  const domain = normalise(text)
  const verdict = (refusal: string | null, warnings: readonly string[] = []): DomainVerdict => ({ domain, refusal, warnings })
  const suffix = parse(domain, { allowPrivateDomains: true })
  if (suffix.isIp === true || !isName(domain)) return verdict(`"${text.trim().slice(0, 100)}" is not a domain name.`)
  if (suffix.publicSuffix === domain && suffix.isPrivate !== true) {
    return verdict(`${domain} is a public suffix: the entry would hide everybody's domains under it.`)
  }
  if (suffix.publicSuffix === domain) {
    return verdict(null, [`Anyone can rent a name under ${domain}. The entry would hide a tunnel that an attacker puts there.`])
  }
  const zone = registeredDomain(domain)
  if (zone === null) return verdict(`No alarm is ever raised for names like ${domain}, so an entry would hide nothing.`)
  if (zone !== domain)
    return verdict(`Alarms are raised for whole registered domains. Enter ${zone}, or choose a narrower source or detector.`)
  return verdict(
    null,
    suffix.isPrivate === true
      ? [
          `${domain} is rented from ${suffix.publicSuffix ?? 'a host'}, a shared or dynamic-DNS service. It can change hands without notice.`,
        ]
      : [],
  )
}

function normalise(text: string): string {
  const bare = text.trim().replace(/^\*\./, '').replace(/\.$/, '').toLowerCase()
  // Only names beyond ASCII need it; it would also rewrite `1.2` into an address.
  return /^[\x21-\x7e]*$/.test(bare) ? bare : domainToASCII(bare)
}

const isName = (domain: string): boolean => domain.length <= MAX_NAME && domain.split('.').every((label) => LABEL.test(label))
