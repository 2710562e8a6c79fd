import { z } from 'zod'
import { alarmActionSchema } from '@/lib/domain/alarm-event'

const lookupLaneSchema = z.strictObject({
  buckets: z.array(z.strictObject({ at: z.number(), count: z.number() })).readonly(),
  countedFrom: z.number(),
})

/** GET /api/v1/alarms/{id}/timeline — lookups by the hour, process starts and decisions, 48 h either side. */
export const AlarmTimelineResponse = z.strictObject({
  fromMs: z.number(),
  toMs: z.number(),
  stepMs: z.number(),
  ofZone: lookupLaneSchema.nullable(),
  bySource: lookupLaneSchema.nullable(),
  processStarts: z.array(z.strictObject({ at: z.number(), name: z.string(), commandLine: z.string().nullable() })).readonly(),
  decisions: z
    .array(
      z.strictObject({
        at: z.number(),
        alarmId: z.string(),
        action: alarmActionSchema,
        byName: z.string(),
        detail: z.string().nullable(),
      }),
    )
    .readonly(),
})
export type AlarmTimelineResponse = z.infer<typeof AlarmTimelineResponse>
