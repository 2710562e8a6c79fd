import type { RejectReason } from '@/lib/domain/intake'
import type { LogSource, LogSourceHealth, SourceGap } from '@/lib/domain/log-source'
import type { LogBatch } from '@/lib/formats/read-log'
import type { LogSourceRegistry } from '@/lib/store/ports'
import { countReject, countSkipped, uncountRejects } from './intake-accounting'
import { RateMeter } from './stream-rate'

const MAX_GAPS = 100
/** What was counted is written this often; a kill costs so much of the counts, never of the events. */
const SAVE_EVERY_MS = 10_000
/** For a source that nobody set up here, or no longer. */
const QUIET_AFTER_MS = 15 * 60_000

export interface ReceivedPart {
  readonly batch: LogBatch
  readonly added: number
  readonly duplicates: number
  readonly lateEvents: number
  readonly futureEvents: number
  /** Event time of the newest event, null when there was none. */
  readonly newestAt: number | null
}

interface Known {
  health: Mutable<LogSourceHealth>
  quietAfterMs: number
  readonly rate: RateMeter
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** How every log source does. Instants are wall clock unless they say event time. */
export class StreamHealth {
  private readonly known = new Map<string, Known>()
  private savedAt = Number.NEGATIVE_INFINITY
  private isSaved = true

  constructor(private readonly registry: LogSourceRegistry) {
    for (const health of registry.loadHealth()) this.known.set(health.logSourceId, { ...fresh(health), quietAfterMs: QUIET_AFTER_MS })
  }

  /** Takes up which sources there are: new ones are waited for, others no longer. */
  follow(sources: readonly LogSource[], nowMs: number): void {
    const live = new Set(sources.map(({ id }) => id))
    for (const { id, settings } of sources) {
      const known = this.get(id)
      known.quietAfterMs = settings.quietAfterMs
      if (known.health.state === 'paused') known.health.state = 'waiting'
    }
    for (const [id, { health }] of this.known) {
      if (live.has(id)) continue
      health.state = 'paused'
      health.connections = 0
      closeGap(health, nowMs)
    }
    this.isSaved = false
  }

  received(logSourceId: string, part: ReceivedPart, nowMs: number): void {
    const { health, rate } = this.get(logSourceId)
    this.openGaps(nowMs)
    closeGap(health, nowMs)
    health.state = 'receiving'
    health.error = null
    health.lastReceivedAt = nowMs
    if (part.newestAt !== null) {
      health.lastEventAt = Math.max(health.lastEventAt ?? part.newestAt, part.newestAt)
      health.lagMs = nowMs - part.newestAt
    }
    count(health, part)
    rate.add(part.batch.events.length, nowMs)
    this.isSaved = false
  }

  note(logSourceId: string, fact: { readonly connections?: number; readonly error?: string | null }): void {
    const { health } = this.get(logSourceId)
    if (fact.connections !== undefined) health.connections = fact.connections
    if (fact.error !== undefined) health.error = fact.error
    this.isSaved = false
  }

  /** Rejects are read again: they are counted anew. */
  takeBackRejects(logSourceId: string, reasons: Readonly<Record<string, number>>): void {
    const { health } = this.get(logSourceId)
    health.rejected -= uncountRejects(health.rejects as RejectReason[], reasons)
    this.isSaved = false
  }

  /** As of now, by id. */
  all(nowMs: number): readonly LogSourceHealth[] {
    this.openGaps(nowMs)
    return [...this.known.values()]
      .map(({ health, rate }) => ({ ...structuredClone(health), state: stateOf(health), eventsPerSecond: rate.perSecond(nowMs) }))
      .sort((a, b) => (a.logSourceId < b.logSourceId ? -1 : 1))
  }

  /** Opens gaps that are due, and writes what changed, now and then. */
  sweep(nowMs: number, force = false): void {
    this.openGaps(nowMs)
    if (this.isSaved || (!force && nowMs - this.savedAt < SAVE_EVERY_MS)) return
    this.registry.saveHealth(this.all(nowMs))
    this.savedAt = nowMs
    this.isSaved = true
  }

  private openGaps(nowMs: number): void {
    for (const { health, quietAfterMs } of this.known.values()) {
      const { state, lastReceivedAt } = health
      if (state !== 'receiving' || lastReceivedAt === null || nowMs - lastReceivedAt <= quietAfterMs) continue
      health.state = 'quiet'
      health.gaps = [{ fromMs: lastReceivedAt, toMs: null }, ...health.gaps].slice(0, MAX_GAPS)
      this.isSaved = false
    }
  }

  private get(logSourceId: string): Known {
    const known = this.known.get(logSourceId)
    if (known !== undefined) return known
    const created: Known = { ...fresh(emptyHealth(logSourceId)), quietAfterMs: QUIET_AFTER_MS }
    this.known.set(logSourceId, created)
    return created
  }
}

const fresh = (health: LogSourceHealth): Pick<Known, 'health' | 'rate'> => ({
  // Connections end with the process that held them.
  health: { ...structuredClone(health), connections: 0, state: health.state === 'failed' ? 'waiting' : health.state, error: null },
  rate: new RateMeter(),
})

const stateOf = ({ state, error }: LogSourceHealth): LogSourceHealth['state'] => (error !== null && state !== 'paused' ? 'failed' : state)

function closeGap(health: Mutable<LogSourceHealth>, nowMs: number): void {
  const [gap, ...older] = health.gaps
  if (gap?.toMs === null) health.gaps = [{ fromMs: gap.fromMs, toMs: nowMs } satisfies SourceGap, ...older]
}

function count(health: Mutable<LogSourceHealth>, part: ReceivedPart): void {
  const { batch } = part
  const processEvents = batch.events.filter(({ kind }) => kind === 'process').length
  health.records += batch.records
  health.processEvents += processEvents
  health.dnsEvents += batch.events.length - processEvents
  health.duplicates += part.duplicates
  health.lateEvents += part.lateEvents
  health.futureEvents += part.futureEvents
  health.rejected += batch.rejects.length
  countSkipped(health.skipped, batch.skipped)
  for (const reject of batch.rejects) countReject(health.rejects as RejectReason[], reject)
}

function emptyHealth(logSourceId: string): LogSourceHealth {
  return {
    logSourceId,
    state: 'waiting',
    error: null,
    lastReceivedAt: null,
    lastEventAt: null,
    lagMs: null,
    eventsPerSecond: 0,
    connections: 0,
    records: 0,
    dnsEvents: 0,
    processEvents: 0,
    duplicates: 0,
    lateEvents: 0,
    futureEvents: 0,
    skipped: {},
    rejected: 0,
    rejects: [],
    gaps: [],
  }
}
