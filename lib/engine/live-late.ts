import type { TimeRange } from '@/lib/store/ports'

/** Ranges are widened to this grain, so that a source that lags evenly does not write a new note with every delivery. */
const GRAIN_MS = 600_000
/** Ranges told apart; beyond it the two that lie closest become one. */
const MAX_RANGES = 16

const widened = ({ fromMs, toMs }: TimeRange): TimeRange => ({
  fromMs: Math.floor(fromMs / GRAIN_MS) * GRAIN_MS,
  toMs: Math.ceil(toMs / GRAIN_MS) * GRAIN_MS,
})

/** @returns the ranges with `added`, in order of time; `known` itself when it holds `added` already. */
export function withLate(known: readonly TimeRange[], added: TimeRange): readonly TimeRange[] {
  const range = widened(added)
  if (known.some(({ fromMs, toMs }) => fromMs <= range.fromMs && toMs >= range.toMs)) return known
  const merged: TimeRange[] = []
  for (const next of [...known, range].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1)
    if (last !== undefined && next.fromMs <= last.toMs)
      merged[merged.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, next.toMs) }
    else merged.push(next)
  }
  if (merged.length > MAX_RANGES) joinClosest(merged)
  return merged
}

function joinClosest(ranges: TimeRange[]): void {
  let best = 1
  const gapBefore = (index: number): number => (ranges[index]?.fromMs ?? 0) - (ranges[index - 1]?.toMs ?? 0)
  for (let index = 2; index < ranges.length; index++) if (gapBefore(index) < gapBefore(best)) best = index
  const [left, right] = [ranges[best - 1], ranges[best]]
  if (left !== undefined && right !== undefined) ranges.splice(best - 1, 2, { fromMs: left.fromMs, toMs: right.toMs })
}
