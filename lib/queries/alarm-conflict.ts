import { z } from 'zod'
import { ApiError } from '@/lib/api/client'
import { type Alarm, alarmSchema } from '@/lib/domain/alarm'
import { type AlarmEvent, alarmEventSchema } from '@/lib/domain/alarm-event'

const conflictSchema = z.object({ alarm: alarmSchema, lastEvent: alarmEventSchema.nullable().default(null) })

/** Someone was first: the alarm as it is now and what they did. */
export interface AlarmConflict {
  readonly alarm: Alarm
  readonly lastEvent: AlarmEvent | null
}

/** Reads a failed decision's problem document; null when it failed for another reason. */
export function conflictOf(error: unknown): AlarmConflict | null {
  if (!(error instanceof ApiError) || error.status !== 409) return null
  const parsed = conflictSchema.safeParse(error.problem)
  return parsed.success ? parsed.data : null
}
