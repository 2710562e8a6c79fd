import type { ScoreTerm } from '@/lib/domain/evidence'
import { type Burst, dataTypeShare, unreadableShare } from './burst'
import { rule } from './rule'

/** Share of names above which unreadable labels are the rule and not the exception. */
export const UNREADABLE_SHARE = 0.6

const percent = (share: number): string => `${Math.round(share * 100)} %`

function volumeTerm(burst: Burst, threshold: number, windowMinutes: number): ScoreTerm {
  return {
    id: 'volume',
    sentence: `${burst.count} starts in ${windowMinutes} minutes, threshold ${threshold}`,
    value: burst.count,
    threshold,
    points: Math.min(20, Math.round(5 * Math.log2(burst.count / threshold))),
  }
}

function nameTerms(burst: Burst): readonly ScoreTerm[] {
  const { targets, starts, samples } = burst
  if (targets.length === 0) return []
  const distinct = targets.length / starts.length
  const unreadable = unreadableShare(burst)
  const unreadableNames = samples.filter((sample) => sample.unreadable).length
  return [
    {
      id: 'distinct-targets',
      sentence: `${targets.length} different names in ${starts.length} starts: a person repeats names, a channel does not`,
      value: targets.length,
      threshold: null,
      points: Math.round(5 * distinct),
    },
    {
      id: 'unreadable',
      sentence: `${unreadableNames} of ${samples.length} names are unreadable`,
      value: unreadable,
      threshold: UNREADABLE_SHARE,
      points: Math.round(15 * unreadable),
    },
  ]
}

function originTerms(burst: Burst): readonly ScoreTerm[] {
  const { starts, scriptedStarts, withServer } = burst
  if (starts.length === 0) return []
  const dataTypes = dataTypeShare(burst)
  return [
    {
      id: 'data-types',
      sentence: `${percent(dataTypes)} of the starts ask for TXT or NULL records, which carry the most data back`,
      value: dataTypes,
      threshold: null,
      points: Math.round(8 * dataTypes),
    },
    {
      id: 'script-parent',
      sentence: `${scriptedStarts} of ${starts.length} starts come from a script host or an Office program`,
      value: scriptedStarts / starts.length,
      threshold: null,
      points: Math.round((8 * scriptedStarts) / starts.length),
    },
    {
      id: 'direct-server',
      sentence: `${withServer} of ${starts.length} starts name the server to ask, past the configured resolver`,
      value: withServer / starts.length,
      threshold: null,
      points: Math.round((5 * withServer) / starts.length),
    },
  ]
}

/** The rule's own risk and what raises it; the points add up to the score before it is cut at 100. */
export function scoreTermsOf(burst: Burst, threshold: number, windowMinutes: number): ScoreTerm[] {
  const base: ScoreTerm = {
    id: 'rule',
    sentence: `The rule fired: its own risk score is ${rule.risk}`,
    value: rule.risk,
    threshold: null,
    points: rule.risk,
  }
  const raising = [volumeTerm(burst, threshold, windowMinutes), ...nameTerms(burst), ...originTerms(burst)]
  return [base, ...raising.filter(({ points }) => points > 0)]
}
