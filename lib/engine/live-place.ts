import type { IntakeLog, TimeRange } from '@/lib/store/ports'

const PLACE = 'live-place'

/** What a killed process must find of the live lane. */
export interface LivePlace {
  /** Alarms of every event before it are written, but for those in `late`. Epoch ms. */
  readonly analysedToMs: number
  /** Spans before it that hold stored events no detector has seen. */
  readonly late: readonly TimeRange[]
}

export const loadLivePlace = (log: IntakeLog): LivePlace | null => log.loadCheckpoint(PLACE) as LivePlace | null

export const saveLivePlace = (log: IntakeLog, place: LivePlace): void => log.saveCheckpoint(PLACE, place)
