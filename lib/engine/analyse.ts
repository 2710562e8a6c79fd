import {
  type Detector,
  type DetectorRun,
  defaultsOf,
  type Finding,
  type RuleException,
  type Settings,
  STEP_MS,
  type TallyView,
} from '@/lib/detectors/detector'
import { Annotator, type Network } from '@/lib/detectors/facts/annotate'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { KnownAssets } from '@/lib/domain/asset'
import type { CountedLookup } from '@/lib/domain/dns-event'
import type { LogEvent } from '@/lib/domain/log-event'
import type { ProcessEvent } from '@/lib/domain/process-event'
import { MINUTE_MS } from './cell-table'
import { EpisodeKeeper, type EpisodeOptions, type FindEpisode } from './episodes'
import { type CellSource, DEFAULT_LIMITS, Tallies, type TallyLimits } from './tallies'
import type { EvictionCount } from './tally-eviction'

/** How far `finish` runs the clock on for detectors that wait for the end of a window. */
const FINISH_MS = 24 * 3_600_000

export interface AnalyserOptions {
  readonly detectors: readonly Detector[]
  /** Settings by detector id; a missing one runs with its defaults. */
  readonly settings?: Readonly<Record<string, Settings>>
  /** Exceptions by detector id. */
  readonly exceptions?: Readonly<Record<string, readonly RuleException[]>>
  /** From `snapshot()` of an analyser with the same detectors. */
  readonly snapshot?: unknown
  /** Looks up an alarm of an earlier analysis that an episode continues. */
  readonly findEpisode?: FindEpisode
  /** Events before it only fill the windows: an alarm that ended before it is not reported. Epoch ms. */
  readonly reportFromMs?: number
  /** First instant whose events are all observed, when earlier ones exist; see `EpisodeOptions`. */
  readonly observedFromMs?: number
  /** Marks the alarms as made from demonstration data. */
  readonly demo?: boolean
  readonly limits?: Partial<TallyLimits>
  /** False: the benign catalogue lowers and hides nothing. */
  readonly withCatalogue?: boolean
  /** What people say about hosts and zones; nothing when absent. */
  readonly assets?: KnownAssets
}

/**
 * Runs detectors over a stream of events. Pure: no clock, no store; the same events in the same order give the same
 * drafts, wherever it was stopped and continued by a snapshot.
 */
export interface Analyser {
  /** Events come in (at, id) order. */
  observe(event: LogEvent | CountedLookup): void
  /** Closes the steps that end at or before `eventTimeMs`. */
  advanceTo(eventTimeMs: number): void
  /** Closes the last step and wakes detectors due within 24 h of event time. */
  finish(): void
  /** Alarms opened or changed since the last call, in order of opening. */
  drafts(): readonly AlarmDraft[]
  /** What was dropped from memory because the limits were reached. */
  evictions(): EvictionCount
  /** Distinct names in memory, an upper bound; the size of a snapshot. */
  namesHeld(): number
  /** JSON; taken between two calls. */
  snapshot(): unknown
}

interface AnalyserSnapshot {
  readonly stepEnd: number | null
  readonly processes: readonly ProcessEvent[]
  readonly tallies: unknown
  readonly episodes: unknown
  readonly runs: Readonly<Record<string, unknown>>
  readonly annotator?: unknown
}

const HOUR_MS = 60 * MINUTE_MS
/** Before a silence of this length, minutes are counted that would leave memory during it. */
const SILENCE_MS = 30 * MINUTE_MS

/** Steps end on multiples of ten seconds of event time, so that where a file begins does not matter. */
const stepEndAfter = (at: number): number => at - (at % STEP_MS) + STEP_MS
const stepEndAtOrAfter = (at: number): number => Math.ceil(at / STEP_MS) * STEP_MS

export function createAnalyser(options: AnalyserOptions): Analyser {
  return new StepAnalyser(options)
}

function episodeOptions(options: AnalyserOptions): EpisodeOptions {
  return {
    findEpisode: options.findEpisode ?? (() => null),
    reportFromMs: options.reportFromMs ?? null,
    observedFromMs: options.observedFromMs ?? null,
    demo: options.demo ?? false,
  }
}

class StepAnalyser implements Analyser {
  private readonly runs: readonly { readonly id: string; readonly run: DetectorRun }[]
  private readonly tallies: Tallies
  private readonly episodes: EpisodeKeeper
  private readonly annotator: Annotator
  /** End of the step under way; null before the first event. */
  private stepEnd: number | null
  private processes: ProcessEvent[]

  constructor(options: AnalyserOptions) {
    const { detectors, settings = {}, exceptions = {} } = options
    const from = options.snapshot as AnalyserSnapshot | undefined
    this.tallies = new Tallies({ ...DEFAULT_LIMITS, ...options.limits }, from?.tallies)
    const cells: CellSource = (source, zone, fromMs) => this.tallies.cellsOf(source, zone, fromMs)
    this.episodes = new EpisodeKeeper(episodeOptions(options), cells, from?.episodes)
    const { assets } = options
    this.annotator = new Annotator({ withCatalogue: options.withCatalogue ?? true, ...(assets && { assets }) }, from?.annotator)
    this.stepEnd = from?.stepEnd ?? null
    this.processes = [...(from?.processes ?? [])]
    this.runs = detectors.map((detector) => {
      const { id } = detector.rule
      return { id, run: detector.create(settings[id] ?? defaultsOf(detector.rule), from?.runs[id], exceptions[id]) }
    })
  }

  observe(event: LogEvent | CountedLookup): void {
    if (this.stepEnd === null) this.stepEnd = stepEndAfter(event.at)
    else if (event.at >= this.stepEnd) {
      this.closeUpTo(event.at)
      this.stepEnd = stepEndAfter(event.at)
    }
    if (event.kind === 'process') this.processes.push(event)
    else this.tallies.addOnce(event)
  }

  advanceTo(eventTimeMs: number): void {
    if (this.stepEnd === null || eventTimeMs < this.stepEnd) return
    this.closeUpTo(eventTimeMs)
    this.stepEnd = stepEndAfter(eventTimeMs)
    // Time that passes without events: minutes close, and what they hold is reported.
    this.episodes.advanceTo(eventTimeMs)
  }

  finish(): void {
    if (this.stepEnd === null) return
    const end = this.stepEnd + FINISH_MS
    this.closeUpTo(end)
    this.stepEnd = null
    this.episodes.finish(end)
  }

  drafts(): readonly AlarmDraft[] {
    return this.episodes.takeDrafts()
  }

  evictions(): EvictionCount {
    return this.tallies.evictions
  }

  namesHeld(): number {
    return this.tallies.size.names
  }

  snapshot(): unknown {
    return {
      stepEnd: this.stepEnd,
      processes: [...this.processes],
      tallies: this.tallies.snapshot(),
      episodes: this.episodes.snapshot(),
      annotator: this.annotator.snapshot(),
      runs: Object.fromEntries(this.runs.map(({ id, run }) => [id, run.snapshot()])),
    } satisfies AnalyserSnapshot
  }

  /** Closes the step under way, then jumps over silence, stopping only where a detector asked to be woken. */
  private closeUpTo(eventTimeMs: number): void {
    if (this.stepEnd === null) return
    const isEmpty = this.tallies.isUntouched && this.processes.length === 0
    if (!isEmpty) this.closeStep(this.stepEnd)
    if (eventTimeMs - this.stepEnd >= SILENCE_MS) this.episodes.countUpTo(this.stepEnd + MINUTE_MS)
    for (let last = isEmpty ? this.stepEnd - STEP_MS : this.stepEnd; ; ) {
      const wake = this.nextWake(last)
      if (wake === null || wake > eventTimeMs) return
      this.wake(wake)
      last = wake
    }
  }

  private closeStep(nowMs: number): void {
    const touched = this.tallies.takeTouched()
    const processes = this.processes
    this.processes = []
    this.annotator.observe(nowMs, touched)
    const view = this.tallies.viewAt(nowMs)
    const step = { fromMs: nowMs - STEP_MS, nowMs, touched, processes, view }
    const findings: Finding[] = []
    for (const { run } of this.runs) for (const finding of run.step(step)) findings.push(finding)
    this.keep(findings, nowMs, view)
  }

  /** End of the first step after `last` at which some detector wants to look; null when none does. */
  private nextWake(last: number): number | null {
    let next: number | null = null
    for (const { run } of this.runs) {
      const wakeAt = run.wakeAt()
      if (wakeAt === null) continue
      const at = Math.max(stepEndAtOrAfter(wakeAt), last + STEP_MS)
      if (next === null || at < next) next = at
    }
    return next
  }

  /** Only the detectors that are due are stepped: one detector's appointments do not show in another's output. */
  private wake(nowMs: number): void {
    const view = this.tallies.viewAt(nowMs)
    const findings: Finding[] = []
    for (const { run } of this.runs) {
      const wakeAt = run.wakeAt()
      if (wakeAt === null || wakeAt > nowMs) continue
      for (const finding of run.step({ fromMs: nowMs - STEP_MS, nowMs, touched: [], processes: [], view })) findings.push(finding)
    }
    this.keep(findings, nowMs, view)
  }

  private keep(findings: readonly Finding[], nowMs: number, view: TallyView): void {
    let types: Readonly<Record<string, number>> | null = null
    const network: Network = {
      gapsOf: (source, zone) => this.tallies.gapsOf(source, zone),
      typesOfHour: () => {
        types ??= this.tallies.typesSince(nowMs - HOUR_MS)
        return types
      },
    }
    for (const finding of findings) this.episodes.observe(this.annotator.annotate(finding, view, network))
    this.episodes.advanceTo(nowMs)
  }
}
