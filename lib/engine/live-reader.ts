import type { EventStore } from '@/lib/store/ports'
import type { Analyser } from './analyse'

/** A piece of work; events of tunnels take a hundred times as long as an office's, so the clock ends it as well. */
const SLICE_MS = 20
const EVENTS_PER_SLICE = 5_000
/** Events between two looks at the clock. */
const EVENTS_PER_LOOK = 50

/**
 * Gives an analyser what is stored, in short pieces of work. A piece is read without a pause within, so that nothing can be
 * stored behind the reader unnoticed, and it ends between two instants.
 *
 * @param now - epoch ms; how long the piece takes does not show in what is observed.
 * @returns the instant before which all is observed: `toMs`, or earlier when there was more than fits a piece.
 */
export function observeSlice(events: EventStore, analyser: Analyser, fromMs: number, toMs: number, now: () => number): number {
  const startedAt = now()
  let end = toMs
  let observed = 0
  let isLong = false
  let lastAt = fromMs
  for (const event of events.readCounted({ fromMs, toMs })) {
    if (isLong && event.at !== lastAt) {
      end = event.at
      break
    }
    analyser.observe(event)
    observed += 1
    lastAt = event.at
    if (observed % EVENTS_PER_LOOK === 0) isLong = observed >= EVENTS_PER_SLICE || now() - startedAt >= SLICE_MS
  }
  analyser.advanceTo(end)
  return end
}
