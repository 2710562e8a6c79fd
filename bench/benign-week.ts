/**
 * False alarms on made-up ordinary traffic with stated distributions (lib/evaluation/benign-week), streamed into the
 * analyser without a store.
 *
 *   npx tsx bench/benign-week.ts [--clients 1000] [--days 7] [--seed 1] [--from-hour 0] [--json OUT]
 */
import { writeFileSync } from 'node:fs'
import { detectors } from '@/lib/detectors/index'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { BenignWeek } from '@/lib/domain/evaluation'
import { createAnalyser } from '@/lib/engine/analyse'
import { createMemoryAlarmSink } from '@/lib/engine/memory-alarm-sink'
import { benignTraffic } from '@/lib/evaluation/benign-week/stream'
import { poissonUpperLimit } from '@/lib/evaluation/rates'

const EVENTS_A_LOOK = 20_000
const PROGRESS_MS = 4 * 3_600_000

function option(name: string, otherwise: string): string {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise)
}

const [clients, days, seed] = [Number(option('clients', '1000')), Number(option('days', '7')), Number(option('seed', '1'))]
/** A Monday; days may be a part of one, and begin at an hour of it. */
const START_MS = Date.UTC(2026, 9, 5, Number(option('from-hour', '0')))
const sink = createMemoryAlarmSink()
const analyser = createAnalyser({ detectors, findEpisode: (key, span, gapMs) => sink.findEpisode(key, span, gapMs) })
const startedAt = performance.now()
const mix: Record<string, number> = {}
let lookups = 0
let peakMemoryBytes = 0
let shown = -1

/** Alarms that the catalogue does not explain. */
const open = () => sink.alarms().filter(({ evidence }) => evidence.suppression === null)

function look(at: number): void {
  const drafts = analyser.drafts()
  const opened = new Set(sink.upsert(drafts, at))
  for (const { id, detector, severity, zone, summary, evidence } of drafts)
    if (opened.delete(id) && evidence.suppression === null)
      console.error(`${new Date(at).toISOString()} ${detector} ${severity} ${zone}: ${summary}`)
  peakMemoryBytes = Math.max(peakMemoryBytes, process.memoryUsage().rss)
  const hours = Math.floor((at - START_MS) / PROGRESS_MS) * (PROGRESS_MS / 3_600_000)
  if (hours === shown) return
  shown = hours
  const seconds = Math.round((performance.now() - startedAt) / 1_000)
  console.error(`hour ${hours}: ${lookups} lookups, ${open().length} alarms, ${Math.round(peakMemoryBytes / 2 ** 20)} MiB, ${seconds} s`)
}

for (const { kind, lookup } of benignTraffic({ clients, days, seed, startMs: START_MS })) {
  lookups += 1
  mix[kind] = (mix[kind] ?? 0) + 1
  if (lookup === null) continue
  analyser.observe(lookup)
  if (lookups % EVENTS_A_LOOK === 0) look(lookup.at)
}
analyser.finish()
look(START_MS + days * 86_400_000 - 1)

/** Alarms of one detector, severity and zone are one row. */
function rows(alarms: readonly AlarmDraft[]): BenignWeek['alarms'] {
  const byKey = new Map<string, BenignWeek['alarms'][number]>()
  for (const { detector, severity, zone, summary } of alarms) {
    const key = `${detector} ${severity} ${zone}`
    const known = byKey.get(key)
    byKey.set(key, { detector, severity, zone: zone ?? '–', count: (known?.count ?? 0) + 1, example: known?.example ?? summary })
  }
  return [...byKey.values()].sort((a, b) => b.count - a.count)
}

const alarms = open()
const clientDays = clients * days
const rate = (exposure: number) => ({ rate: alarms.length / exposure, provenBelow: poissonUpperLimit(alarms.length) / exposure })
const result: BenignWeek = {
  ...{ measuredAt: new Date().toISOString(), clients, days, seed, lookups, clientDays, peakMemoryBytes, mix },
  tookMs: Math.round(performance.now() - startedAt),
  alarms: rows(alarms),
  suppressed: sink.alarms().length - alarms.length,
  per1000ClientsADay: rate(clientDays / 1_000),
  per100kLookups: rate(lookups / 100_000),
}
console.log(JSON.stringify(result, null, 1))
const evictions = analyser.evictions()
if (evictions.pairs > 0) console.error(`left out for memory: ${evictions.pairs} pairs, ${evictions.queries} lookups`)
if (option('json', '') !== '') writeFileSync(option('json', ''), `${JSON.stringify(result, null, 1)}\n`)
