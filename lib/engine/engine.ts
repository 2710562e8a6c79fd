import type { Detector, Settings } from '@/lib/detectors/detector'
import { type KnownAssets, NO_ASSETS } from '@/lib/domain/asset'
import type { Intake } from '@/lib/domain/intake'
import { type LogBatch, type LogOutcome, readLog } from '@/lib/formats/read-log'
import type { AlarmSink, EventStore, HostNameWriter, IntakeLog, LogSourceRegistry, RejectStore, TimeRange } from '@/lib/store/ports'
import { AnalysisHeads } from './analysis-heads'
import type { DetectorFailure } from './detector-guard'
import { createHostNameLearner, type HostNameLearner, noHostNames } from './host-names'
import { copyIntake, countAlarms, countBatch, type ImportMeta, newIntake } from './intake-accounting'
import { LiveEngine, noLogSources } from './live-engine'
import { clearPending, loadPending, type PendingRange, rangeOf, savePending, widen } from './pending-ranges'
import { RangeAnalysis } from './range-analysis'
import type { StreamIntake } from './stream-intake'
import type { TallyLimits } from './tallies'

/** The accounting is written this often while bytes come in. */
const SAVE_EVERY_MS = 1_000
/** A person who uploads a file waits for its alarms: they are not left to the watermark, which comes minutes later. */
const WAITED_FOR = 'upload'
/** Intakes looked through for work that an earlier process left behind. */
const RECOVERABLE = 1_000

export interface EngineOptions {
  readonly events: EventStore
  readonly intakes: IntakeLog
  readonly sink: AlarmSink
  readonly detectors: readonly Detector[]
  /** By detector id; a missing one runs with its defaults. */
  readonly settings?: Readonly<Record<string, Settings>>
  readonly limits?: Partial<TallyLimits>
  /** False: the benign catalogue lowers and hides nothing. Default true. */
  readonly withCatalogue?: boolean
  /** What people say about hosts and zones; may change while it runs. */
  readonly assets?: KnownAssets
  /** Where names of addresses that logs tell are kept; without it none are. */
  readonly hostNames?: HostNameWriter
  /** Wall clock, epoch ms. */
  readonly now: () => number
  readonly newId: () => string
  /** Resolves after at least `ms`, having let other work run. */
  readonly pause: (ms: number) => Promise<void>
  readonly pid: number
  /** True when the process lives; decides who may finish an interrupted intake. */
  readonly isAlive: (pid: number) => boolean
  /** True when nothing outlives the process: no place to continue from is kept. */
  readonly throwAway?: boolean
  /** False: `import` stores only, and `analyse` runs over everything afterwards. */
  readonly analyseOnImport?: boolean
  /** Log sources that stay; an engine without them never opens the live lane by itself. */
  readonly logSources?: LogSourceRegistry
  /** Where records that could not be read are kept, to be read again after a fix. */
  readonly rejects?: Pick<RejectStore, 'keep'>
  /** Told of what went wrong beside the storing of events. */
  readonly onFailure?: (what: string, error: unknown) => void
  /** Events that may wait for the analyser before senders are refused. */
  readonly maxWaitingEvents?: number
}

/** Store and analyser behind one door: one instance in the worker, one in each command. */
export interface Engine {
  /**
   * Reads a log, stores its events, analyses the span they cover. Never rejects for what the bytes hold: an intake in
   * state `failed` names the error. Calls may overlap; analyses run one after another.
   */
  import(bytes: AsyncIterable<Uint8Array>, meta: ImportMeta, onProgress?: (intake: Intake) => void): Promise<Intake>
  /** Analyses everything that is stored. @returns number of alarms. */
  analyse(): Promise<number>
  /** Finishes what a killed process left half done. @returns number of intakes concerned. */
  recover(): Promise<number>
  /** The way in for senders that stay. */
  readonly stream: StreamIntake
  /** The analysis that follows them; only the worker's engine runs it. */
  readonly live: LiveEngine
  /** Lifts and applies suppression whose time has come. @returns true when an alarm changed. */
  tick(nowMs: number): boolean
  /** Removes the events of every intake marked as demonstration, once the analyses under way have ended. */
  removeDemo(): Promise<void>
  /** Writes the place to continue from. The stores are closed by whoever opened them. */
  close(): void
}

export function createEngine(options: EngineOptions): Engine {
  return new StoreEngine(options)
}

interface Receiving {
  readonly intake: Intake
  readonly onProgress: (intake: Intake) => void
  pending: PendingRange | null
  savedAt: number
  /** True as long as every event came before the live lane passed its time. */
  isLive: boolean
}

class StoreEngine implements Engine {
  readonly live: LiveEngine
  private readonly heads: AnalysisHeads
  private readonly names: HostNameLearner
  private readonly analysis: RangeAnalysis
  private readonly active = new Set<string>()

  constructor(private readonly options: EngineOptions) {
    const { throwAway = false, intakes, onFailure = () => {}, logSources = noLogSources } = options
    this.heads = new AnalysisHeads(throwAway ? null : intakes)
    const { hostNames: writer, assets = NO_ASSETS } = options
    this.names = writer === undefined ? noHostNames : createHostNameLearner({ writer, ownZoneOf: assets.ownZoneOf, onFailure })
    const shared = {
      ...options,
      heads: this.heads,
      onDetectorFailure: ({ detector, message }: DetectorFailure) => onFailure(`the detector ${detector}`, message),
    }
    this.analysis = new RangeAnalysis(shared)
    this.live = new LiveEngine({ ...shared, log: intakes, analysis: this.analysis, registry: logSources, onFailure, names: this.names })
  }

  async import(bytes: AsyncIterable<Uint8Array>, meta: ImportMeta, onProgress: (intake: Intake) => void = () => {}): Promise<Intake> {
    const intake = newIntake(this.options.newId(), meta, this.options.now())
    const receiving: Receiving = {
      intake,
      onProgress,
      pending: null,
      savedAt: intake.startedAt,
      isLive: this.options.logSources !== undefined && meta.via !== WAITED_FOR,
    }
    this.active.add(intake.id)
    this.live.own(intake.id)
    try {
      this.options.intakes.save(intake)
      await this.receive(bytes, meta, receiving)
      if ((await this.analyseNew(receiving)) !== 'later') this.finish(receiving)
      return copyIntake(intake)
    } finally {
      this.active.delete(intake.id)
    }
  }

  async analyse(): Promise<number> {
    const extent = this.options.events.extent()
    return extent === null ? 0 : (await this.analysis.run(extent, false)).alarms
  }

  async recover(): Promise<number> {
    const { intakes, isAlive, pid, now } = this.options
    const unfinished = intakes
      .list(RECOVERABLE)
      .filter(({ id, state }) => (state === 'receiving' || state === 'analysing') && !this.active.has(id))
    let recovered = 0
    for (const intake of unfinished) {
      const pending = loadPending(intakes, intake.id)
      if (pending !== null && pending.pid !== pid && isAlive(pending.pid)) continue
      if (pending !== null) {
        this.live.lane.importStored(intake.id, pending)
        await this.analyseRange(intake, pending)
        this.live.lane.missed(intake.id, pending)
      }
      if (intake.state === 'receiving')
        intake.error ??= 'Dowser was stopped before the end arrived. Send the file again: what is stored is not stored twice.'
      intake.state = intake.error === null ? 'done' : 'failed'
      intake.finishedAt = now()
      intakes.save(intake)
      clearPending(intakes, intake.id)
      recovered += 1
    }
    return recovered
  }

  get stream(): StreamIntake {
    return this.live.intake
  }

  tick(nowMs: number): boolean {
    const { hidden, restored } = this.options.sink.applyAllowlist(nowMs)
    return hidden + restored > 0
  }

  async removeDemo(): Promise<void> {
    const { intakes, events } = this.options
    const demo = intakes.list(Number.MAX_SAFE_INTEGER).filter((intake) => intake.demo)
    this.names.forgetDemo()
    if (demo.length === 0) return
    await this.analysis.withoutStored(() => {
      events.removeIntakes(demo.map((intake) => intake.id))
      this.live.lane.forget()
    })
  }

  close(): void {
    this.live.close()
    this.heads.save()
  }

  private async receive(bytes: AsyncIterable<Uint8Array>, meta: ImportMeta, receiving: Receiving): Promise<void> {
    const { intake } = receiving
    const { format, timeShiftMs } = meta
    const log = (meta.read ?? readLog)(bytes, {
      nowMs: this.options.now(),
      ...(format === undefined ? {} : { format }),
      ...(timeShiftMs === undefined ? {} : { timeShiftMs }),
    })
    try {
      let next = await log.next()
      for (; !next.done; next = await log.next()) {
        this.store(next.value, receiving)
        await this.options.pause(0)
      }
      noteOutcome(intake, next.value)
    } catch (error) {
      intake.error = error instanceof Error ? error.message : String(error)
    }
  }

  private store(batch: LogBatch, receiving: Receiving): void {
    const { intake } = receiving
    const range = rangeOf(batch.events)
    if (range !== null) {
      this.notePending(receiving, range)
      // Asked before the events are stored, for every batch: one that comes too late sends the whole import the other way.
      receiving.isLive = receiving.isLive && !intake.demo && this.live.takes(range, intake.via)
    }
    const appended = this.options.events.append(batch.events, intake.id)
    if (range !== null && appended.added > 0) this.live.lane.importStored(intake.id, range)
    this.names.learn(batch, intake.demo)
    countBatch(intake, batch, appended)
    if (!intake.demo) this.options.rejects?.keep(intake.id, batch.rejects, this.options.now())
    if (this.options.now() - receiving.savedAt >= SAVE_EVERY_MS) this.publish(receiving)
  }

  /** Written before the events: whatever moment the process is killed at, no stored event goes unseen by detectors. */
  private notePending(receiving: Receiving, range: TimeRange): void {
    const { pid, intakes } = this.options
    const pending = receiving.pending === null ? { ...range, pid } : widen(receiving.pending, range)
    if (pending === receiving.pending) return
    receiving.pending = pending
    savePending(intakes, receiving.intake.id, pending)
  }

  /** @returns `later` when the live lane analyses the events, once the watermark has passed them. */
  private async analyseNew(receiving: Receiving): Promise<'now' | 'later'> {
    const { intake, pending } = receiving
    if (pending === null) return 'now'
    if (intake.duplicates === intake.dnsEvents + intake.processEvents)
      intake.problems.push(`All ${intake.duplicates} events were stored before; nothing was added.`)
    else if (this.options.analyseOnImport ?? true) {
      intake.state = 'analysing'
      this.publish(receiving)
      if (receiving.isLive) {
        this.live.lane.watch(pending, (ids) => this.finishLive(receiving, ids))
        return 'later'
      }
      const isAnalysed = await this.analyseRange(intake, pending)
      this.live.lane.missed(intake.id, pending)
      if (!isAnalysed) return 'now'
    }
    clearPending(this.options.intakes, intake.id)
    return 'now'
  }

  private finishLive(receiving: Receiving, alarmIds: ReadonlySet<string>): void {
    countAlarms(receiving.intake, alarmIds, this.options.sink)
    this.finish(receiving)
    clearPending(this.options.intakes, receiving.intake.id)
  }

  private finish(receiving: Receiving): void {
    const { intake } = receiving
    intake.state = intake.error === null ? 'done' : 'failed'
    intake.finishedAt = this.options.now()
    this.publish(receiving)
  }

  /** @returns false when the analysis failed; the intake then says so. */
  private async analyseRange(intake: Intake, range: TimeRange): Promise<boolean> {
    try {
      const { changed, evictions, failures } = await this.analysis.run(range, intake.demo)
      countAlarms(intake, changed, this.options.sink)
      for (const { detector, message } of failures)
        intake.problems.push(`The detector ${detector} failed and started anew: ${message}. The others are not affected.`)
      if (evictions.pairs > 0)
        intake.problems.push(
          `${evictions.pairs} quiet source and zone pairs with ${evictions.queries} lookups were left out: memory is bounded.`,
        )
      return true
    } catch (error) {
      intake.error = `The events are stored, but their analysis failed: ${error instanceof Error ? error.message : String(error)}`
      return false
    }
  }

  private publish(receiving: Receiving): void {
    receiving.savedAt = this.options.now()
    this.options.intakes.save(receiving.intake)
    receiving.onProgress(copyIntake(receiving.intake))
  }
}

function noteOutcome(intake: Intake, outcome: LogOutcome): void {
  intake.format = outcome.format
  intake.problems.push(...outcome.problems)
}
