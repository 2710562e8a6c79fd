import type { RuleResult } from '@/lib/domain/evaluation'
import { type Severity, severityRank } from '@/lib/domain/severity'
import { median, percentile, poissonUpperLimit } from './rates'
import { type JudgedScenario, type Vote, votes } from './scenario-result'
import { toolKey } from './tool-key'

type Recall = RuleResult['recall']
type Naming = RuleResult['naming']

const isMedium = (severity: Severity | null): boolean => severity !== null && severityRank(severity) >= severityRank('medium')

/** Weights are shares of a vote, so that thirds add up to one. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6

export function recallOf(all: readonly Vote[]): Recall {
  const weigh = (test: (vote: Vote) => boolean) => rounded(all.filter(test).reduce((sum, { weight }) => sum + weight, 0))
  return {
    found: weigh(({ tunnel }) => tunnel.found),
    total: weigh(() => true),
    atMedium: weigh(({ tunnel }) => tunnel.found && isMedium(tunnel.severity)),
  }
}

function recallBy(all: readonly Vote[], keyOf: (vote: Vote) => string): Record<string, Recall> {
  const keys = [...new Set(all.map(keyOf))].sort()
  return Object.fromEntries(keys.map((key) => [key, recallOf(all.filter((vote) => keyOf(vote) === key))]))
}

function spreadOf(values: readonly (number | null)[]): RuleResult['delayMs'] {
  const known = values.filter((value) => value !== null)
  const [middle, p90, worst] = [median(known), percentile(known, 0.9), percentile(known, 1)]
  return middle === null || p90 === null || worst === null ? null : { median: middle, p90, worst }
}

function namingOf(all: readonly Vote[], judged: readonly JudgedScenario[]): Naming {
  const sure = all.filter(({ tunnel, judged: { scenario } }) => tunnel.tool !== null && !scenario.toolDoubtful)
  const weigh = (verdict: string, among = sure) =>
    rounded(among.filter(({ tunnel }) => tunnel.verdict === verdict).reduce((sum, { weight }) => sum + weight, 0))
  const nameable = rounded(sure.reduce((sum, { weight }) => sum + weight, 0))
  const namedFalsely = judged.flatMap(({ falseAlarms }) => falseAlarms.filter(({ tool }) => toolKey(tool?.name) !== null)).length
  const right = weigh('right')
  // A name for a tunnel whose tool has none is wrong as well.
  const wrong = weigh('wrong', [...all])
  const named = right + wrong + namedFalsely
  const precision = named === 0 ? null : right / named
  const recall = nameable === 0 ? null : right / nameable
  const f1 = precision === null || recall === null ? null : precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  return { nameable, right, wrong, unknown: weigh('unknown'), missed: weigh('missed'), namedFalsely, precision, recall, f1 }
}

const rateOf = (count: number, exposure: number) =>
  exposure > 0 ? { rate: count / exposure, provenBelow: poissonUpperLimit(count) / exposure } : null

function tally<Key extends string>(keys: readonly Key[]): Partial<Record<Key, number>> {
  const counts: Partial<Record<Key, number>> = {}
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

/** Scenarios that failed or are marked so do not count as exposure. */
const counted = (judged: readonly JudgedScenario[]): JudgedScenario[] =>
  judged.filter(({ failure, scenario }) => failure === null && scenario.countFalse)

export function falseAlarmCounts(judged: readonly JudgedScenario[]): { falseAlarms: number; falseAtMedium: number } {
  const alarms = counted(judged).flatMap(({ falseAlarms }) => falseAlarms)
  return { falseAlarms: alarms.length, falseAtMedium: alarms.filter(({ severity }) => isMedium(severity)).length }
}

function falseAlarmsOf(judged: readonly JudgedScenario[]): RuleResult['falseAlarms'] {
  const ran = counted(judged)
  const alarms = ran.flatMap(({ falseAlarms }) => falseAlarms)
  const lookups = ran.reduce((sum, scenario) => sum + scenario.lookups, 0)
  const known = ran.filter(({ clientDays }) => clientDays !== null)
  const clientDays = known.reduce((sum, scenario) => sum + (scenario.clientDays ?? 0), 0)
  const countOfKnownClients = known.reduce((sum, { falseAlarms }) => sum + falseAlarms.length, 0)
  const benign = ran.filter(({ scenario }) => scenario.kind === 'benign')
  return {
    count: alarms.length,
    atMedium: alarms.filter(({ severity }) => isMedium(severity)).length,
    bySeverity: tally(alarms.map(({ severity }) => severity)),
    byDetector: Object.fromEntries(Object.entries(tally(alarms.map(({ detector }) => detector))).map(([key, n]) => [key, n ?? 0])),
    ...{ lookups, clientDays, countOfKnownClients },
    per100kLookups: rateOf(alarms.length, lookups / 100_000),
    per1000ClientsADay: rateOf(countOfKnownClients, clientDays / 1_000),
    benign: { scenarios: benign.length, quiet: benign.filter(({ falseAlarms }) => falseAlarms.length === 0).length },
  }
}

/** What one rule did in scenarios of one group. */
export function summarise(rule: Pick<RuleResult, 'id' | 'title' | 'source'>, judged: readonly JudgedScenario[]): RuleResult {
  const all = votes(judged)
  return {
    ...rule,
    recall: recallOf(all),
    byTool: recallBy(all, ({ tunnel }) => tunnel.tool ?? 'no known tool'),
    byClass: recallBy(all, ({ judged: { scenario } }) => scenario.class ?? 'no class'),
    delayMs: spreadOf(all.map(({ tunnel }) => tunnel.delayMs)),
    queriesNeeded: spreadOf(all.map(({ tunnel }) => tunnel.queriesNeeded)),
    falseAlarms: falseAlarmsOf(judged),
    naming: namingOf(all, judged),
  }
}
