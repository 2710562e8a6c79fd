import { getDomain } from 'tldts'
import type { DnsEvent } from '@/lib/domain/dns-event'

/** What the peers' rules read of a lookup. */
export interface EvaluationLookup {
  /** Epoch ms. */
  readonly at: number
  readonly source: string
  /** Lower-case, one character a byte on the wire. */
  readonly name: string
  readonly qtype: string | null
  /** Registered domain by the public part of the public suffix list, as the peers take it; null when there is none. */
  readonly domain: string | null
}

const PUBLIC_PART = { allowPrivateDomains: false, validateHostname: false, extractHostname: false } as const

/** Registered domain without the list's private section. */
export const publicDomain = (name: string): string | null => getDomain(name, PUBLIC_PART)

const textOf = (qname: string): string =>
  qname.includes('\\') ? qname.replace(/\\(\d{3}|.)/gs, (_, it: string) => (it.length === 3 ? String.fromCharCode(Number(it)) : it)) : qname

/** @returns null for what no peer looks at: multicast and names that the log destroyed. */
export function evaluationLookup(event: DnsEvent): EvaluationLookup | null {
  if (event.scope === 'local-multicast' || event.qname === '') return null
  const name = textOf(event.qname)
  return { at: event.at, source: event.source ?? '', name, qtype: event.qtype, domain: publicDomain(name) }
}
