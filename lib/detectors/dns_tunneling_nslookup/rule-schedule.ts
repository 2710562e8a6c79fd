import type { RuleWindow } from './threshold-window'

/** Missed runs that are made up for at most; what lies further back is a gap (as Elastic's rule executor does). */
export const MAX_CATCH_UP = 4

export interface ScheduledRun {
  /** Oldest first; they overlap on purpose. */
  readonly windows: readonly RuleWindow[]
  /** Time that no run will look at, both ends in epoch ms; null when nothing is missed. */
  readonly gap: RuleWindow | null
}

export interface Schedule {
  readonly intervalMs: number
  readonly lookBackMs: number
}

/**
 * The windows a run has to look at when it starts at `startedAt`, with those of the runs that were missed before it.
 *
 * @param previousStartedAt - epoch ms, null on the first run.
 */
export function windowsOfRun(startedAt: number, previousStartedAt: number | null, schedule: Schedule): ScheduledRun {
  const { intervalMs, lookBackMs } = schedule
  const missedMs = previousStartedAt === null ? 0 : Math.max(0, startedAt - previousStartedAt - lookBackMs)
  const catchUp = Math.min(MAX_CATCH_UP, Math.ceil(missedMs / intervalMs))
  const windows = Array.from({ length: catchUp + 1 }, (_, index) => {
    const toMs = startedAt - (catchUp - index) * intervalMs
    return { fromMs: toMs - lookBackMs, toMs }
  })
  const remainingMs = Math.max(0, missedMs - catchUp * intervalMs)
  const gap = previousStartedAt === null || remainingMs === 0 ? null : { fromMs: previousStartedAt, toMs: previousStartedAt + remainingMs }
  return { windows, gap }
}

/** First run at or after an event: runs stand at whole multiples of the interval, in event time. */
export const firstRunAt = (eventAt: number, intervalMs: number): number => Math.ceil(eventAt / intervalMs) * intervalMs
