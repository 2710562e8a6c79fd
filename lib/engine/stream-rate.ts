const SLOT_MS = 5_000
const SLOTS = 12

/** Events a second over the last minute, in a dozen counters. */
export class RateMeter {
  private readonly counts = new Map<number, number>()

  add(events: number, nowMs: number): void {
    const slot = Math.floor(nowMs / SLOT_MS)
    this.counts.set(slot, (this.counts.get(slot) ?? 0) + events)
    for (const known of this.counts.keys()) if (known <= slot - SLOTS) this.counts.delete(known)
  }

  perSecond(nowMs: number): number {
    const slot = Math.floor(nowMs / SLOT_MS)
    let sum = 0
    for (const [known, events] of this.counts) if (known > slot - SLOTS && known <= slot) sum += events
    return sum / ((SLOTS * SLOT_MS) / 1_000)
  }
}
