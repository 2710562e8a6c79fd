import type { Detector, Settings } from '@/lib/detectors/detector'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { KnownAssets } from '@/lib/domain/asset'
import type { AlarmSink, EventStore, TimeRange } from '@/lib/store/ports'
import { writeAlarms } from './alarm-writer'
import { type Analyser, createAnalyser } from './analyse'
import type { AnalysisHeads, Head, HeadReading } from './analysis-heads'
import { MINUTE_MS } from './cell-table'
import { type DetectorFailure, guardDetectors } from './detector-guard'
import type { TallyLimits } from './tallies'
import type { EvictionCount } from './tally-eviction'

/** Events between two breaths: about 20 ms of work, so that other requests are served meanwhile. */
const EVENTS_PER_TURN = 5_000
/** A state larger than this (some 100 MB as text) is not kept; the next analysis fills its windows from the store. */
export const MAX_HEAD_NAMES = 500_000
export const MIN_LOOK_BACK_MS = 60 * MINUTE_MS

export const lookBackOf = (detectors: readonly Detector[]): number =>
  detectors.reduce((most, { rule }) => Math.max(most, rule.lookBackMs), MIN_LOOK_BACK_MS)

export interface RangeAnalysisOptions {
  readonly events: EventStore
  readonly sink: AlarmSink
  readonly detectors: readonly Detector[]
  readonly settings?: Readonly<Record<string, Settings>>
  readonly limits?: Partial<TallyLimits>
  /** False: the benign catalogue lowers and hides nothing. */
  readonly withCatalogue?: boolean
  /** What people say about hosts and zones; may change while it runs. */
  readonly assets?: KnownAssets
  readonly now: () => number
  /** Lets other work run for at least `ms`. */
  readonly pause: (ms: number) => Promise<void>
  /** Where an analysis continues from. */
  readonly heads: AnalysisHeads
  /** Called when a detector threw; the analysis goes on without what it held. */
  readonly onDetectorFailure?: (failure: DetectorFailure) => void
}

export interface AnalysisResult {
  /** Alarms reported, those included that are as they were before. */
  readonly alarms: number
  /** Ids of alarms opened, or grown by events that no analysis had seen. */
  readonly changed: readonly string[]
  readonly failures: readonly DetectorFailure[]
  readonly evictions: EvictionCount
}

/** Runs detectors over stored events of a range, and writes the alarms. One at a time: later calls wait. */
export class RangeAnalysis {
  /** How far back from an event its analysis has to begin. */
  readonly lookBackMs: number
  private queue: Promise<unknown> = Promise.resolve()

  constructor(private readonly options: RangeAnalysisOptions) {
    this.lookBackMs = lookBackOf(options.detectors)
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
      this.options.heads.clear()
    })
    this.queue = result.catch(() => {})
    return result
  }

  private async analyse(range: TimeRange, demo: boolean): Promise<AnalysisResult> {
    const { heads } = this.options
    const reading = heads.begin()
    try {
      return await this.analyseFrom(heads.before(range.fromMs), range, demo, reading)
    } finally {
      heads.end(reading)
    }
  }

  private async analyseFrom(head: Head | null, range: TimeRange, demo: boolean, reading: HeadReading): Promise<AnalysisResult> {
    const readFromMs = head === null ? range.fromMs - this.lookBackMs : head.at + 1
    const newest = this.options.heads.newestAt()
    // Late events change what came after them, as far as the windows reach.
    const readToMs = newest === null || head === null ? range.toMs + this.lookBackMs : Math.max(range.toMs, newest + 1)
    const failures: DetectorFailure[] = []
    const analyser = createAnalyser({
      detectors: guardDetectors(this.options.detectors, (failure) => {
        failures.push(failure)
        this.options.onDetectorFailure?.(failure)
      }),
      findEpisode: (key, span, gapMs) => this.options.sink.findEpisode(key, span, gapMs),
      reportFromMs: range.fromMs,
      observedFromMs: head === null ? readFromMs : head.at - MIN_LOOK_BACK_MS,
      demo,
      ...(head === null ? {} : { snapshot: head.snapshot }),
      ...(this.options.settings === undefined ? {} : { settings: this.options.settings }),
      ...(this.options.limits === undefined ? {} : { limits: this.options.limits }),
      ...(this.options.assets === undefined ? {} : { assets: this.options.assets }),
      ...(this.options.withCatalogue === undefined ? {} : { withCatalogue: this.options.withCatalogue }),
    })
    const written = new AlarmChanges(this.options.sink)
    const lastAt = await this.observe(analyser, { fromMs: readFromMs, toMs: readToMs }, written)
    this.keepHead(analyser, lastAt, reading)
    analyser.finish()
    await this.write(analyser.drafts(), written)
    return { alarms: written.all, changed: written.changed, evictions: analyser.evictions(), failures }
  }

  /** @returns instant of the last event, null when there was none. */
  private async observe(analyser: Analyser, range: TimeRange, written: AlarmChanges): Promise<number | null> {
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

  private keepHead(analyser: Analyser, lastAt: number | null, reading: HeadReading): void {
    if (lastAt === null) return
    if (analyser.namesHeld() > MAX_HEAD_NAMES) this.options.heads.clear()
    else this.options.heads.add(lastAt, () => analyser.snapshot(), this.options.now(), reading)
  }

  private write(drafts: readonly AlarmDraft[], written: AlarmChanges): Promise<void> {
    written.note(drafts)
    return writeAlarms(this.options, drafts)
  }
}

/** What the sink held of an alarm before this analysis, and what it holds now. */
class AlarmChanges {
  private readonly byId = new Map<string, { readonly before: AlarmDraft | null; now: AlarmDraft }>()

  constructor(private readonly sink: AlarmSink) {}

  get all(): number {
    return this.byId.size
  }

  get changed(): readonly string[] {
    return [...this.byId].filter(([, { before, now }]) => before === null || hasGrown(before, now)).map(([id]) => id)
  }

  /** To be called before the drafts are written. */
  note(drafts: readonly AlarmDraft[]): void {
    for (const draft of drafts) {
      const known = this.byId.get(draft.id)
      if (known !== undefined) {
        known.now = draft
        continue
      }
      const found = this.sink.findEpisode(draft, { fromMs: draft.firstSeenAt, toMs: draft.lastSeenAt + 1 }, 0)
      this.byId.set(draft.id, { before: found?.id === draft.id ? found : null, now: draft })
    }
  }
}

const hasGrown = (before: AlarmDraft, now: AlarmDraft): boolean =>
  now.queries > before.queries ||
  now.firstSeenAt < before.firstSeenAt ||
  now.lastSeenAt > before.lastSeenAt ||
  now.recurrences > before.recurrences ||
  now.score > before.score
