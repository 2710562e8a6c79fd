import type { ScoreTerm } from '@/lib/domain/evidence'
import type { Tally } from '@/lib/domain/tally'
import type { Finding, Rule } from './detector'
import { scoreOf } from './score-terms'

type FromTally = Omit<Finding, 'zone' | 'source' | 'summary' | 'tool' | 'techniques' | 'evidence'>

/** What every finding on names takes from its rule, its tally and its score; names tell no host and no user. */
export const fromTally = (rule: Rule, tally: Tally, nowMs: number, scoreTerms: readonly ScoreTerm[]): FromTally => ({
  detector: rule.id,
  hostId: null,
  hostName: null,
  userName: null,
  at: nowMs,
  firstSeenAt: tally.firstAt,
  lastSeenAt: tally.lastAt,
  queries: tally.queries,
  distinctNames: tally.names.distinct,
  severity: rule.severity,
  risk: rule.risk,
  score: scoreOf(scoreTerms),
  scoreTerms,
})
