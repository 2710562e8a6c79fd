import type { EvaluationLookup } from '../lookup'
import type { ScoredAlarm } from '../truth'
import { type Peer, peerAlarm } from './peer'

const HOUR_MS = 3_600_000
const MOST_NAMES = 8
const LONGEST_NAME = 90
const ODD_TYPES = new Set(['NULL', 'TYPE65399', 'PRIVATE'])

/** Last label of a name without a registered domain. */
export const zoneOf = ({ name, domain }: EvaluationLookup): string | null => domain ?? (name.split('.').at(-1) || null)

/** Counts of an hour start anew with the next one, counted from the first lookup, as the package's tables expire. */
function countsNames(firstAt: number): (lookup: EvaluationLookup) => boolean {
  const names = new Map<string, Set<string>>()
  return ({ at, source, name, domain }) => {
    if (domain === null) return false
    const key = `${source} ${domain} ${Math.floor((at - firstAt) / HOUR_MS)}`
    const seen = names.get(key) ?? new Set()
    names.set(key, seen.add(name))
    return seen.size > MOST_NAMES
  }
}

export const anomalousDns: Peer = {
  id: 'anomalous-dns',
  title: 'Zeek anomalous-dns: more than 8 distinct names in an hour, a name over 90 characters, or type NULL or 65399',
  source: 'jbaggs/anomalous-dns, scripts',
  run(lookups) {
    const tooMany = countsNames(lookups[0]?.at ?? 0)
    const alarms = new Map<string, ScoredAlarm>()
    for (const lookup of lookups) {
      const isOver = tooMany(lookup)
      if (!isOver && lookup.name.length <= LONGEST_NAME && !ODD_TYPES.has(lookup.qtype ?? '')) continue
      const zone = zoneOf(lookup)
      const key = `${lookup.source} ${zone}`
      if (!alarms.has(key)) alarms.set(key, peerAlarm('anomalous-dns', 'medium', zone, lookup.source, lookup.at))
    }
    return [...alarms.values()]
  },
}
