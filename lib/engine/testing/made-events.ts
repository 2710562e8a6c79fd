import fc from 'fast-check'
import type { Detector, DetectorRun, Finding, Step } from '@/lib/detectors/detector'
import type { DnsEvent } from '@/lib/domain/dns-event'
import { emptyEvidence } from '@/lib/domain/evidence'
import type { LogEvent } from '@/lib/domain/log-event'
import { lookup } from '@/lib/store/contract/sample-events'

/** Start of the made-up traffic; a whole minute. */
export const T0 = Date.UTC(2026, 10, 20, 9)
const MINUTE = 60_000

/** Lookups of a few sources below a few zones, bursts and silences, in (at, id) order. */
export const traffic = fc
  .array(
    fc.record({
      gapMs: fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.constantFrom(MINUTE, 31 * MINUTE, 70 * MINUTE, 25 * 60 * MINUTE)),
      source: fc.constantFrom('10.0.0.1', '10.0.0.2'),
      name: fc.tuple(fc.integer({ min: 0, max: 60 }), fc.constantFrom('alpha.com', 'beta.org')).map(([n, zone]) => `n${n}.${zone}`),
      qtype: fc.constantFrom('A', 'TXT'),
    }),
    { minLength: 1, maxLength: 120 },
  )
  .map((steps) => {
    let at = T0
    return steps.map(({ gapMs, source, name, qtype }, id): DnsEvent => {
      at += gapMs
      return lookup({ at, id, source, qname: name, qtype })
    })
  })

export function findingOf(finding: Partial<Finding> & Pick<Finding, 'at'>): Finding {
  return {
    detector: 'test',
    zone: 'alpha.com',
    source: '10.0.0.1',
    hostId: null,
    hostName: null,
    userName: null,
    firstSeenAt: finding.at - MINUTE,
    lastSeenAt: finding.at - 1,
    queries: 1,
    distinctNames: 1,
    severity: 'low',
    risk: 21,
    score: 30,
    scoreTerms: [],
    summary: 'made up',
    tool: null,
    techniques: [],
    evidence: emptyEvidence,
    ...finding,
  }
}

/** Fires while a pair asked for at least `threshold` lookups in 5 minutes, and once more 10 minutes after it stopped. */
export function countingDetector(threshold: number): Detector {
  const spanMs = 5 * MINUTE
  return {
    rule: {
      ...{ id: 'test', title: 'Test', description: 'Counts.', severity: 'low', risk: 21, techniques: [], after: 'none' },
      ...{ intervalMs: 10_000, lookBackMs: spanMs, maxAlarmsPerRun: null, parameters: [], benignFamilies: [] },
    },
    create(_settings, snapshot): DetectorRun {
      let due = (snapshot as readonly [number, string, string][] | undefined)?.map((entry) => [...entry] as [number, string, string]) ?? []
      return {
        step({ touched, view, nowMs }: Step) {
          const findings: Finding[] = []
          for (const { source, zone } of touched) {
            const tally = view.pair(source, zone, spanMs)
            if (tally === null || tally.queries < threshold) continue
            const { firstAt, lastAt, queries, names } = tally
            const score = Math.min(100, queries)
            findings.push(
              findingOf({
                at: nowMs,
                zone,
                source,
                firstSeenAt: firstAt,
                lastSeenAt: lastAt,
                queries,
                distinctNames: names.distinct,
                score,
              }),
            )
            due = [...due.filter(([, s, z]) => s !== source || z !== zone), [nowMs + 10 * MINUTE, source, zone]]
          }
          for (const [, source, zone] of due.filter(([at]) => at <= nowMs)) findings.push(findingOf({ at: nowMs, source, zone }))
          due = due.filter(([at]) => at > nowMs)
          return findings
        },
        wakeAt: () => (due.length === 0 ? null : Math.min(...due.map(([at]) => at))),
        snapshot: () => due,
      }
    },
  }
}

export const inOrder = (events: readonly LogEvent[]): LogEvent[] => [...events].sort((a, b) => a.at - b.at || a.id - b.id)
