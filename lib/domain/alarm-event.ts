import { z } from 'zod'

export const ALARM_ACTIONS = [
  'opened',
  'recurred',
  'closed',
  'escalated',
  'reopened',
  'undone',
  'noted',
  'checked',
  'assigned',
  'suppressed',
  'unsuppressed',
] as const
export const alarmActionSchema = z.enum(ALARM_ACTIONS)
export type AlarmAction = z.infer<typeof alarmActionSchema>

/** One line of an alarm's history; append-only. */
export const alarmEventSchema = z.object({
  id: z.string(),
  alarmId: z.string(),
  at: z.number(),
  action: alarmActionSchema,
  /** null = Dowser itself. */
  byUserId: z.string().nullable(),
  byName: z.string().nullable(),
  /** Free text a person wrote. */
  note: z.string().nullable(),
  /** What changed, in plain words: "false positive, entry *.example.net until 2026-12-21". */
  detail: z.string().nullable(),
  /** The event that reversed this one. */
  undoneById: z.string().nullable(),
})
export type AlarmEvent = z.infer<typeof alarmEventSchema>
