import { STEP_MS } from '@/lib/detectors/detector'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { IntakeLog, TimeRange } from '@/lib/store/ports'
import { writeAlarms } from './alarm-writer'
import { type Analyser, createAnalyser } from './analyse'
import { MAX_HEAD_NAMES } from './analysis-places'
import { guardDetectors } from './detector-guard'
import { withLate } from './live-late'
import { type LivePlace, loadLivePlace, saveLivePlace } from './live-place'
import { observeSlice } from './live-reader'
import { MAX_HOLD_MS } from './live-watermark'
import { MIN_LOOK_BACK_MS, type RangeAnalysis, type RangeAnalysisOptions } from './range-analysis'

/** What a kill costs: so much event time is observed again. A saved state is tens of megabytes, so not more often. */
const CHECKPOINT_EVERY_MS = 300_000
/** Late events rarely come alone: they are gathered before their time is analysed again. */
const REPAIR_AFTER_MS = 10_000
const REPAIR_EVERY_MS = 30_000
/** After a failure the analysis is tried again after so long, twice as long each time. */
const RETRY_MS = 1_000
const MAX_RETRY_MS = 300_000
/** Rest after a repair, in lengths of that repair: repairs take a tenth of the time at most, however late a source is. */
const REPAIR_REST = 9

export interface LiveLaneOptions extends RangeAnalysisOptions {
  readonly log: IntakeLog
  readonly analysis: RangeAnalysis
  /** Something failed that storing goes on without. */
  readonly onFailure: (what: string, error: unknown) => void
}

interface Watch extends TimeRange {
  readonly alarmIds: Set<string>
  readonly onPassed: (alarmIds: ReadonlySet<string>) => void
}

/**
 * The resident analysis: one analyser in memory that has observed everything stored before `passedMs`, and goes on with
 * the watermark. Events stored behind it are late; their time is analysed again beside it, and the corrected analyser
 * takes its place.
 */
export class LiveLane {
  private analyser: Analyser | null = null
  private passed: number | null = null
  private place: LivePlace | null = null
  private late: readonly TimeRange[] = []
  private lateSince: number | null = null
  private repairing: Promise<void> | null = null
  private nextRepairAt = Number.NEGATIVE_INFINITY
  private checkpointAt = Number.NEGATIVE_INFINITY
  private watches: Watch[] = []
  /** Raised when stored events were removed: what is under way then is void. */
  private epoch = 0
  /** Imports that stored events the analyser has passed, until `missed` tells of them. */
  private readonly storing = new Set<string>()
  private failures = 0
  private nextTryAt = Number.NEGATIVE_INFINITY

  constructor(private readonly options: LiveLaneOptions) {}

  /** Event time before which everything stored is observed; null while the lane is not open. */
  get passedMs(): number | null {
    return this.passed
  }

  /** True when nothing late is left to be analysed again. */
  get isInOrder(): boolean {
    return this.late.length === 0 && this.repairing === null
  }

  /** True while the analysis cannot go on; what comes in is still stored. */
  get isFailing(): boolean {
    return this.failures > 0
  }

  /** Goes on where an earlier process stopped. @returns false when none had begun. */
  resume(): boolean {
    this.place ??= loadLivePlace(this.options.log)
    if (this.place === null) return false
    if (this.passed !== null) return true
    const { analysedToMs, late } = this.place
    this.passed = analysedToMs
    for (const range of late) this.addLate(range)
    // Places taken later were void when the process ended, or may have been.
    this.options.heads.dropFrom(Math.min(analysedToMs, ...late.map(({ fromMs }) => fromMs)))
    return true
  }

  /** To be called before events of the range are stored: a kill in between loses no detection. */
  willStore(range: TimeRange): void {
    if (this.passed === null && !this.resume()) this.begin(range.fromMs)
    if (this.place === null || range.fromMs >= this.place.analysedToMs) return
    const late = withLate(this.place.late, range)
    if (late !== this.place.late) this.savePlace({ ...this.place, late })
  }

  /** To be called when they are stored and at least one was new. */
  didStore(range: TimeRange): void {
    this.options.heads.dropFrom(range.fromMs)
    if (this.passed !== null && range.fromMs < this.passed) this.addLate({ fromMs: range.fromMs, toMs: Math.min(range.toMs, this.passed) })
  }

  /**
   * To be called when an import stored new events; its alarms are raised by an analysis of its own, after which it calls
   * `missed`.
   */
  importStored(token: string, range: TimeRange): void {
    this.options.heads.dropFrom(range.fromMs)
    if (this.passed !== null && range.fromMs < this.passed) this.storing.add(token)
  }

  /** The alarms of the range are raised; this analyser has still to learn of its events. */
  missed(token: string, range: TimeRange): void {
    const { passed } = this
    if (passed !== null && range.fromMs < passed) {
      const fromMs = Math.max(range.fromMs, passed - this.options.analysis.lookBackMs)
      if (fromMs < range.toMs) {
        this.willStore({ fromMs, toMs: range.toMs })
        this.addLate({ fromMs, toMs: Math.min(range.toMs, passed) })
      }
    }
    this.storing.delete(token)
  }

  /** Calls back once everything in the range is observed, with the number of alarms reported meanwhile that lie in it. */
  watch(range: TimeRange, onPassed: (alarmIds: ReadonlySet<string>) => void): void {
    this.watches.push({ ...range, alarmIds: new Set(), onPassed })
  }

  /** One turn: observes what the watermark has passed, starts a repair that is due, keeps the place. Not re-entrant. */
  async advance(watermarkMs: number): Promise<void> {
    if (this.passed === null || this.options.now() < this.nextTryAt) return
    try {
      if (this.analyser === null) await this.start()
      await this.observeTo(Math.max(watermarkMs, this.passed))
      this.failures = 0
    } catch (error) {
      this.fail(error)
      return
    }
    this.tellWatches()
    if (this.isRepairDue()) this.repairing = this.repair()
    if (this.options.now() - this.checkpointAt >= CHECKPOINT_EVERY_MS) this.checkpoint()
  }

  /** Resolves when no repair runs. */
  async settled(): Promise<void> {
    await this.repairing
  }

  /** Writes the place to continue from, when there is one. */
  checkpoint(): void {
    const { analyser, passed, options } = this
    if (analyser === null || passed === null || this.isBehind()) return
    this.checkpointAt = options.now()
    if (analyser.namesHeld() <= MAX_HEAD_NAMES) {
      options.heads.add(passed - 1, () => analyser.snapshot(), this.checkpointAt)
      options.heads.save(this.checkpointAt)
    }
    this.savePlace({ analysedToMs: passed, late: this.late })
  }

  /** Stored events were removed: the state is built anew from those that are left. */
  forget(): void {
    this.epoch += 1
    this.analyser = null
  }

  private begin(firstAt: number): void {
    const fromMs = Math.min(firstAt, this.options.now() - MAX_HOLD_MS)
    this.passed = fromMs - (fromMs % STEP_MS)
    this.savePlace({ analysedToMs: this.passed, late: [] })
  }

  private savePlace(place: LivePlace): void {
    saveLivePlace(this.options.log, place)
    this.place = place
  }

  private addLate(range: TimeRange): void {
    this.late = withLate(this.late, range)
    this.lateSince ??= this.options.now()
  }

  /** What the analyser holds may be half of a step: it is built anew from the last place kept. */
  private fail(error: unknown): void {
    this.analyser = null
    this.failures += 1
    // What fails again may be the saved place: the next try starts from the events.
    if (this.failures > 1) this.options.heads.clear()
    this.nextTryAt = this.options.now() + Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** this.failures)
    this.options.onFailure('analysing what is stored', error)
  }

  private async start(): Promise<void> {
    const near = this.late.filter((range) => this.isNear(range))
    this.late = this.late.filter((range) => !near.includes(range))
    if (this.late.length === 0) this.lateSince = null
    const fromMs = Math.min(this.place?.analysedToMs ?? 0, ...near.map((range) => range.fromMs))
    await this.orLateAgain(near, () => this.rebuild(fromMs))
    this.checkpointAt = this.options.now()
  }

  /** Ranges whose analysis did not come to its end stay late. */
  private async orLateAgain(ranges: readonly TimeRange[], work: () => Promise<boolean>): Promise<void> {
    let isDone = false
    try {
      isDone = await work()
    } finally {
      if (!isDone) for (const range of ranges) this.addLate(range)
    }
  }

  /** Reads on in slices without a pause within, so that nothing is stored behind the reader unnoticed. */
  private async observeTo(toMs: number): Promise<void> {
    const { epoch } = this
    for (let first = true; this.analyser !== null && this.passed !== null && this.passed < toMs; first = false) {
      if (!first) await this.options.pause(0)
      if (epoch !== this.epoch || this.analyser === null) return
      this.passed = observeSlice(this.options.events, this.analyser, this.passed, toMs, this.options.now)
      await this.write(this.analyser.drafts())
    }
  }

  /** Builds the analyser from a place before, or from the events; it takes over when it has caught up. @returns false when void. */
  private async rebuild(reportFromMs: number): Promise<boolean> {
    const { options, epoch } = this
    const head = options.heads.before(this.passed ?? 0)
    let position = head === null ? reportFromMs - options.analysis.lookBackMs : head.at + 1
    const analyser = createAnalyser({
      detectors: guardDetectors(options.detectors, ({ detector, message }) => options.onFailure(`the detector ${detector}`, message)),
      findEpisode: (key, span, gapMs) => options.sink.findEpisode(key, span, gapMs),
      reportFromMs,
      observedFromMs: head === null ? position : head.at - MIN_LOOK_BACK_MS,
      ...(head === null ? {} : { snapshot: head.snapshot }),
      ...(options.settings === undefined ? {} : { settings: options.settings }),
      ...(options.assets === undefined ? {} : { assets: options.assets }),
      ...(options.limits === undefined ? {} : { limits: options.limits }),
    })
    while (position < (this.passed ?? 0)) {
      position = observeSlice(options.events, analyser, position, this.passed ?? 0, options.now)
      await this.write(analyser.drafts())
      await options.pause(0)
      if (epoch !== this.epoch) return false
    }
    // Nothing ran since the last comparison: both have observed the same.
    this.analyser = analyser
    return true
  }

  private isNear({ toMs }: TimeRange): boolean {
    return toMs + this.options.analysis.lookBackMs >= (this.passed ?? 0)
  }

  /** Some of what lies before `passed` is unknown to the analyser: its state is no place to continue from. */
  private isBehind(): boolean {
    return this.repairing !== null || this.storing.size > 0 || this.late.some((range) => this.isNear(range))
  }

  private isRepairDue(): boolean {
    const now = this.options.now()
    return this.repairing === null && this.lateSince !== null && now - this.lateSince >= REPAIR_AFTER_MS && now >= this.nextRepairAt
  }

  private async repair(): Promise<void> {
    const { options, late } = this
    const startedAt = options.now()
    this.late = []
    this.lateSince = null
    const near = late.filter((range) => this.isNear(range))
    const far = late.filter((range) => !near.includes(range))
    try {
      if (near.length > 0) await this.orLateAgain(near, () => this.rebuild(Math.min(...near.map(({ fromMs }) => fromMs))))
      for (const range of far) await this.orLateAgain([range], () => options.analysis.run(range, false).then(() => true))
    } catch (error) {
      options.onFailure('analysing late events', error)
    }
    const endedAt = options.now()
    this.nextRepairAt = endedAt + Math.max(REPAIR_EVERY_MS, REPAIR_REST * (endedAt - startedAt))
    this.repairing = null
  }

  private async write(drafts: readonly AlarmDraft[]): Promise<void> {
    if (drafts.length === 0) return
    for (const { fromMs, toMs, alarmIds } of this.watches)
      for (const { id, firstSeenAt, lastSeenAt } of drafts) if (firstSeenAt < toMs && lastSeenAt >= fromMs) alarmIds.add(id)
    await writeAlarms(this.options, drafts)
  }

  private tellWatches(): void {
    const { passed } = this
    if (passed === null) return
    // The step that holds the last event is closed when time has passed its end.
    const isOver = ({ toMs }: Watch): boolean => passed >= toMs + STEP_MS
    const over = this.watches.filter(isOver)
    if (over.length === 0) return
    this.watches = this.watches.filter((watch) => !isOver(watch))
    for (const { onPassed, alarmIds } of over) onPassed(alarmIds)
  }
}
