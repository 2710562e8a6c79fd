import type { ListAlarmsResponse } from '@/lib/api/contracts/alarms'
import type { AlarmRow } from '@/lib/domain/alarm'

export interface LiveDiff {
  /** Alarms that would now stand among the rows on screen and do not. */
  readonly added: number
  /** Rows on screen that somebody decided or the allowlist hid since. */
  readonly gone: ReadonlySet<string>
}

export const NO_DIFF: LiveDiff = { added: 0, gone: new Set() }

/**
 * What a fresh first page would change on screen, so that the page can say so without moving a row.
 *
 * @param shown - rows on screen, in order. @param complete - true when no further page exists.
 */
export function liveDiff(shown: readonly AlarmRow[], complete: boolean, fresh: ListAlarmsResponse): LiveDiff {
  const shownIds = new Set(shown.map((row) => row.id))
  const freshIds = new Set(fresh.rows.map((row) => row.id))
  const lastKnown = fresh.rows.findLastIndex((row) => shownIds.has(row.id))
  // Below the last row both pages know, a row is new only when everything was on screen: else it is page two.
  const added = fresh.rows.filter((row, index) => !shownIds.has(row.id) && (complete || index < lastKnown || shown.length === 0)).length
  const covered = fresh.nextCursor === null ? shown.length : shown.findLastIndex((row) => freshIds.has(row.id)) + 1
  const gone = shown.slice(0, covered).filter((row) => !freshIds.has(row.id))
  return { added, gone: new Set(gone.map((row) => row.id)) }
}

/** Newer figures for rows on screen; order and membership stay as they are. */
export function withFreshFigures(shown: readonly AlarmRow[], fresh: ListAlarmsResponse | undefined): readonly AlarmRow[] {
  if (fresh === undefined) return shown
  const byId = new Map(fresh.rows.map((row) => [row.id, row]))
  return shown.map((row) => {
    const now = byId.get(row.id)
    return now && (now.updatedAt > row.updatedAt || now.version > row.version) ? now : row
  })
}
