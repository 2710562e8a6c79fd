import { describe, expect, test } from 'vitest'
import { parseLabels, type Scenario } from './labels'
import type { EvaluationLookup } from './lookup'
import { judgeRun, type ScenarioRun, votes } from './scenario-result'
import { summarise } from './summarise'
import { judge, type ScoredAlarm, zoneMatches } from './truth'

const T0 = Date.UTC(2026, 0, 5)
const RULE = { id: 'r', title: 'R', source: null }

function scenario(more: Partial<Record<keyof Scenario, unknown>>): Scenario {
  const text = JSON.stringify({
    scenarios: [{ id: 'one', files: ['x'], kind: 'mixed', truth: [{ zone: 't.evil.com', source: '10.0.0.1' }], ...more }],
  })
  const [first] = parseLabels(text).scenarios
  if (first === undefined) throw new Error('no scenario')
  return first
}

const lookup = (seconds: number, name = 'x.t.evil.com', source = '10.0.0.1'): EvaluationLookup => ({
  ...{ at: T0 + seconds * 1_000, name, source, qtype: 'A', domain: name.split('.').slice(-2).join('.') },
})

const alarm = (more: Partial<ScoredAlarm> = {}): ScoredAlarm => ({
  ...{ detector: 'd', severity: 'high', score: 80, zone: 'evil.com', source: '10.0.0.1', openedAt: T0 + 30_000, tool: null },
  ...more,
})

const run = (of: Scenario, alarms: readonly ScoredAlarm[], lookups: readonly EvaluationLookup[] = [lookup(0), lookup(20), lookup(40)]) =>
  judgeRun(
    {
      scenario: of,
      failure: null,
      lookups,
      alarms,
      suppressed: 0,
      peerAlarms: new Map(),
      alarmsWithoutCatalogue: null,
    } satisfies ScenarioRun,
    alarms,
  )

test.each([
  ['evil.com', true],
  ['t.evil.com', true],
  ['a.t.evil.com', true],
  ['com', false],
  ['notevil.com', false],
  ['other.evil.com', false],
  [null, null],
])('an alarm on %s and the tunnel below t.evil.com', (zone, expected) => {
  expect(zoneMatches(zone, { zone: 't.evil.com' })).toBe(expected)
})

describe('judging', () => {
  test('counts delay and lookups up to the first alarm', () => {
    const { tunnels } = judge(scenario({}), [alarm({ openedAt: T0 + 90_000 }), alarm()], [lookup(0), lookup(20), lookup(40)])
    expect(tunnels).toMatchObject([{ found: true, delayMs: 30_000, queriesNeeded: 2, queries: 3, distinctNames: 1, spanMs: 40_000 }])
  })

  test('an alarm on another client of the zone is false, one without a source is not', () => {
    expect(judge(scenario({}), [alarm({ source: '10.0.0.2' })], []).falseAlarms).toHaveLength(1)
    expect(judge(scenario({}), [alarm({ source: null })], []).falseAlarms).toHaveLength(0)
  })

  test.each([
    ['iodine', 'Iodine', 'right'],
    ['iodine', 'dnscat2', 'wrong'],
    ['iodine', null, 'unknown'],
  ])('a tunnel of %s named %s is %s', (tool, name, verdict) => {
    const named = alarm({ tool: name === null ? null : { name, confidence: 'high' } })
    expect(judge(scenario({ tool }), [named], []).tunnels[0]?.verdict).toBe(verdict)
  })
})

describe('summary', () => {
  test('scenarios of the same traffic share one vote', () => {
    const [a, b] = [scenario({ id: 'a', traffic: 't' }), scenario({ id: 'b', traffic: 't' })]
    const judged = [run(a, [alarm()]), run(b, [])]
    expect(votes(judged).map(({ weight }) => weight)).toEqual([0.5, 0.5])
    expect(summarise(RULE, judged).recall).toEqual({ found: 0.5, total: 1, atMedium: 0.5 })
  })

  test('rates come with the limit that the exposure proves', () => {
    const quiet = scenario({ kind: 'benign', truth: [], clients: 10, seconds: 86_400, queries: 50_000 })
    const { falseAlarms } = summarise(RULE, [run(quiet, [])])
    expect(falseAlarms).toMatchObject({ count: 0, clientDays: 10, benign: { scenarios: 1, quiet: 1 } })
    expect(falseAlarms.per1000ClientsADay?.provenBelow).toBeCloseTo(299.57, 1)
    expect(falseAlarms.per100kLookups?.provenBelow).toBeCloseTo(5.99, 2)
  })

  test('clients and active time are counted in the data when the labels do not say', () => {
    const unlabelled = scenario({ kind: 'benign', truth: [] })
    const lookups = [lookup(0), lookup(3_600, 'b.com', '10.0.0.2'), lookup(40_000)]
    // Two clients, and the silence of over two hours is left out.
    expect(run(unlabelled, [], lookups).clientDays).toBeCloseTo((2 * 3_600) / 86_400, 6)
  })

  test('what failed is missed, and is not quiet', () => {
    const failed = {
      scenario: scenario({}),
      failure: 'missing',
      lookups: [],
      alarms: [],
      suppressed: 0,
      peerAlarms: new Map(),
      alarmsWithoutCatalogue: null,
    }
    const result = summarise(RULE, [judgeRun(failed, [alarm()])])
    expect(result.recall).toEqual({ found: 0, total: 1, atMedium: 0 })
    expect(result.falseAlarms).toMatchObject({ count: 0, clientDays: 0, per1000ClientsADay: null })
  })

  test('a tool named on a false alarm costs precision', () => {
    const tool = { name: 'iodine', confidence: 'high' } as const
    const { naming } = summarise(RULE, [run(scenario({ tool: 'iodine' }), [alarm({ tool }), alarm({ zone: 'other.net', tool })])])
    expect(naming).toMatchObject({ right: 1, namedFalsely: 1, precision: 0.5, recall: 1 })
    expect(naming.f1).toBeCloseTo(2 / 3, 6)
  })
})
