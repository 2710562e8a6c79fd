import type { Detector, DetectorRun, Finding } from '@/lib/detectors/detector'
import { type EffectiveConfig, effectiveConfig } from '@/lib/detectors/effective-settings'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { KnownAssets } from '@/lib/domain/asset'
import type { DetectorConfig } from '@/lib/domain/detector-settings'
import { SEVERITIES } from '@/lib/domain/severity'
import type { EventStore, TimeRange } from '@/lib/store/ports'
import { type Analyser, createAnalyser } from './analyse'
import { createMemoryAlarmSink } from './memory-alarm-sink'

/** Events between two breaths: some 10 ms of one detector's work. */
const EVENTS_PER_TURN = 2_000
const MIN_LOOK_BACK_MS = 3_600_000

export interface HistoryRun {
  readonly events: Pick<EventStore, 'readCounted'>
  readonly detector: Detector
  /** Choices to run with, side by side over the same events. */
  readonly variants: readonly DetectorConfig[]
  /** Alarms that ended before it are left out; what the windows need of the time before is read. */
  readonly range: TimeRange
  /** Longest time it may take by `now`, ms; null: as long as it takes. */
  readonly limitMs: number | null
  /** Wall clock, epoch ms. */
  readonly now: () => number
  /** Lets other work run for at least `ms`. */
  readonly pause: (ms: number) => Promise<void>
  readonly isCancelled?: () => boolean
  /** What people say about hosts and zones. */
  readonly assets?: KnownAssets
  /** @param reachedMs - event time that was looked at. */
  readonly onProgress?: (reachedMs: number) => void
}

export interface HistoryResult {
  /** Alarms of each variant, in the order of `variants`; ordered by opening. */
  readonly alarms: readonly (readonly AlarmDraft[])[]
  /** End of what was looked at: `range.toMs`, or earlier when the time was up. */
  readonly reachedMs: number
  readonly complete: boolean
  readonly events: number
}

/**
 * Runs one detector over stored events, once for each choice of settings, and keeps nothing. The events are read and
 * tallied once; every variant sees the same. Half of the time is left to others.
 *
 * @returns null when it was cancelled.
 */
export async function runOverHistory(options: HistoryRun): Promise<HistoryResult | null> {
  const { detector, variants, range, now } = options
  const sink = createMemoryAlarmSink()
  const named = variants.map((config, index) => variantOf(detector, effectiveConfig(detector.rule, config), `${detector.rule.id}#${index}`))
  const readFromMs = range.fromMs - Math.max(detector.rule.lookBackMs, MIN_LOOK_BACK_MS)
  const analyser = createAnalyser({
    detectors: named,
    findEpisode: sink.findEpisode,
    reportFromMs: range.fromMs,
    observedFromMs: readFromMs,
    ...(options.assets === undefined ? {} : { assets: options.assets }),
  })
  const read = await readThrough(options, analyser, readFromMs, (drafts) => sink.upsert(drafts, now()))
  if (read === null) return null
  analyser.finish()
  sink.upsert(analyser.drafts(), now())
  const found = sink.alarms()
  return {
    ...read,
    alarms: named.map(({ rule }) =>
      found.filter((alarm) => alarm.detector === rule.id).map((alarm) => ({ ...alarm, detector: detector.rule.id })),
    ),
  }
}

/** @returns null when cancelled. */
async function readThrough(
  options: HistoryRun,
  analyser: Analyser,
  readFromMs: number,
  keep: (drafts: readonly AlarmDraft[]) => void,
): Promise<Omit<HistoryResult, 'alarms'> | null> {
  const { events, range, limitMs, now, pause, isCancelled = () => false, onProgress } = options
  const endAt = limitMs === null ? Number.POSITIVE_INFINITY : now() + limitMs
  let turnAt = now()
  let inTurn = 0
  let count = 0
  for (const event of events.readCounted({ fromMs: readFromMs, toMs: range.toMs })) {
    analyser.observe(event)
    if (event.at >= range.fromMs) count += 1
    inTurn += 1
    if (inTurn < EVENTS_PER_TURN) continue
    inTurn = 0
    keep(analyser.drafts())
    onProgress?.(event.at)
    await pause(Math.max(1, now() - turnAt))
    turnAt = now()
    if (isCancelled()) return null
    if (turnAt >= endAt) return { reachedMs: Math.max(range.fromMs, event.at), complete: false, events: count }
  }
  return { reachedMs: range.toMs, complete: true, events: count }
}

/** The detector under another name, so that several stand in one analyser without sharing alarms; off: it sees nothing. */
function variantOf(detector: Detector, { enabled, settings, exceptions }: EffectiveConfig, id: string): Detector {
  const rename = (findings: readonly Finding[]): readonly Finding[] => findings.map((finding) => ({ ...finding, detector: id }))
  return {
    ...detector,
    rule: { ...detector.rule, id },
    create: (): DetectorRun => {
      if (!enabled) return { step: () => [], wakeAt: () => null, snapshot: () => null }
      const run = detector.create(settings, undefined, exceptions)
      return { step: (step) => rename(run.step(step)), wakeAt: () => run.wakeAt(), snapshot: () => run.snapshot() }
    },
  }
}

export interface AlarmDifference {
  /** Raised by the changed settings alone. */
  readonly added: readonly AlarmDraft[]
  /** Raised by the current settings alone. */
  readonly dropped: readonly AlarmDraft[]
  /** Raised by both with another severity. */
  readonly severityChanged: number
}

const keyOf = ({ zone, source }: AlarmDraft): string => JSON.stringify([zone, source])
const overlaps = (a: AlarmDraft, b: AlarmDraft): boolean => a.firstSeenAt <= b.lastSeenAt && b.firstSeenAt <= a.lastSeenAt
const worstFirst = (a: AlarmDraft, b: AlarmDraft): number =>
  SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || b.score - a.score || b.lastSeenAt - a.lastSeenAt

/** Two alarms are the same when zone and source are and their times overlap: other settings may open it earlier or later. */
export function compareAlarms(current: readonly AlarmDraft[], changed: readonly AlarmDraft[]): AlarmDifference {
  const twins = (alarms: readonly AlarmDraft[]) => {
    const byKey = new Map<string, AlarmDraft[]>()
    for (const alarm of alarms) byKey.set(keyOf(alarm), [...(byKey.get(keyOf(alarm)) ?? []), alarm])
    return (alarm: AlarmDraft) => byKey.get(keyOf(alarm))?.filter((other) => overlaps(alarm, other)) ?? []
  }
  const inCurrent = twins(current)
  const inChanged = twins(changed)
  return {
    added: changed.filter((alarm) => inCurrent(alarm).length === 0).sort(worstFirst),
    dropped: current.filter((alarm) => inChanged(alarm).length === 0).sort(worstFirst),
    severityChanged: current.filter((alarm) => {
      const others = inChanged(alarm)
      return others.length > 0 && others.every(({ severity }) => severity !== alarm.severity)
    }).length,
  }
}
