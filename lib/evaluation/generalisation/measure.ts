import type { AlarmDraft } from '@/lib/domain/alarm'
import type { Generalisation, SizeResult } from '@/lib/domain/generalisation'
import type { Severity } from '@/lib/domain/severity'
import { severityRank } from '@/lib/domain/severity'
import { Random } from '../benign-week/random'
import { toolKey } from '../tool-key'
import { HONEST, TUNNELS } from './index'
import { HOUR, type HonestKind, type TunnelKind } from './kind'
import { runHonest, runTunnel, type TunnelRun } from './run'

export interface Measurement {
  readonly seeds: number
  readonly firstSeed: number
  /** ISO instant. */
  readonly measuredAt: string
  readonly tunnels: (kind: TunnelKind) => boolean
  readonly honest: (kind: HonestKind) => boolean
}

type Tell = (line: string, alarms: readonly AlarmDraft[]) => void

const CLIENTS = 16
const HOURS = 2
const MEDIUM = severityRank('medium')

/** Lookups of a session: few are 20 to 59, many 60 to 400. */
const SIZES = { few: [20, 40], many: [60, 341] } as const

const worst = (alarms: readonly AlarmDraft[]): Severity | null =>
  alarms.map(({ severity }) => severity).toSorted((a, b) => severityRank(b) - severityRank(a))[0] ?? null

const isMedium = (severity: Severity | null): boolean => severity !== null && severityRank(severity) >= MEDIUM

const median = (values: readonly number[]): number | null => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null

function sizeResult(runs: readonly TunnelRun[], tool: string | null): SizeResult {
  const found = runs.filter(({ alarms }) => alarms.length > 0)
  const openings = found.map(({ alarms, firstAt, askedAt }) => {
    const at = Math.min(...alarms.map(({ openedAt }) => openedAt))
    return { delayMs: at - firstAt, queries: askedAt.filter((asked) => asked <= at).length }
  })
  const names = found.map(({ alarms }) => [...new Set(alarms.flatMap((alarm) => toolKey(alarm.tool?.name) ?? []))])
  const right = toolKey(tool)
  return {
    runs: runs.length,
    found: found.length,
    atMedium: found.filter(({ alarms }) => isMedium(worst(alarms))).length,
    right: names.filter((one) => right !== null && one.includes(right)).length,
    wrong: names.filter((one) => one.some((name) => name !== right)).length,
    delayMs: median(openings.map(({ delayMs }) => delayMs)),
    queriesNeeded: median(openings.map(({ queries }) => queries)),
    falseAlarms: runs.reduce((sum, { falseAlarms }) => sum + falseAlarms.length, 0),
  }
}

const counts = (alarms: readonly AlarmDraft[]): Partial<Record<Severity, number>> => {
  const all: Partial<Record<Severity, number>> = {}
  for (const { severity } of alarms) all[severity] = (all[severity] ?? 0) + 1
  return all
}

/** Every program with every seed, in two sizes; every kind of honest traffic with every seed, catalogue on and off. */
export function measureGeneralisation({ seeds, firstSeed, measuredAt, tunnels, honest }: Measurement, tell: Tell): Generalisation {
  const seedOf = (index: number, kind: number): number => (firstSeed + index) * 1_000 + kind
  return {
    ...{ measuredAt, seeds, clients: CLIENTS, hours: HOURS },
    tunnels: TUNNELS.flatMap((kind, no) => {
      if (!tunnels(kind)) return []
      const run = (size: readonly [number, number]) =>
        Array.from({ length: seeds }, (_, index) => {
          const seed = seedOf(index, no + (size === SIZES.many ? 500 : 0))
          return runTunnel(kind, seed, size[0] + new Random(seed * 7 + 1).below(size[1]))
        })
      const [few, many] = [run(SIZES.few), run(SIZES.many)]
      const result = {
        id: kind.id,
        tool: kind.tool,
        what: kind.what,
        source: kind.source,
        few: sizeResult(few, kind.tool),
        many: sizeResult(many, kind.tool),
      }
      tell(
        `${kind.id}: ${(['few', 'many'] as const).map((size) => `${size} ${result[size].found}/${result[size].runs} medium ${result[size].atMedium} right ${result[size].right} wrong ${result[size].wrong} queries ${result[size].queriesNeeded} delay ${Math.round((result[size].delayMs ?? 0) / 1000)} s false ${result[size].falseAlarms}`).join(' | ')}`,
        [...few, ...many].flatMap(({ alarms, falseAlarms }) => [...alarms, ...falseAlarms]),
      )
      return [result]
    }),
    honest: HONEST.flatMap((kind, no) => {
      if (!honest(kind)) return []
      const runs = Array.from({ length: seeds }, (_, index) => runHonest(kind, seedOf(index, 900 + no), CLIENTS, HOURS))
      const [on, off] = [runs.flatMap(({ withCatalogue }) => withCatalogue), runs.flatMap(({ without }) => without)]
      const lookups = runs.reduce((sum, run) => sum + run.lookups, 0)
      tell(`${kind.id}: ${lookups} lookups, on ${JSON.stringify(counts(on))}, off ${JSON.stringify(counts(off))}`, off)
      return [
        {
          id: kind.id,
          what: kind.what,
          source: kind.source,
          lookups,
          clientDays: (runs.length * CLIENTS * HOURS * HOUR) / (24 * HOUR),
          withCatalogue: counts(on),
          without: counts(off),
        },
      ]
    }),
  }
}
