import type { EvaluationLookup } from '../lookup'
import type { ScoredAlarm } from '../truth'
import { zoneOf } from './anomalous-dns'
import { type Peer, peerAlarm } from './peer'

const LONGEST_TOP_LEVEL = 24
const DEVIATIONS = 2

/** The rule's own exclusions: reverse lookups, and names whose last label is no top-level domain. */
const isCounted = ({ name, qtype }: EvaluationLookup): boolean =>
  qtype !== 'PTR' && (name.split('.').at(-1) ?? '').length <= LONGEST_TOP_LEVEL

export const queryLength: Peer = {
  id: 'query-length',
  title: 'Splunk ESCU: a name longer than the mean by two standard deviations',
  source: 'splunk/security_content, DNS Query Length With High Standard Deviation',
  run(lookups) {
    const first = new Map<string, EvaluationLookup>()
    for (const lookup of lookups.filter(isCounted)) {
      const key = `${lookup.source} ${lookup.name}`
      if (!first.has(key)) first.set(key, lookup)
    }
    const asked = [...first.values()]
    if (asked.length < 2) return []
    const mean = asked.reduce((sum, { name }) => sum + name.length, 0) / asked.length
    const variance = asked.reduce((sum, { name }) => sum + (name.length - mean) ** 2, 0) / (asked.length - 1)
    const alarms = new Map<string, ScoredAlarm>()
    for (const lookup of asked) {
      if (lookup.name.length <= mean + DEVIATIONS * Math.sqrt(variance)) continue
      const zone = zoneOf(lookup)
      const key = `${lookup.source} ${zone}`
      if (!alarms.has(key)) alarms.set(key, peerAlarm('query-length', 'medium', zone, lookup.source, lookup.at))
    }
    return [...alarms.values()]
  },
}
