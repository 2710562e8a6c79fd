import type { LogSourceHealth } from '@/lib/domain/log-source'
import { ownerKey } from '@/lib/domain/reject-owner'
import type { EventStore, IntakeLog, RejectStore } from '@/lib/store/ports'
import type { HostNameLearner } from './host-names'
import { LiveBacklog, MAX_WAITING_EVENTS } from './live-backlog'
import type { LiveLane } from './live-lane'
import type { Watermark } from './live-watermark'
import { rangeOf } from './pending-ranges'
import type { StreamHealth } from './stream-health'
import { type Delivery, OverloadError, type Receipt, type StreamIntake } from './stream-intake'

/** A clock ahead by less is within what NTP lets pass. */
const FUTURE_MS = 60_000

export interface LiveIntakeOptions {
  readonly events: EventStore
  readonly log: IntakeLog
  readonly lane: LiveLane
  readonly watermark: Watermark
  readonly health: StreamHealth
  readonly names: HostNameLearner
  readonly now: () => number
  readonly rejects?: Pick<RejectStore, 'keep'>
  readonly maxWaitingEvents?: number
}

const placeName = (key: string): string => `place:${key}`
const intakeIdOf = (logSourceId: string): string => ownerKey('log-source', logSourceId)

/** Stores what stays-on senders deliver, and lets the lane know. */
export class LiveIntake implements StreamIntake {
  private readonly backlog = new LiveBacklog()

  constructor(private readonly options: LiveIntakeOptions) {}

  accept(delivery: Delivery): Receipt {
    this.refuseWhenFull()
    return this.store(delivery)
  }

  /** @throws OverloadError when a delivery would be refused now. */
  refuseWhenFull(): void {
    const { lane, maxWaitingEvents = MAX_WAITING_EVENTS } = this.options
    // An analysis that is broken would never catch up; what it misses is on disk, and a refusal would lose it.
    if (lane.isFailing) return
    const nowMs = this.options.now()
    if (this.backlog.waiting(lane.passedMs ?? 0, nowMs) < maxWaitingEvents) return
    this.options.watermark.refused(nowMs)
    throw new OverloadError(this.backlog.secondsUntilRoom(maxWaitingEvents, nowMs))
  }

  /** Stores without asking whether there is room: for the later parts of what was let in as a whole. */
  store({ logSourceId, batch, place }: Delivery): Receipt {
    const { lane, log, watermark, health, now } = this.options
    const nowMs = now()
    const range = rangeOf(batch.events)
    const receipt = { added: 0, duplicates: 0 }
    let late = 0
    if (range !== null) {
      lane.willStore(range)
      const { added, duplicates } = this.options.events.append(batch.events, intakeIdOf(logSourceId))
      Object.assign(receipt, { added, duplicates })
      const passed = lane.passedMs ?? 0
      late = range.fromMs < passed ? batch.events.filter(({ at }) => at < passed).length : 0
      if (added > 0) {
        lane.didStore(range)
        watermark.note(logSourceId, range.fromMs, nowMs)
        this.backlog.add(batch.events, passed, nowMs)
      }
    }
    this.options.rejects?.keep(intakeIdOf(logSourceId), batch.rejects, nowMs)
    this.options.names.learn(batch, false)
    if (place !== null) log.saveCheckpoint(placeName(place.key), place.value)
    const future = range === null || range.toMs <= nowMs + FUTURE_MS ? 0 : batch.events.filter(({ at }) => at > nowMs + FUTURE_MS).length
    const newestAt = range === null ? null : range.toMs - 1
    // Which of a batch were stored before is not known one by one: at most as many are late as were new.
    health.received(logSourceId, { batch, ...receipt, lateEvents: Math.min(late, receipt.added), futureEvents: future, newestAt }, nowMs)
    return receipt
  }

  place(key: string): unknown | null {
    return this.options.log.loadCheckpoint(placeName(key))
  }

  note(logSourceId: string, fact: { readonly connections?: number; readonly error?: string | null }): void {
    this.options.health.note(logSourceId, fact)
  }

  health(): readonly LogSourceHealth[] {
    return this.options.health.all(this.options.now())
  }
}
