/**
 * Events stored and not yet analysed. The analyser observes 100,000 events a second and more on one core, so a million of
 * them is 10 s of work: with that much more the promise that an alarm shows within a minute would break, and the sender
 * must slow down. They wait on disk: memory does not grow with them.
 */
export const MAX_WAITING_EVENTS = 1_000_000
const SLOT_MS = 1_000
/** Events further ahead than this are not waited for by anybody. */
const MAX_AHEAD_MS = 60_000

/** The pace of the analyser is that of the last half minute. */
const PACE_MS = 30_000
/** While nothing is known of its pace: what it works off in that time is some 100,000 events. */
const UNKNOWN_SECONDS = 5
const MAX_SECONDS = 60
/** Refused senders are let in again when a tenth is free: all of them come at once. */
const FREE_SHARE = 0.1

/** How many events wait for the watermark to pass them, by second of event time. */
export class LiveBacklog {
  private readonly counts = new Map<number, number>()
  private sum = 0
  private readonly worked: { readonly at: number; readonly events: number }[] = []

  add(events: readonly { readonly at: number }[], passedMs: number, nowMs: number): void {
    for (const { at } of events) {
      if (at < passedMs || at > nowMs + MAX_AHEAD_MS) continue
      const slot = Math.floor(at / SLOT_MS)
      this.counts.set(slot, (this.counts.get(slot) ?? 0) + 1)
      this.sum += 1
    }
  }

  /** @returns how many wait. @param nowMs - wall clock. */
  waiting(passedMs: number, nowMs: number): number {
    const before = this.sum
    for (const [slot, events] of this.counts) {
      if ((slot + 1) * SLOT_MS > passedMs) continue
      this.counts.delete(slot)
      this.sum -= events
    }
    if (this.sum < before) this.worked.push({ at: nowMs, events: before - this.sum })
    while (this.worked[0] !== undefined && nowMs - this.worked[0].at > PACE_MS) this.worked.shift()
    return this.sum
  }

  /** Seconds after which there is likely room below `most` again, at the analyser's pace. */
  secondsUntilRoom(most: number, nowMs: number): number {
    const first = this.worked[0]
    const done = this.worked.reduce((sum, { events }) => sum + events, 0)
    const seconds = first === undefined ? 0 : (nowMs - first.at) / 1_000
    if (seconds < 1 || done === 0) return UNKNOWN_SECONDS
    const tooMany = this.sum - most * (1 - FREE_SHARE)
    return Math.min(MAX_SECONDS, Math.max(1, Math.ceil(tooMany / (done / seconds))))
  }
}
