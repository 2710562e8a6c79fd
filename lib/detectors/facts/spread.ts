import type { Spread } from '@/lib/domain/evidence'
import type { Tally } from '@/lib/domain/tally'
import { duration, plural } from './words'

const MAX_HOSTS = 50
const NAMED = 4

type Host = Spread['hosts'][number]

const byFirst = (a: Host, b: Host): number => a.firstAt - b.firstAt || (a.source < b.source ? -1 : 1)

/** @param asking - what each source did to the zone. @param active - sources active in the same time. */
export function spreadOf(asking: readonly Tally[], active: number): Spread | null {
  const hosts = asking.map(({ source, firstAt, queries }) => ({ source: source ?? '', firstAt, queries })).toSorted(byFirst)
  return hosts.length === 0 ? null : spread(hosts, hosts.length, active)
}

/** Of one host the earlier beginning stands; the numbers are the later ones. */
export function mergeSpread(earlier: Spread | null, later: Spread | null): Spread | null {
  if (earlier === null || later === null) return later ?? earlier
  const bySource = new Map(earlier.hosts.map((host) => [host.source, host]))
  for (const host of later.hosts) {
    const known = bySource.get(host.source)
    const queries = Math.max(known?.queries ?? 0, host.queries)
    bySource.set(host.source, { ...host, queries, firstAt: Math.min(known?.firstAt ?? host.firstAt, host.firstAt) })
  }
  const hosts = [...bySource.values()].toSorted(byFirst)
  return spread(hosts, Math.max(earlier.total, later.total, hosts.length), Math.max(earlier.active, later.active))
}

const spread = (hosts: readonly Host[], total: number, active: number): Spread => ({
  hosts: hosts.slice(0, MAX_HOSTS),
  total,
  active,
  sentence: sentenceOf(hosts, total, active),
})

function sentenceOf([first, ...others]: readonly Host[], total: number, active: number): string {
  if (first === undefined) return 'No host is known to have asked.'
  if (total === 1) return `Only ${first.source} asked, of ${plural(active, 'active host')}.`
  const followed = others.slice(0, NAMED).map(({ source, firstAt }) => `${source} after ${duration(firstAt - first.firstAt)}`)
  const more = total - 1 - followed.length
  const rest = more > 0 ? ` and ${plural(more, 'more host')}` : ''
  return `${first.source} asked first; then ${followed.join(', ')}${rest}. In all ${total} of ${plural(active, 'active host')}.`
}
