import type { Intake } from '@/lib/domain/intake'
import type { LogSource, LogSourceHealth } from '@/lib/domain/log-source'
import type { LogSourceRegistry, RejectStore } from '@/lib/store/ports'
import type { AnalysisHeads } from './analysis-heads'
import type { HostNameLearner } from './host-names'
import { LiveIntake } from './live-intake'
import { LiveLane, type LiveLaneOptions } from './live-lane'
import { MAX_HOLD_MS, Watermark } from './live-watermark'
import { StreamHealth } from './stream-health'

/** Other processes import into the same stores (`dowser import`); their accounts are looked through this often. */
const FOREIGN_EVERY_MS = 10_000
const FOREIGN_INTAKES = 50
/** Ids remembered; those looked through are the newest. */
const MAX_KNOWN = 1_000

export interface LiveOptions extends Omit<LiveLaneOptions, 'onFailure'> {
  readonly registry: LogSourceRegistry
  readonly heads: AnalysisHeads
  readonly names: HostNameLearner
  readonly onFailure: (what: string, error: unknown) => void
  readonly rejects?: Pick<RejectStore, 'keep'>
  readonly maxWaitingEvents?: number
}

/** Nothing set up, nothing kept. */
export const noLogSources: LogSourceRegistry = { live: () => [], saveHealth: () => {}, loadHealth: () => [] }

/** The parts of the live lane, and their common turn. */
export class LiveEngine {
  readonly lane: LiveLane
  readonly intake: LiveIntake
  private readonly watermark: Watermark
  private readonly streamHealth: StreamHealth
  private sources: readonly LogSource[] = []
  /** Intakes this engine accounts for itself, or has taken up. */
  private readonly known = new Set<string>()
  private foreignAt = Number.NEGATIVE_INFINITY

  constructor(private readonly options: LiveOptions) {
    this.lane = new LiveLane(options)
    this.watermark = new Watermark(options.now())
    this.streamHealth = new StreamHealth(options.registry)
    this.intake = new LiveIntake({
      ...{
        events: options.events,
        log: options.log,
        lane: this.lane,
        watermark: this.watermark,
        health: this.streamHealth,
        names: options.names,
        now: options.now,
      },
      ...(options.rejects === undefined ? {} : { rejects: options.rejects }),
      ...(options.maxWaitingEvents === undefined ? {} : { maxWaitingEvents: options.maxWaitingEvents }),
    })
  }

  /** Goes on where an earlier process stopped. */
  resume(): void {
    this.lane.resume()
    for (const { id } of this.options.log.list(FOREIGN_INTAKES)) this.own(id)
    this.reload()
  }

  /** @returns the sources there are now. */
  reload(): readonly LogSource[] {
    this.sources = this.options.registry.live()
    this.streamHealth.follow(this.sources, this.options.now())
    return this.sources
  }

  isLive(logSourceId: string): boolean {
    if (this.sources.some(({ id }) => id === logSourceId)) return true
    // A source added a moment ago may deliver before the word of it arrives.
    return this.reload().some(({ id }) => id === logSourceId)
  }

  health(): readonly LogSourceHealth[] {
    return this.intake.health()
  }

  /** Rejects of a source are read again: they are counted anew. */
  takeBackRejects(logSourceId: string, reasons: Readonly<Record<string, number>>): void {
    this.streamHealth.takeBackRejects(logSourceId, reasons)
  }

  /** One turn; called about once a second. Never rejects. */
  async advance(): Promise<void> {
    const nowMs = this.options.now()
    try {
      this.takeForeignImports(nowMs)
      await this.lane.advance(this.watermark.at(nowMs))
    } catch (error) {
      this.options.onFailure('keeping the place of the live analysis', error)
    }
    this.sweep(false)
  }

  /** Writes what is to be continued from. */
  close(): void {
    this.lane.checkpoint()
    // A repair under way ends here; its range is kept as late.
    this.lane.forget()
    this.sweep(true)
  }

  /** The engine itself looks after the import. */
  own(intakeId: string): void {
    this.known.add(intakeId)
    const [oldest] = this.known
    if (this.known.size > MAX_KNOWN && oldest !== undefined) this.known.delete(oldest)
  }

  /** True when the lane can take the events in its stride: recent, and none passed yet. Opens the lane for them. */
  takes(range: { readonly fromMs: number; readonly toMs: number }, via: string): boolean {
    const nowMs = this.options.now()
    if (range.fromMs < nowMs - MAX_HOLD_MS || range.toMs > nowMs) return false
    this.lane.willStore(range)
    this.watermark.note(`import:${via}`, range.fromMs, nowMs)
    return range.fromMs >= (this.lane.passedMs ?? Number.POSITIVE_INFINITY)
  }

  private sweep(force: boolean): void {
    try {
      this.streamHealth.sweep(this.options.now(), force)
    } catch (error) {
      this.options.onFailure('keeping the health of log sources', error)
    }
  }

  private takeForeignImports(nowMs: number): void {
    if (this.lane.passedMs === null || nowMs - this.foreignAt < FOREIGN_EVERY_MS) return
    this.foreignAt = nowMs
    for (const intake of this.options.log.list(FOREIGN_INTAKES)) {
      if (this.known.has(intake.id) || intake.finishedAt === null) continue
      this.own(intake.id)
      this.takeForeign(intake)
    }
  }

  private takeForeign({ id, firstEventAt, lastEventAt, duplicates, dnsEvents, processEvents }: Intake): void {
    if (firstEventAt === null || lastEventAt === null || duplicates === dnsEvents + processEvents) return
    const range = { fromMs: firstEventAt, toMs: lastEventAt + 1 }
    this.lane.importStored(id, range)
    this.lane.missed(id, range)
  }
}
