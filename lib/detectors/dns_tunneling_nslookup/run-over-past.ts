import type { ProcessEvent } from '@/lib/domain/process-event'
import { type DetectorRun, defaultsOf, type Finding, type RuleException, type Settings, type TallyView } from '../detector'
import { createNslookupRun } from './detector'
import { rule } from './rule'
import { firstRunAt } from './rule-schedule'
import type { RuleWindow } from './threshold-window'

const MINUTE_MS = 60_000

/** What a manual run over the past found. */
export interface PastRuns {
  /** Scheduled executions inside the range, those without anything to count included. */
  readonly executions: number
  /** In order of the execution that found them. */
  readonly findings: readonly Finding[]
}

/** This detector reads process starts only; the view of lookups is empty. */
export const NO_LOOKUPS: TallyView = {
  pair: () => null,
  tally: () => null,
  lookups: () => 0,
  askedIn: () => [],
  zone: () => null,
  sourcesOf: () => [],
  pairs: () => [],
  zones: () => [],
  minutes: () => [],
  totals: () => ({ sources: 0, queries: 0 }),
}

/**
 * Runs the rule as it would have run in a past range: one execution at every scheduled instant from `fromMs` to `toMs`,
 * both included, each looking back as the settings say, also to before the range. Alarms of the time are not known to it,
 * so it starts with an empty history, as a manual run does.
 *
 * @param events - process starts in any order; those no execution looks at are passed over.
 * @param settings - what it leaves out runs with its default.
 */
export function runOverPast(
  events: Iterable<ProcessEvent>,
  { fromMs, toMs }: RuleWindow,
  settings: Settings = {},
  exceptions: readonly RuleException[] = [],
): PastRuns {
  const { runEveryMinutes = 5, windowMinutes = 9 } = { ...defaultsOf(rule), ...settings }
  const intervalMs = runEveryMinutes * MINUTE_MS
  const firstAt = firstRunAt(fromMs, intervalMs)
  if (firstAt > toMs) return { executions: 0, findings: [] }
  const lookBackFrom = firstAt - windowMinutes * MINUTE_MS
  const seen = [...events].filter(({ at }) => at >= lookBackFrom && at <= toMs).sort((a, b) => a.at - b.at || a.id - b.id)
  const run: DetectorRun = createNslookupRun(settings, { exceptions, notBeforeMs: firstAt })
  const findings = run.step({ fromMs: lookBackFrom, nowMs: toMs + 1, touched: [], processes: seen, view: NO_LOOKUPS })
  return { executions: Math.floor((toMs - firstAt) / intervalMs) + 1, findings }
}
