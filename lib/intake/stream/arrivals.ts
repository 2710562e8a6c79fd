import { join } from 'node:path'
import { z } from 'zod'
import type { LogSource } from '@/lib/domain/log-source'
import type { Delivery, StreamIntake } from '@/lib/engine/stream-intake'
import { ArrivalJournal } from './arrival-journal'
import { DELIVER_AT_EVENTS, Deliverer } from './deliverer'
import { HOLD_MS, LiveReading } from './live-reading'

export interface ArrivalOptions {
  /** Wall clock, epoch ms. */
  readonly now: () => number
  readonly holdMs?: number
  /** How long a stop waits for room. */
  readonly stopWaitMs?: number
  /** Folder for what arrived and is not stored yet; without it a kill loses that. */
  readonly journalDir?: string
}

interface Ways {
  /** Reads what a sender sent: whole records. */
  readonly read: (bytes: Buffer, from: string) => void
  readonly onTick?: () => void
  readonly onFull?: () => void
  readonly onRoom?: () => void
}

/** Where in the journal everything is stored, and from where it is read to understand what follows. */
const placeSchema = z.object({ offset: z.number(), from: z.number() })

/** What arrives on the sockets of one log source: kept, read, delivered; after a kill read again from where it was stored. */
export class Arrivals {
  readonly reading: LiveReading<number>
  private readonly deliverer: Deliverer
  private readonly journal: ArrivalJournal | null
  private readonly stored: z.infer<typeof placeSchema>
  private readonly key: string
  private history: { readonly at: number; readonly position: number }[] = []
  private ways: Ways = { read: () => {} }

  constructor(
    source: LogSource,
    stream: StreamIntake,
    private readonly options: ArrivalOptions,
  ) {
    const { now, journalDir } = options
    this.key = `arrivals:${source.id}`
    this.reading = new LiveReading(now, options.holdMs)
    const place = placeSchema.safeParse(stream.place(this.key))
    const known = place.success ? place.data : { offset: 0, from: 0 }
    this.journal = journalDir === undefined ? null : new ArrivalJournal(join(journalDir, source.id), known.offset)
    this.stored = known
    this.deliverer = new Deliverer({
      ...{ logSourceId: source.id, stream, now },
      onTick: () => this.tick(),
      next: () => this.next(),
      onFull: () => this.ways.onFull?.(),
      onRoom: () => this.ways.onRoom?.(),
    })
  }

  get isFull(): boolean {
    return this.deliverer.isFull
  }

  /** Reads what a killed process left behind, then delivers from time to time. */
  start(ways: Ways): void {
    this.ways = ways
    this.readLeft()
    this.deliverer.start()
  }

  /** @param bytes - whole records. */
  take(bytes: Buffer, from = ''): void {
    this.journal?.append(from, bytes)
    this.ways.read(bytes, from)
    if (this.reading.waiting >= DELIVER_AT_EVENTS) this.deliverer.deliver()
  }

  /** Hands on everything. @throws Error when there was no room; the journal then keeps it for the next start. */
  async stop(): Promise<void> {
    this.journal?.flush()
    this.reading.end()
    try {
      await this.deliverer.stop(this.options.stopWaitMs)
      this.journal?.clear()
    } finally {
      this.journal?.close()
    }
  }

  private readLeft(): void {
    const { journal, reading } = this
    if (journal === null) return
    const { offset, from } = this.stored
    reading.isKnown = true
    for (const arrival of journal.read(from)) {
      if (reading.isKnown && arrival.position >= offset) reading.endKnown()
      this.ways.read(arrival.bytes, arrival.from)
    }
    if (reading.isKnown) reading.endKnown()
  }

  private tick(): void {
    const { journal, reading, options } = this
    this.ways.onTick?.()
    journal?.flush()
    const nowMs = options.now()
    const position = journal?.position ?? 0
    reading.tick(position)
    this.history.push({ at: nowMs, position })
    const passedAt = reading.passed()?.at ?? Number.NEGATIVE_INFINITY
    const first = this.history.findLastIndex(({ at }) => at <= passedAt - (options.holdMs ?? HOLD_MS))
    if (first > 0) this.history = this.history.slice(first)
    journal?.forgetBefore(this.history[0]?.position ?? 0)
  }

  private next(): { readonly batch: NonNullable<ReturnType<LiveReading['take']>>; readonly place: Delivery['place'] } | null {
    const batch = this.reading.take()
    if (batch === null) return null
    const passed = this.reading.passed()
    if (this.journal === null || passed === null || this.reading.waiting > 0) return { batch, place: null }
    const value = { offset: passed.place, from: Math.min(this.history[0]?.position ?? passed.place, passed.place) }
    return { batch, place: { key: this.key, value } }
  }
}
