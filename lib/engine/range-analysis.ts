import type { Detector, Settings } from '@/lib/detectors/detector'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { KnownAssets } from '@/lib/domain/asset'
import type { AlarmSink, EventStore, TimeRange } from '@/lib/store/ports'
import { writeAlarms } from './alarm-writer'
import { type Analyser, createAnalyser } from './analyse'
import type { AnalysisHeads, Head, HeadReading } from './analysis-heads'
import { PlaceKeeper } from './analysis-places'
import { MINUTE_MS } from './cell-table'
import { type DetectorFailure, guardDetectors } from './detector-guard'
import type { TallyLimits } from './tallies'
import type { EvictionCount } from './tally-eviction'

/** A breath after so long, so that other requests are served meanwhile; a tunnel's events take a hundred times an office's. */
const TURN_MS = 20
const EVENTS_PER_TURN = 5_000
/** Events between two looks at the clock. */
const EVENTS_PER_LOOK = 50
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
    // Late events change what came after them, as far as the windows reach.
    const readToMs = range.toMs + this.lookBackMs
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
    const places = new PlaceKeeper({ analyser, heads: this.options.heads, now: this.options.now, range, reading })
    await this.observe(analyser, { fromMs: readFromMs, toMs: readToMs }, written, places)
    analyser.finish()
    await this.write(analyser.drafts(), written)
    return { alarms: written.all, changed: written.changed, evictions: analyser.evictions(), failures }
  }

  private async observe(analyser: Analyser, range: TimeRange, written: AlarmChanges, places: PlaceKeeper): Promise<void> {
    const { now, pause } = this.options
    let sinceLook = 0
    let sincePause = 0
    let pausedAt = now()
    for (const event of this.options.events.readCounted(range)) {
      if (places.isDueBefore(event.at)) {
        await this.write(analyser.drafts(), written)
        places.keep()
      }
      analyser.observe(event)
      places.observed(event.at)
      sinceLook += 1
      sincePause += 1
      if (sinceLook < EVENTS_PER_LOOK) continue
      sinceLook = 0
      if (sincePause < EVENTS_PER_TURN && now() - pausedAt < TURN_MS) continue
      await this.write(analyser.drafts(), written)
      await pause(0)
      sincePause = 0
      pausedAt = now()
    }
    await this.write(analyser.drafts(), written)
    places.keepLast()
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
