import { type Peer, peerAlarm } from './peer'

/** Distinct names at which a domain enters the list, and those of the medium and the high band. */
const [LISTED, MEDIUM, HIGH] = [100, 800, 1_000]

export const rita: Peer = {
  id: 'rita',
  title: 'RITA: 100 distinct names below a domain in the data set',
  source: 'activecm/rita, default_config.hjson and analysis/analysis.go',
  run(lookups) {
    const domains = new Map<string, { readonly names: Set<string>; listedAt: number | null }>()
    for (const { at, name, domain } of lookups) {
      if (domain === null || name.endsWith('.arpa') || name.endsWith('.local')) continue
      const seen = domains.get(domain) ?? { names: new Set(), listedAt: null }
      domains.set(domain, seen)
      seen.names.add(name)
      if (seen.names.size === LISTED) seen.listedAt ??= at
    }
    return [...domains].flatMap(([domain, { names, listedAt }]) => {
      if (listedAt === null) return []
      return [peerAlarm('rita', names.size >= HIGH ? 'high' : names.size >= MEDIUM ? 'medium' : 'low', domain, null, listedAt)]
    })
  },
}
