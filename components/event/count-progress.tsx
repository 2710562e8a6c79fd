import { Button } from '@/components/ui/button'
import { formatCount, formatDuration } from '@/components/ui/format'
import { Spinner } from '@/components/ui/spinner'
import { TimeText } from '@/components/ui/time-text'
import type { Counts } from './use-counts'

const DAY_MS = 86_400_000

/** "3 of 7 days", "40 min of 3 h". */
export function countedShare(countedMs: number, wholeMs: number): string {
  if (wholeMs <= 2 * DAY_MS) return `${formatDuration(countedMs)} of ${formatDuration(wholeMs)}`
  const days = countedMs / DAY_MS
  return `${days < 10 ? Math.round(days * 10) / 10 : Math.round(days)} of ${formatCount(Math.ceil(wholeMs / DAY_MS))} days`
}

/** How many, and honestly how far the counting came. */
export function CountProgress({
  counts: { counts, range, countedFrom, complete, counting, goOn },
  noun,
}: {
  readonly counts: Counts
  readonly noun: string
}) {
  if (counts === null || range === null || countedFrom === null) return null
  if (complete)
    return (
      <p role="status" className="m-0 text-sm">
        <strong className="tabular font-semibold">{formatCount(counts.total)}</strong> {noun}, all counted.
      </p>
    )
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <span>
        <strong className="tabular font-semibold">{formatCount(counts.total)}</strong> {noun} so far. Counted{' '}
        {countedShare(range.to - countedFrom, range.to - range.from)}, back to <TimeText at={countedFrom} precision="minute" />.
      </span>
      {counting ? (
        <span className="inline-flex items-center gap-1.5 text-muted">
          <Spinner size={14} /> Still counting
        </span>
      ) : (
        <Button size="sm" onClick={goOn}>
          Go on counting
        </Button>
      )}
    </div>
  )
}
