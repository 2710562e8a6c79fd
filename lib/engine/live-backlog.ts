/**
 * Events stored and not yet analysed. The analyser observes 100,000 events a second and more on one core, so a million of
 * them is 10 s of work: with that much more the promise that an alarm shows within a minute would break, and the sender
 * must slow down. They wait on disk: memory does not grow with them.
 */
export const MAX_WAITING_EVENTS = 1_000_000
const SLOT_MS = 1_000
/** Events further ahead than this are not waited for by anybody. */
const MAX_AHEAD_MS = 60_000

/** How many events wait for the watermark to pass them, by second of event time. */
export class LiveBacklog {
  private readonly counts = new Map<number, number>()
  private sum = 0

  add(events: readonly { readonly at: number }[], passedMs: number, nowMs: number): void {
    for (const { at } of events) {
      if (at < passedMs || at > nowMs + MAX_AHEAD_MS) continue
      const slot = Math.floor(at / SLOT_MS)
      this.counts.set(slot, (this.counts.get(slot) ?? 0) + 1)
      this.sum += 1
    }
  }

  /** @returns how many wait. */
  waiting(passedMs: number): number {
    for (const [slot, events] of this.counts) {
      if ((slot + 1) * SLOT_MS > passedMs) continue
      this.counts.delete(slot)
      this.sum -= events
    }
    return this.sum
  }
}
