import { z } from 'zod'
import { severitySchema } from './alarm'

/** An alarm that a preview found, with the stored alarm it belongs to, if there is one. */
export const previewAlarmSchema = z.object({
  alarmId: z.string().nullable(),
  zone: z.string().nullable(),
  source: z.string().nullable(),
  severity: severitySchema,
  firstSeenAt: z.number(),
  lastSeenAt: z.number(),
  summary: z.string(),
})
export type PreviewAlarm = z.infer<typeof previewAlarmSchema>

export const previewSideSchema = z.object({
  count: z.number(),
  /** Worst first, bounded; `count` is exact. */
  rows: z.array(previewAlarmSchema),
})

/** What other settings would have raised over stored events. Instants are epoch ms of event time. */
export const previewResultSchema = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  /** End of what was looked at; before `toMs` when the time was up. */
  reachedMs: z.number(),
  complete: z.boolean(),
  events: z.number(),
  /** Alarms with the settings in force, and with the changed ones. */
  currentAlarms: z.number(),
  changedAlarms: z.number(),
  /** Raised by both, with another severity. */
  severityChanged: z.number(),
  added: previewSideSchema,
  dropped: previewSideSchema,
})
export type PreviewResult = z.infer<typeof previewResultSchema>

export const previewStateSchema = z.object({
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  /** Share of the span that was looked at, 0–1. */
  progress: z.number(),
  result: previewResultSchema.nullable(),
  error: z.string().nullable(),
})
export type PreviewState = z.infer<typeof previewStateSchema>

/** Spans a preview offers; null: all that is stored. */
export const PREVIEW_DAYS = [1, 7, 30, null] as const
