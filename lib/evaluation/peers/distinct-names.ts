import { bySourceAndDomain, type Peer, peerAlarm, slidingDistinct } from './peer'

const MINUTE_MS = 60_000

interface Threshold {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly spanMs: number
  /** More than this many distinct names alarm. */
  readonly most: number
}

/** Distinct names of one source below one domain in a sliding window; nothing else is asked. */
const distinctNames = ({ id, title, source, spanMs, most }: Threshold): Peer => ({
  ...{ id, title, source },
  run: (lookups) =>
    slidingDistinct(lookups, { spanMs, most, keyOf: bySourceAndDomain }).map((at) => peerAlarm(id, 'medium', at.domain, at.source, at.at)),
})

export const sigma = distinctNames({
  id: 'sigma',
  title: 'Sigma: more than 200 distinct names of one source below a domain in 15 minutes',
  source: 'SigmaHQ/sigma, unsupported rules for DNS',
  spanMs: 15 * MINUTE_MS,
  most: 200,
})

export const plainCount = distinctNames({
  id: 'plain-count',
  title: 'Counting hosts: 100 distinct names of one source below a domain in 5 minutes',
  source: 'docs.netography.com, Detection Model Configuration (the count is ours: none is published)',
  spanMs: 5 * MINUTE_MS,
  most: 99,
})
