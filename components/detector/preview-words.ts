import { formatDuration, plural } from '@/components/ui/format'
import type { PreviewOutcome } from '@/lib/api/contracts/detectors'

const DAY_MS = 86_400_000

/** "On the stored history of the last 7 d this change would have raised 3 more and dropped 12 of 40 alarms." */
export function previewSentence(result: PreviewOutcome): string {
  const { added, dropped, currentAlarms, events } = result
  if (events === 0) return 'There are no stored events in this span, so nothing can be said.'
  const span = `On the stored history (${spanText(result.toMs - result.fromMs)})`
  if (added.count === 0 && dropped.count === 0)
    return `${span} this change would have made no difference to the ${plural(currentAlarms, 'alarm')}.`
  return `${span} this change would have raised ${added.count} more and dropped ${dropped.count} of ${plural(currentAlarms, 'alarm')}.`
}

/** "Looked at 3 d of 7 d": said only when the time was up before the end. */
export function reachSentence({ complete, fromMs, reachedMs, toMs }: PreviewOutcome): string | null {
  if (complete) return null
  return `The time was up: it looked at the first ${spanText(reachedMs - fromMs)} of ${spanText(toMs - fromMs)}. Choose a shorter span to see all of it.`
}

/** Whole days as such, shorter spans in their largest units. */
const spanText = (ms: number): string => (ms >= DAY_MS && ms % DAY_MS === 0 ? plural(ms / DAY_MS, 'day') : formatDuration(ms))
