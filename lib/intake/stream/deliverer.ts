import type { Delivery, StreamIntake } from '@/lib/engine/stream-intake'
import type { LogBatch } from '@/lib/formats/read-log'

/** Often enough that a watermark is not held up, seldom enough that a transaction holds more than a few events. */
export const DELIVER_EVERY_MS = 250
/** Delivered at once. */
export const DELIVER_AT_EVENTS = 2_000
/** After an error that is no overload: a full disk, a locked store. */
const RETRY_MS = 5_000
/** How long a stop waits for room. */
const STOP_WAIT_MS = 10_000

export interface DelivererOptions {
  readonly logSourceId: string
  readonly stream: StreamIntake
  readonly now: () => number
  readonly everyMs?: number
  /** Called every 250 ms. */
  readonly onTick: () => void
  /** What is due; null when there is nothing. */
  readonly next: () => { readonly batch: LogBatch; readonly place: Delivery['place'] } | null
  /** The engine has no room: read no more until `onRoom`. */
  readonly onFull: () => void
  readonly onRoom: () => void
}

/** Hands batches to the engine one after the other; the one that was refused is kept and tried again, so that nothing is lost. */
export class Deliverer {
  private refused: Delivery | null = null
  private retryAt = 0
  private timer: NodeJS.Timeout | undefined
  private hasError = false

  constructor(private readonly options: DelivererOptions) {}

  get isFull(): boolean {
    return this.refused !== null
  }

  start(): void {
    this.timer = setInterval(() => this.deliver(true), this.options.everyMs ?? DELIVER_EVERY_MS)
    this.timer.unref()
  }

  /** @returns false when there was no room. */
  deliver(isTimed = false): boolean {
    if (isTimed) this.options.onTick()
    if (this.refused !== null) {
      if (this.options.now() < this.retryAt) return false
      if (!this.hand(this.refused)) return false
      this.refused = null
      this.options.onRoom()
    }
    for (let due = this.options.next(); due !== null; due = this.options.next()) {
      const delivery = { logSourceId: this.options.logSourceId, ...due }
      if (this.hand(delivery)) continue
      this.refused = delivery
      this.options.onFull()
      return false
    }
    return true
  }

  /** Ends the timer and hands over what is left, waiting a while for room. */
  async stop(waitMs = STOP_WAIT_MS): Promise<void> {
    clearInterval(this.timer)
    const deadline = this.options.now() + waitMs
    while (!this.deliver(true)) {
      if (this.options.now() >= deadline) throw new Error('The engine had no room for the last events that arrived.')
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }

  private hand(delivery: Delivery): boolean {
    const { stream, now, logSourceId } = this.options
    try {
      stream.accept(delivery)
      if (this.hasError) stream.note(logSourceId, { error: null })
      this.hasError = false
      return true
    } catch (error) {
      const seconds = isOverload(error) ? error.retryAfterSeconds : RETRY_MS / 1_000
      this.retryAt = now() + seconds * 1_000
      if (!isOverload(error)) {
        this.hasError = true
        stream.note(logSourceId, { error: `What arrived cannot be stored: ${error instanceof Error ? error.message : String(error)}` })
      }
      return false
    }
  }
}

const isOverload = (error: unknown): error is { readonly retryAfterSeconds: number } =>
  error instanceof Error && 'code' in error && error.code === 'overloaded' && 'retryAfterSeconds' in error
