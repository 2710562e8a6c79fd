import type { Evidence } from '@/lib/domain/evidence'
import type { Finding } from '../detector'
import { fromTally } from '../finding-on-names'
import { bytesUp, tunnelEvidence } from '../tunnel-evidence'
import type { Assessment } from './crossings'
import { type Case, claimsOf, summaryOf, termsOf } from './explain'
import { metricsOf } from './metrics'
import { HOUR_MS, rule } from './rule'

/** A case with what is shown beside it. */
export interface Facts extends Case {
  readonly windows: readonly Assessment[]
  readonly nowMs: number
  readonly notices: readonly string[]
}

export function findingOf(facts: Facts): Finding {
  const { source, zones, best, hour, nowMs } = facts
  const scoreTerms = termsOf(facts)
  const { tool } = best
  return {
    ...fromTally(rule, hour, nowMs, scoreTerms),
    zone: zones[0] ?? hour.zone,
    source,
    summary: summaryOf(facts),
    tool: tool === null ? null : { name: tool.name, confidence: tool.confidence },
    techniques: claimsOf(facts),
    evidence: evidenceOf(facts),
  }
}

/** The same under another name. A tally of the engine computes its parts when asked: a spread alone would lose them. */
const renamed = (tally: Facts['hour'], zone: string): Facts['hour'] => ({
  ...tally,
  ...{ zone, names: tally.names, byType: tally.byType, byRcode: tally.byRcode },
})

function evidenceOf({ source, zones, windows, hour, view, notices }: Facts): Evidence {
  const metrics = windows.flatMap(metricsOf)
  const shown = (zone: string, tally: Facts['hour']): Evidence =>
    tunnelEvidence({ view, source, tally: renamed(tally, zone), spanMs: HOUR_MS, metrics, notices })
  const [first = hour.zone] = zones
  const tallies = source === null ? [] : zones.flatMap((zone) => view.pair(source, zone, HOUR_MS) ?? [])
  const [own] = tallies
  if (zones.length < 2 || own === undefined) return shown(first, hour)
  const evidence = shown(first, own)
  const each = tallies.map((tally) => ({ tally, bytes: bytesUp(tally.names, tally.zone) }))
  return {
    ...evidence,
    metrics: [
      ...metrics,
      ...each.map(({ tally }) => ({
        id: `zone-${tally.zone}`,
        label: `Distinct names below ${tally.zone} in 60 minutes`,
        value: tally.names.distinct,
        unit: '',
        threshold: null,
      })),
    ],
    samples: [...evidence.samples, ...tallies.slice(1).flatMap((tally) => shown(tally.zone, tally).samples)].slice(0, 200),
    byType: { ...hour.byType },
    byRcode: { ...hour.byRcode },
    bytesUp: {
      low: each.reduce((sum, { bytes }) => sum + (bytes?.low ?? 0), 0),
      high: each.reduce((sum, { bytes }) => sum + (bytes?.high ?? 0), 0),
    },
    notices: [
      ...evidence.notices,
      `The names are spread over ${zones.length} domains: ${zones.join(', ')}. The alarm is filed under ${first}; act on all of them.`,
    ],
  }
}
