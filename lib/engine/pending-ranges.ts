import type { IntakeLog, TimeRange } from '@/lib/store/ports'

const nameOf = (intakeId: string): string => `pending:${intakeId}`

/** Span of events an intake has stored and not yet seen analysed, written before the events are. */
export interface PendingRange extends TimeRange {
  /** Process that stores them; another may take over when it is gone. */
  readonly pid: number
}

export function savePending(log: IntakeLog, intakeId: string, pending: PendingRange): void {
  log.saveCheckpoint(nameOf(intakeId), pending)
}

export function clearPending(log: IntakeLog, intakeId: string): void {
  log.saveCheckpoint(nameOf(intakeId), null)
}

export function loadPending(log: IntakeLog, intakeId: string): PendingRange | null {
  return log.loadCheckpoint(nameOf(intakeId)) as PendingRange | null
}

/** @returns the smallest range that holds both; `known` itself when it already holds `added`. */
export function widen<Range extends TimeRange>(known: Range, added: TimeRange): Range {
  if (known.fromMs <= added.fromMs && known.toMs >= added.toMs) return known
  return { ...known, fromMs: Math.min(known.fromMs, added.fromMs), toMs: Math.max(known.toMs, added.toMs) }
}

export function rangeOf(events: readonly { readonly at: number }[]): TimeRange | null {
  if (events.length === 0) return null
  let fromMs = Number.POSITIVE_INFINITY
  let toMs = Number.NEGATIVE_INFINITY
  for (const { at } of events) {
    if (at < fromMs) fromMs = at
    if (at >= toMs) toMs = at + 1
  }
  return { fromMs, toMs }
}
