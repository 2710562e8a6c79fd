import type { LogFormat } from './format'

/** A format must fit at least half of what it was shown. */
export const SURE_ENOUGH = 0.5

/** The candidate that recognises the bytes most surely; the first of equals; null when none is sure enough. */
export function surestFormat(candidates: readonly LogFormat[], head: Uint8Array): LogFormat | null {
  let best: LogFormat | null = null
  let confidence = 0
  for (const format of candidates) {
    const sure = format.recognise(head)
    if (sure >= SURE_ENOUGH && sure > confidence) {
      best = format
      confidence = sure
    }
  }
  return best
}
