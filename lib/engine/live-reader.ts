import type { EventStore } from '@/lib/store/ports'
import type { Analyser } from './analyse'

/** About 20 ms of work. */
const EVENTS_PER_SLICE = 5_000

/**
 * Gives an analyser what is stored, in short pieces of work. A piece is read without a pause within, so that nothing can be
 * stored behind the reader unnoticed, and it ends between two instants.
 *
 * @returns the instant before which all is observed: `toMs`, or earlier when there was more than fits a piece.
 */
export function observeSlice(events: EventStore, analyser: Analyser, fromMs: number, toMs: number): number {
  let end = toMs
  let observed = 0
  let lastAt = fromMs
  for (const event of events.readCounted({ fromMs, toMs })) {
    if (observed >= EVENTS_PER_SLICE && event.at !== lastAt) {
      end = event.at
      break
    }
    analyser.observe(event)
    observed += 1
    lastAt = event.at
  }
  analyser.advanceTo(end)
  return end
}
