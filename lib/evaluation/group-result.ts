import type { Detector } from '@/lib/detectors/detector'
import type { GroupResult, TunnelRow } from '@/lib/domain/evaluation'
import { groupOf, type SCORED_GROUPS } from './labels'
import { peers } from './peers'
import { type JudgedScenario, judgeRun, type ScenarioRun, votes } from './scenario-result'
import { falseAlarmCounts, recallOf, summarise } from './summarise'
import type { ScoredAlarm } from './truth'

const OWN = { id: 'dowser', title: 'Dowser', source: null }

/** @returns null when no run belongs to the group. */
export function groupResult(
  group: (typeof SCORED_GROUPS)[number],
  all: readonly ScenarioRun[],
  detectors: readonly Detector[],
): GroupResult | null {
  const runs = all.filter(({ scenario }) => groupOf(scenario) === group)
  if (runs.length === 0) return null
  const judged = runs.map((run) => judgeRun(run, run.alarms))
  const own = summarise(OWN, judged)
  return {
    id: group,
    scenarios: runs.length,
    failed: runs.flatMap(({ scenario, failure }) => (failure === null ? [] : [{ scenario: scenario.id, reason: failure }])),
    suppressed: runs.reduce((sum, { suppressed }) => sum + suppressed, 0),
    lookups: own.falseAlarms.lookups,
    clientDays: own.falseAlarms.clientDays,
    own,
    peers: peers.map((peer) =>
      summarise(
        { id: peer.id, title: peer.title, source: peer.source },
        runs.map((run) => judgeRun(run, run.peerAlarms.get(peer.id) ?? [])),
      ),
    ),
    ablation: ablationOf(runs, detectors),
    tunnels: judged.flatMap(tunnelRows),
    falseAlarms: judged.flatMap(falseAlarmRows),
  }
}

/** Detectors do not see each other, so that what one adds can be told from the alarms of a single run. */
function ablationOf(runs: readonly ScenarioRun[], detectors: readonly Detector[]): GroupResult['ablation'] {
  const measure = (alarmsOf: (run: ScenarioRun) => readonly ScoredAlarm[]) => {
    const judged = runs.map((run) => judgeRun(run, alarmsOf(run)))
    return { recall: recallOf(votes(judged)), ...falseAlarmCounts(judged) }
  }
  const parts: GroupResult['ablation'] = detectors.map(({ rule }) => ({
    ...{ part: rule.id, title: rule.title },
    without: measure(({ alarms }) => alarms.filter(({ detector }) => detector !== rule.id)),
    alone: measure(({ alarms }) => alarms.filter(({ detector }) => detector === rule.id)),
  }))
  if (!runs.some(({ alarmsWithoutCatalogue }) => alarmsWithoutCatalogue !== null)) return parts
  const without = measure(({ alarms, alarmsWithoutCatalogue }) => alarmsWithoutCatalogue ?? alarms)
  return [...parts, { part: 'catalogue', title: 'The catalogue of known services', without, alone: null }]
}

function tunnelRows({ scenario, tunnels }: JudgedScenario): TunnelRow[] {
  return tunnels
    .filter(({ isRepeat }) => !isRepeat)
    .map(({ id: _id, isRepeat: _isRepeat, alarms: _alarms, detectors, ...row }) => ({
      ...row,
      detectors: [...detectors],
      scenario: scenario.id,
      class: scenario.class ?? null,
    }))
}

function falseAlarmRows({ scenario, falseAlarms, failure }: JudgedScenario): GroupResult['falseAlarms'] {
  if (failure !== null || !scenario.countFalse) return []
  const rows = new Map<string, GroupResult['falseAlarms'][number]>()
  for (const { detector, severity } of falseAlarms) {
    const key = `${detector} ${severity}`
    rows.set(key, { scenario: scenario.id, detector, severity, count: (rows.get(key)?.count ?? 0) + 1 })
  }
  return [...rows.values()]
}
