import type { Detector } from '@/lib/detectors/detector'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { KnownAssets } from '@/lib/domain/asset'
import type { PreviewAlarm, PreviewResult, PreviewState } from '@/lib/domain/detector-preview'
import type { DetectorConfig } from '@/lib/domain/detector-settings'
import type { AlarmSink, EventStore, TimeRange } from '@/lib/store/ports'
import { compareAlarms, type HistoryResult, runOverHistory } from './preview-settings'

/** Alarms listed a side; their number is exact beyond it. */
const MAX_ROWS = 2_000
/** Previews that may run together; each takes memory for a window of tallies. */
const MAX_RUNNING = 2
/** Finished ones that can still be asked for. */
const MAX_KEPT = 16
const DAY_MS = 86_400_000

export interface PreviewRequest {
  readonly detectorId: string
  readonly changed: DetectorConfig
  /** Span that ends with the newest stored event; null: all that is stored. */
  readonly days: number | null
  readonly limitMs: number
}

export interface PreviewOptions {
  readonly events: EventStore
  readonly sink: Pick<AlarmSink, 'findEpisode'>
  /** The plain ones. */
  readonly detectors: readonly Detector[]
  readonly configOf: (detectorId: string) => DetectorConfig
  /** What people say about hosts and zones. */
  readonly assets?: KnownAssets
  readonly now: () => number
  readonly newId: () => string
  readonly pause: (ms: number) => Promise<void>
}

interface Job {
  state: PreviewState
  isCancelled: boolean
}

class CommandError extends Error {
  constructor(
    readonly code: 'not-found' | 'overloaded',
    message: string,
  ) {
    super(message)
  }
}

/** Previews under way, beside the live work. */
export class PreviewJobs {
  private readonly jobs = new Map<string, Job>()

  constructor(private readonly options: PreviewOptions) {}

  /** @returns the id to ask with. @throws errors coded `overloaded` (too many at once) and `not-found`. */
  start(request: PreviewRequest): string {
    const detector = this.options.detectors.find(({ rule }) => rule.id === request.detectorId)
    if (detector === undefined) throw new CommandError('not-found', `There is no detector ${request.detectorId}.`)
    if ([...this.jobs.values()].filter(({ state }) => state.state === 'running').length >= MAX_RUNNING)
      throw new CommandError('overloaded', `${MAX_RUNNING} previews are running. Wait for one of them, or cancel it.`)
    const id = this.options.newId()
    const job: Job = { state: { state: 'running', progress: 0, result: null, error: null }, isCancelled: false }
    this.jobs.set(id, job)
    this.forgetOld()
    void this.run(job, detector, request)
    return id
  }

  /** @throws an error coded `not-found`. */
  stateOf(id: string): PreviewState {
    const job = this.jobs.get(id)
    if (job === undefined) throw new CommandError('not-found', 'This preview is gone. Start it again.')
    return job.state
  }

  cancel(id: string): void {
    const job = this.jobs.get(id)
    if (job !== undefined) job.isCancelled = true
  }

  /** Before the stores are closed. */
  close(): void {
    for (const job of this.jobs.values()) job.isCancelled = true
  }

  private async run(job: Job, detector: Detector, request: PreviewRequest): Promise<void> {
    try {
      const { events, now, pause, configOf, assets } = this.options
      const range = this.rangeOf(request.days)
      const found = await runOverHistory({
        ...(assets === undefined ? {} : { assets }),
        ...{ events, detector, range, now, pause, limitMs: request.limitMs },
        variants: [configOf(request.detectorId), request.changed],
        isCancelled: () => job.isCancelled,
        onProgress: (reachedMs) => {
          const progress = Math.max(0, (reachedMs - range.fromMs) / (range.toMs - range.fromMs))
          job.state = { ...job.state, progress }
        },
      })
      job.state = found === null ? ended('cancelled') : { ...ended('done'), progress: 1, result: this.resultOf(found, range) }
    } catch (error) {
      job.state = job.isCancelled
        ? ended('cancelled')
        : { ...ended('failed'), error: error instanceof Error ? error.message : String(error) }
    }
  }

  private rangeOf(days: number | null): TimeRange {
    const extent = this.options.events.extent() ?? { fromMs: 0, toMs: 1 }
    return days === null ? extent : { fromMs: Math.max(extent.fromMs, extent.toMs - days * DAY_MS), toMs: extent.toMs }
  }

  private resultOf({ alarms, reachedMs, complete, events }: HistoryResult, range: TimeRange): PreviewResult {
    const [current = [], changed = []] = alarms
    const { added, dropped, severityChanged } = compareAlarms(current, changed)
    return {
      ...range,
      ...{ reachedMs, complete, events, severityChanged },
      currentAlarms: current.length,
      changedAlarms: changed.length,
      added: { count: added.length, rows: added.slice(0, MAX_ROWS).map((alarm) => this.row(alarm)) },
      dropped: { count: dropped.length, rows: dropped.slice(0, MAX_ROWS).map((alarm) => this.row(alarm)) },
    }
  }

  private row(alarm: AlarmDraft): PreviewAlarm {
    const { detector, zone, source, severity, firstSeenAt, lastSeenAt, summary } = alarm
    const stored = this.options.sink.findEpisode({ detector, zone, source }, { fromMs: firstSeenAt, toMs: lastSeenAt + 1 }, 0)
    return { alarmId: stored?.id ?? null, zone, source, severity, firstSeenAt, lastSeenAt, summary }
  }

  private forgetOld(): void {
    const over = [...this.jobs].filter(([, { state }]) => state.state !== 'running').slice(0, Math.max(0, this.jobs.size - MAX_KEPT))
    for (const [id] of over) this.jobs.delete(id)
  }
}

const ended = (state: PreviewState['state']): PreviewState => ({ state, progress: 0, result: null, error: null })
