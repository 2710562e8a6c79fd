import type { Severity } from '@/lib/domain/severity'
import type { EvaluationLookup } from '../lookup'
import type { ScoredAlarm } from '../truth'

/** A published rule of another product, rewritten from what its authors state. */
export interface Peer {
  readonly id: string
  readonly title: string
  /** Public document the numbers come from: title or repository path. */
  readonly source: string
  /** Lookups come in order of time. An alarm opens at the lookup that crosses the threshold; repeats are one alarm. */
  run(lookups: readonly EvaluationLookup[]): readonly ScoredAlarm[]
}

export const peerAlarm = (
  detector: string,
  severity: Severity,
  zone: string | null,
  source: string | null,
  openedAt: number,
): ScoredAlarm => ({ detector, severity, zone, source, openedAt, score: 50, tool: null })

interface Window {
  readonly asked: EvaluationLookup[]
  /** Index of the oldest lookup still inside. */
  oldest: number
  readonly counts: Map<string, number>
}

/**
 * First lookup of each key at which more than `most` distinct names were asked within the last `spanMs`.
 *
 * @param keyOf - null leaves the lookup out.
 */
export function slidingDistinct(
  lookups: readonly EvaluationLookup[],
  { spanMs, most, keyOf }: { spanMs: number; most: number; keyOf: (lookup: EvaluationLookup) => string | null },
): EvaluationLookup[] {
  const windows = new Map<string, Window>()
  const crossed = new Map<string, EvaluationLookup>()
  for (const lookup of lookups) {
    const key = keyOf(lookup)
    if (key === null || crossed.has(key)) continue
    const window = windows.get(key) ?? { asked: [], oldest: 0, counts: new Map() }
    windows.set(key, window)
    enter(window, lookup, spanMs)
    if (window.counts.size <= most) continue
    crossed.set(key, lookup)
    windows.delete(key)
  }
  return [...crossed.values()]
}

function enter(window: Window, lookup: EvaluationLookup, spanMs: number): void {
  window.asked.push(lookup)
  window.counts.set(lookup.name, (window.counts.get(lookup.name) ?? 0) + 1)
  for (let old = window.asked[window.oldest]; old !== undefined && old.at < lookup.at - spanMs; old = window.asked[window.oldest]) {
    window.oldest += 1
    const left = (window.counts.get(old.name) ?? 0) - 1
    if (left > 0) window.counts.set(old.name, left)
    else window.counts.delete(old.name)
  }
}

export const bySourceAndDomain = ({ source, domain }: EvaluationLookup): string | null => (domain === null ? null : `${source} ${domain}`)
