import type { AlarmDraft } from '@/lib/domain/alarm'
import type { Severity } from '@/lib/domain/severity'
import { severityRank } from '@/lib/domain/severity'
import type { Scenario } from './labels'
import { type EvaluationLookup, publicDomain } from './lookup'
import { toolKey } from './tool-key'

/** What is needed of an alarm to compare it with the truth; peers' rules make the same. */
export type ScoredAlarm = Pick<AlarmDraft, 'detector' | 'severity' | 'score' | 'zone' | 'source' | 'openedAt' | 'tool'>
type Truth = Scenario['truth'][number]

export type ToolVerdict = 'missed' | 'doubtful' | 'unknown' | 'right' | 'wrong'

export interface TunnelResult {
  readonly id: string
  /** Counted under another scenario. */
  readonly isRepeat: boolean
  readonly found: boolean
  readonly severity: Severity | null
  /** ms from the tunnel's first lookup in the data to the first alarm; null when not found. */
  readonly delayMs: number | null
  /** The tunnel's lookups up to that moment. */
  readonly queriesNeeded: number | null
  readonly queries: number
  readonly distinctNames: number
  readonly spanMs: number
  readonly detectors: readonly string[]
  readonly alarms: number
  readonly tool: string | null
  readonly named: string | null
  readonly verdict: ToolVerdict
}

export interface ScenarioVerdict {
  readonly tunnels: readonly TunnelResult[]
  readonly falseAlarms: readonly ScoredAlarm[]
}

const bare = (zone: string): string => zone.toLowerCase().replace(/^\*\./, '').replace(/\.$/, '')
const isBelow = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`)

/** The truth's zone, its registered domain, a parent down to it, or a child; null when the alarm names no zone. */
export function zoneMatches(alarmZone: string | null, truth: Truth): boolean | null {
  if (alarmZone === null) return null
  const alarm = bare(alarmZone)
  if (truth.zone === null) return truth.zonePattern !== undefined && new RegExp(truth.zonePattern).test(alarm)
  const zone = bare(truth.zone)
  const domain = publicDomain(zone) ?? zone
  return alarm === domain || isBelow(alarm, zone) || (isBelow(zone, alarm) && isBelow(alarm, domain))
}

/** null when either side does not name a source. */
function sourceMatches(source: string | null, truth: Truth): boolean | null {
  const wanted = [truth.source ?? []].flat()
  return wanted.length === 0 || source === null ? null : wanted.includes(source)
}

function belongs(alarm: ScoredAlarm, truth: Truth): boolean {
  const bySource = sourceMatches(alarm.source, truth)
  if (bySource === false) return false
  const byZone = zoneMatches(alarm.zone, truth)
  return byZone === true || (byZone === null && bySource === true)
}

function isOfTunnel(name: string, truth: Truth): boolean {
  if (truth.namePattern !== undefined) return new RegExp(truth.namePattern).test(name)
  return truth.zone !== null && isBelow(name, bare(truth.zone))
}

/** Compares alarms with what a scenario says about its data. */
export function judge(scenario: Scenario, alarms: readonly ScoredAlarm[], lookups: readonly EvaluationLookup[]): ScenarioVerdict {
  const rows = new Map<string, Truth[]>()
  for (const [index, truth] of scenario.truth.entries()) {
    const id = truth.tunnel ?? `tunnel ${index + 1}`
    rows.set(id, [...(rows.get(id) ?? []), truth])
  }
  const own = new Map<string, ScoredAlarm[]>([...rows.keys()].map((id) => [id, []]))
  const falseAlarms: ScoredAlarm[] = []
  for (const alarm of alarms) {
    const id = [...rows].find(([, truths]) => truths.some((truth) => belongs(alarm, truth)))?.[0]
    if (id === undefined) falseAlarms.push(alarm)
    else own.get(id)?.push(alarm)
  }
  const tunnels = [...rows].map(([id, truths]) => judgeTunnel(scenario, { id, truths, alarms: own.get(id) ?? [] }, lookups))
  return { tunnels, falseAlarms }
}

interface Tunnel {
  readonly id: string
  readonly truths: readonly Truth[]
  readonly alarms: readonly ScoredAlarm[]
}

function judgeTunnel(scenario: Scenario, { id, truths, alarms }: Tunnel, lookups: readonly EvaluationLookup[]): TunnelResult {
  const names = new Map<string, boolean>()
  const isOwn = (name: string): boolean => {
    const known = names.get(name) ?? truths.some((truth) => isOfTunnel(name, truth))
    names.set(name, known)
    return known
  }
  const own = lookups.filter(({ name }) => isOwn(name))
  const firstAt = own.reduce((first, { at }) => Math.min(first, at), Number.POSITIVE_INFINITY)
  const lastAt = own.reduce((last, { at }) => Math.max(last, at), Number.NEGATIVE_INFINITY)
  const opened = alarms.reduce((first, alarm) => Math.min(first, alarm.openedAt), Number.POSITIVE_INFINITY)
  const found = alarms.length > 0
  const isTimed = found && own.length > 0
  return {
    ...{ id, found, isRepeat: truths.some((truth) => truth.repeatOf !== undefined), alarms: alarms.length },
    severity: worst(alarms),
    delayMs: isTimed ? opened - firstAt : null,
    queriesNeeded: isTimed ? own.filter(({ at }) => at <= opened).length : null,
    ...{ queries: own.length, distinctNames: new Set(own.map(({ name }) => name)).size, spanMs: own.length === 0 ? 0 : lastAt - firstAt },
    detectors: [...new Set(alarms.map(({ detector }) => detector))].sort(),
    ...judgeTool(scenario, truths, alarms),
  }
}

const worst = (alarms: readonly ScoredAlarm[]): Severity | null =>
  alarms.map(({ severity }) => severity).sort((a, b) => severityRank(b) - severityRank(a))[0] ?? null

const CONFIDENCE: Readonly<Record<string, number>> = { certain: 4, high: 3, medium: 2, low: 1 }

function judgeTool(
  scenario: Scenario,
  truths: readonly Truth[],
  alarms: readonly ScoredAlarm[],
): Pick<TunnelResult, 'tool' | 'named' | 'verdict'> {
  const tool = toolKey(truths[0]?.tool ?? scenario.tool)
  const surest = alarms
    .filter((alarm) => toolKey(alarm.tool?.name) !== null)
    .sort((a, b) => (CONFIDENCE[b.tool?.confidence ?? ''] ?? 0) - (CONFIDENCE[a.tool?.confidence ?? ''] ?? 0) || b.score - a.score)[0]
  const named = toolKey(surest?.tool?.name)
  if (alarms.length === 0) return { tool, named, verdict: 'missed' }
  if (scenario.toolDoubtful) return { tool, named, verdict: 'doubtful' }
  if (named === null) return { tool, named, verdict: 'unknown' }
  return { tool, named, verdict: named === tool ? 'right' : 'wrong' }
}
