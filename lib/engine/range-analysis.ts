import type { Detector, Settings } from '@/lib/detectors/detector'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { AlarmSink, EventStore, IntakeLog, TimeRange } from '@/lib/store/ports'
import { type Analyser, createAnalyser } from './analyse'
import { AnalysisHeads } from './analysis-heads'
import { MINUTE_MS } from './minute-cell'
import type { TallyLimits } from './tallies'
import type { EvictionCount } from './tally-eviction'

/** Events between two breaths: about 20 ms of work, so that other requests are served meanwhile. */
const EVENTS_PER_TURN = 5_000
/** Alarms written in one transaction of `app.db`; pages wait for its lock, so it is held 20 ms at most. */
const DRAFTS_PER_WRITE = 16
/** A state larger than this (some 100 MB as text) is not kept; the next analysis fills its windows from the store. */
const MAX_HEAD_NAMES = 500_000
const MIN_LOOK_BACK_MS = 60 * MINUTE_MS

export interface RangeAnalysisOptions {
  readonly events: EventStore
  readonly sink: AlarmSink
  readonly detectors: readonly Detector[]
  readonly settings?: Readonly<Record<string, Settings>>
  readonly limits?: Partial<TallyLimits>
  readonly now: () => number
  /** Lets other work run for at least `ms`. */
  readonly pause: (ms: number) => Promise<void>
  /** Where the analysis continues from after a restart; null when nothing is to be continued. */
  readonly checkpoints: IntakeLog | null
}

export interface AnalysisResult {
  /** Alarms opened or continued. */
  readonly alarms: number
  readonly evictions: EvictionCount
}

/** Runs detectors over stored events of a range, and writes the alarms. One at a time: later calls wait. */
export class RangeAnalysis {
  private readonly heads: AnalysisHeads
  private readonly lookBackMs: number
  private queue: Promise<unknown> = Promise.resolve()

  constructor(private readonly options: RangeAnalysisOptions) {
    this.heads = new AnalysisHeads(options.checkpoints)
    this.lookBackMs = options.detectors.reduce((most, { rule }) => Math.max(most, rule.lookBackMs), MIN_LOOK_BACK_MS)
  }

  /** @param range - span of the events that are new; alarms that ended before it are left as they are. */
  run(range: TimeRange, demo: boolean): Promise<AnalysisResult> {
    const result = this.queue.then(() => this.analyse(range, demo))
    this.queue = result.catch(() => {})
    return result
  }

  /** Removes stored events between two analyses; the next one starts from the events that are left. */
  withoutStored(remove: () => void): Promise<void> {
    const result = this.queue.then(() => {
      remove()
      this.heads.clear()
    })
    this.queue = result.catch(() => {})
    return result
  }

  /** Writes the place to continue from. */
  checkpoint(): void {
    this.heads.save()
  }

  private async analyse(range: TimeRange, demo: boolean): Promise<AnalysisResult> {
    const head = this.heads.before(range.fromMs)
    const readFromMs = head === null ? range.fromMs - this.lookBackMs : head.at + 1
    const newest = this.heads.newestAt()
    // Late events change what came after them, as far as the windows reach.
    const readToMs = newest === null || head === null ? range.toMs + this.lookBackMs : Math.max(range.toMs, newest + 1)
    const analyser = createAnalyser({
      detectors: this.options.detectors,
      findEpisode: (key, span, gapMs) => this.options.sink.findEpisode(key, span, gapMs),
      reportFromMs: range.fromMs,
      observedFromMs: head === null ? readFromMs : head.at - MIN_LOOK_BACK_MS,
      demo,
      ...(head === null ? {} : { snapshot: head.snapshot }),
      ...(this.options.settings === undefined ? {} : { settings: this.options.settings }),
      ...(this.options.limits === undefined ? {} : { limits: this.options.limits }),
    })
    const written = new Set<string>()
    const lastAt = await this.observe(analyser, { fromMs: readFromMs, toMs: readToMs }, written)
    this.keepHead(analyser, lastAt, range.fromMs)
    analyser.finish()
    await this.write(analyser.drafts(), written)
    return { alarms: written.size, evictions: analyser.evictions() }
  }

  /** @returns instant of the last event, null when there was none. */
  private async observe(analyser: Analyser, range: TimeRange, written: Set<string>): Promise<number | null> {
    let lastAt: number | null = null
    let sincePause = 0
    for (const event of this.options.events.readCounted(range)) {
      analyser.observe(event)
      lastAt = event.at
      sincePause += 1
      if (sincePause < EVENTS_PER_TURN) continue
      sincePause = 0
      await this.write(analyser.drafts(), written)
      await this.options.pause(0)
    }
    return lastAt
  }

  private keepHead(analyser: Analyser, lastAt: number | null, newFromMs: number): void {
    if (lastAt === null || this.options.checkpoints === null) return
    if (analyser.namesHeld() > MAX_HEAD_NAMES) this.heads.clear()
    else this.heads.add(lastAt, analyser.snapshot(), newFromMs, this.options.now())
  }

  private async write(drafts: readonly AlarmDraft[], written: Set<string>): Promise<void> {
    for (let i = 0; i < drafts.length; i += DRAFTS_PER_WRITE) {
      const part = drafts.slice(i, i + DRAFTS_PER_WRITE)
      const startedAt = this.options.now()
      this.options.sink.upsert(part, startedAt)
      for (const { id } of part) written.add(id)
      // The pages' connection gets the lock for as long as we had it.
      if (i + DRAFTS_PER_WRITE < drafts.length) await this.options.pause(Math.max(1, this.options.now() - startedAt))
    }
  }
}
