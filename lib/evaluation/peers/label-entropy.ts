import { shannonEntropy } from '@/lib/stats/shannon-entropy'
import type { EvaluationLookup } from '../lookup'
import { bySourceAndDomain, type Peer, peerAlarm, slidingDistinct } from './peer'

const HOUR_MS = 3_600_000
const BITS = 3.5
const NAMES = 10

function isRandomLooking({ name, domain }: EvaluationLookup): boolean {
  if (domain === null || domain.endsWith('.arpa') || name === domain) return false
  const labels = name.slice(0, -domain.length - 1).split('.')
  const longest = labels.reduce((best, label) => (label.length > best.length ? label : best), '')
  return shannonEntropy(longest) > BITS
}

export const labelEntropy: Peer = {
  id: 'label-entropy',
  title: 'Entropy over 3.5 bits a character: 10 such names of one source below a domain in an hour',
  source: 'The usual hunting query, e.g. in Farnham, Detecting DNS Tunneling, SANS 2013',
  run: (lookups) =>
    slidingDistinct(lookups.filter(isRandomLooking), { spanMs: HOUR_MS, most: NAMES - 1, keyOf: bySourceAndDomain }).map((at) =>
      peerAlarm('label-entropy', 'medium', at.domain, at.source, at.at),
    ),
}
