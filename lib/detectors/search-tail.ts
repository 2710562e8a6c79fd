import type { SampledName, Tally } from '@/lib/domain/tally'
import { registeredDomain } from '@/lib/names/registered-domain'
import type { TallyView } from './detector'

/** Share of the odd names that must end in one other domain. */
const SHARE = 0.8
/** Names of that domain asked without the tail, for each one asked with it. */
export const ASKED_SHARE = 0.5

/** Labels that a search list adds, at most. */
const TAIL_LABELS = 5

/**
 * Domains that a zone's odd names end in once up to five labels are taken off: a client with a search list (resolv.conf,
 * DNS suffixes of Windows) asks `x.tunnel.example.corp.example` when `x.tunnel.example` fails.
 */
export function innerDomainsOf(names: readonly SampledName[], zone: string): readonly string[] {
  const odd = names.filter((name) => name.unreadable)
  const counts = new Map<string, number>()
  for (const { name } of odd) {
    const labels = name.split('.')
    for (let tail = 1; tail <= TAIL_LABELS && labels.length - tail > 2; tail++) {
      const domain = registeredDomain(labels.slice(0, labels.length - tail).join('.'))
      if (domain !== null) counts.set(domain, (counts.get(domain) ?? 0) + 1)
    }
  }
  counts.delete(zone)
  return [...counts].flatMap(([domain, count]) => (count >= SHARE * odd.length ? [domain] : []))
}

/**
 * True when the names only repeat, with a tail, what the same source asks below another domain: the alarm belongs there.
 * What merely puts a known domain into its names is no such repetition, because nobody asks it without the tail.
 */
export function isSearchTail(tally: Tally, view: TallyView, spanMs: number): boolean {
  return innerDomainsOf(tally.names.sample, tally.zone).some((inner) => {
    const asked = tally.source === null ? view.zone(inner, spanMs) : view.pair(tally.source, inner, spanMs)
    return asked !== null && asked.names.distinct >= ASKED_SHARE * tally.names.distinct
  })
}
