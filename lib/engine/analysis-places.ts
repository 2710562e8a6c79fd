import type { TimeRange } from '@/lib/store/ports'
import type { Analyser } from './analyse'
import type { AnalysisHeads, HeadReading } from './analysis-heads'

/** A state larger than this (some 100 MB as text) is not kept; the next analysis fills its windows from the store. */
export const MAX_HEAD_NAMES = 500_000
/** Places on the way are held as text until they are saved: a few of them at a time, so smaller ones. */
const MAX_NAMES_ON_THE_WAY = 100_000
/** What a place saves must be worth more than making it: to write ten names down costs about as much as to observe an event. */
const NAMES_PER_EVENT = 10
const LEAST_EVENTS = 500
/** On the way nobody may ever ask for it, so it may cost a fortieth of what it would save. */
const EVENTS_PER_PLACE = 20_000
const EVENTS_PER_NAME = 4

export interface PlaceKeeperOptions {
  readonly analyser: Pick<Analyser, 'namesHeld' | 'snapshot'>
  readonly heads: AnalysisHeads
  /** Wall clock, epoch ms. */
  readonly now: () => number
  /** Span of the events that are new; what comes before it only fills the windows. */
  readonly range: TimeRange
  readonly reading: HeadReading
}

/**
 * Decides where in an analysis a place to continue from is kept: right before the new events, because what comes next is
 * often of the same minutes, now and then on the way, and at the end. Without them each import would observe again what
 * all those of its hours had stored.
 *
 * A snapshot must hold no draft that is not yet written: continued later, it would put an alarm back to what it was. So
 * whoever keeps a place writes the drafts first.
 */
export class PlaceKeeper {
  private lastAt: number | null = null
  private sincePlace = 0

  constructor(private readonly options: PlaceKeeperOptions) {}

  /** True when a place is worth keeping before an event of this instant is observed. */
  isDueBefore(at: number): boolean {
    const { lastAt, sincePlace } = this
    if (sincePlace < LEAST_EVENTS || lastAt === null || lastAt === at) return false
    const { fromMs } = this.options.range
    const reachesNew = lastAt < fromMs && at >= fromMs
    if (!reachesNew && sincePlace < EVENTS_PER_PLACE) return false
    const names = this.options.analyser.namesHeld()
    return names <= MAX_NAMES_ON_THE_WAY && sincePlace >= (reachesNew ? names / NAMES_PER_EVENT : names * EVENTS_PER_NAME)
  }

  observed(at: number): void {
    this.lastAt = at
    this.sincePlace += 1
  }

  /** To be called when every draft is written, before the next event is observed. */
  keep(): void {
    const { analyser, heads, now, reading } = this.options
    if (this.lastAt !== null) heads.add(this.lastAt, () => analyser.snapshot(), now(), reading)
    this.sincePlace = 0
  }

  /** To be called when the last event is observed and every draft written. */
  keepLast(): void {
    if (this.lastAt === null) return
    if (this.options.analyser.namesHeld() > MAX_HEAD_NAMES) this.options.heads.clear()
    else this.keep()
  }
}
