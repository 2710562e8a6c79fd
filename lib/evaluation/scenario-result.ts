import { type Group, groupOf, type Scenario } from './labels'
import type { EvaluationLookup } from './lookup'
import { judge, type ScenarioVerdict, type ScoredAlarm, type TunnelResult } from './truth'

/** What one scenario brought: our alarms and the peers', over the same lookups. */
export interface ScenarioRun {
  readonly scenario: Scenario
  /** Why it could not be run; null when it ran. */
  readonly failure: string | null
  readonly lookups: readonly EvaluationLookup[]
  readonly alarms: readonly ScoredAlarm[]
  /** Alarms that the catalogue of benign services explains: kept, but not shown as open. */
  readonly suppressed: number
  /** By peer id. */
  readonly peerAlarms: ReadonlyMap<string, readonly ScoredAlarm[]>
  /** With the list of known services switched off; null when that was not run. */
  readonly alarmsWithoutCatalogue: readonly ScoredAlarm[] | null
}

/** One scenario under one rule, without the lookups it was judged by. */
export interface JudgedScenario extends ScenarioVerdict {
  readonly scenario: Scenario
  readonly group: Group
  readonly failure: string | null
  readonly lookups: number
  /** null when nobody knows how many clients there were, or nobody behaves so. */
  readonly clientDays: number | null
}

/** Silence after which clients count as away. */
const AWAY_MS = 2 * 3_600_000
const DAY_MS = 86_400_000

function activeMs(lookups: readonly EvaluationLookup[]): number {
  let active = 0
  let last: number | null = null
  for (const { at } of lookups) {
    const gap = last === null ? 0 : at - last
    if (gap > 0 && gap <= AWAY_MS) active += gap
    last = at
  }
  return active
}

function clientDays({ clients, seconds, workload }: Scenario, lookups: readonly EvaluationLookup[]): number | null {
  if (clients === null || workload === 'synthetic') return null
  const count = clients ?? new Set(lookups.map(({ source }) => source)).size
  return (count * (seconds === undefined ? activeMs(lookups) : seconds * 1_000)) / DAY_MS
}

/** A scenario that failed found nothing, whatever it said before. */
export function judgeRun(run: ScenarioRun, alarms: readonly ScoredAlarm[]): JudgedScenario {
  const { scenario, failure, lookups } = run
  return {
    ...judge(scenario, failure === null ? alarms : [], lookups),
    ...{ scenario, failure, group: groupOf(scenario) },
    lookups: scenario.queries ?? lookups.length,
    clientDays: clientDays(scenario, lookups),
  }
}

export interface Vote {
  readonly judged: JudgedScenario
  readonly tunnel: TunnelResult
  /** Shares one vote with every scenario of the same traffic. */
  readonly weight: number
}

export function votes(all: readonly JudgedScenario[]): Vote[] {
  const own = all.flatMap((judged) => judged.tunnels.filter(({ isRepeat }) => !isRepeat).map((tunnel) => ({ judged, tunnel })))
  const keyOf = ({ judged, tunnel }: (typeof own)[number]) => `${judged.scenario.traffic ?? judged.scenario.id}#${tunnel.id}`
  const counts = new Map<string, number>()
  for (const vote of own) counts.set(keyOf(vote), (counts.get(keyOf(vote)) ?? 0) + 1)
  return own.map((vote) => ({ ...vote, weight: 1 / (counts.get(keyOf(vote)) ?? 1) }))
}
