import { ApiError } from '@/lib/api/client'
import type { Alarm } from '@/lib/domain/alarm'
import type { AlarmEvent } from '@/lib/domain/alarm-event'

/** Someone was first: the alarm as it is now and what they did. */
export interface AlarmConflict {
  readonly alarm: Alarm
  readonly lastEvent: AlarmEvent | null
}

/** Reads a failed decision's problem document; null when it failed for another reason. */
export function conflictOf(error: unknown): AlarmConflict | null {
  if (!(error instanceof ApiError) || error.status !== 409) return null
  // The route that refuses a decision sends both, see lib/services/alarms/decide.ts.
  const { alarm, lastEvent = null } = error.problem as Partial<AlarmConflict>
  return alarm === undefined ? null : { alarm, lastEvent }
}
