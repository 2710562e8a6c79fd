import { z } from 'zod'
import { ALARM_STATUSES, alarmRowSchema, alarmSchema, benignFamilySchema, closeReasonSchema, severitySchema } from '@/lib/domain/alarm'
import { alarmEventSchema } from '@/lib/domain/alarm-event'

const commaList = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value), z.array(item))

/** GET /api/v1/alarms — keyset paged; every filter is also the page's URL state under the same name. */
export const ListAlarmsQuery = z.object({
  status: commaList(z.enum(ALARM_STATUSES)).optional(),
  severity: commaList(severitySchema).optional(),
  detector: commaList(z.string()).optional(),
  zone: z.string().optional(),
  source: z.string().optional(),
  hostId: z.string().optional(),
  technique: z.string().optional(),
  /** `none`, `me` or the id of a person. */
  owner: z.string().max(100).optional(),
  /** Id or name of a host. */
  host: z.string().max(256).optional(),
  user: z.string().max(256).optional(),
  tool: z.string().max(100).optional(),
  /** Closed at or after, epoch ms. */
  closedFrom: z.coerce.number().int().optional(),
  /** Key of a story. */
  story: z.string().max(300).optional(),
  text: z.string().max(200).optional(),
  from: z.coerce.number().int().optional(),
  to: z.coerce.number().int().optional(),
  sort: z.enum(['worst', 'newest', 'oldest']).default('worst'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().nullable().default(null),
})
export type ListAlarmsQuery = z.infer<typeof ListAlarmsQuery>
export type ListAlarmsInput = z.input<typeof ListAlarmsQuery>

export const ListAlarmsResponse = z.strictObject({
  rows: z.array(alarmRowSchema),
  nextCursor: z.string().nullable(),
  total: z.number(),
  /** Counts under the same filter without that field's own condition, for the filter bar. */
  counts: z.strictObject({
    status: z.record(z.string(), z.number()),
    severity: z.record(z.string(), z.number()),
    detector: z.record(z.string(), z.number()),
  }),
  changeNumber: z.number(),
})
export type ListAlarmsResponse = z.infer<typeof ListAlarmsResponse>

/** GET /api/v1/alarms/changes — cheap poll: has anything moved since the page was loaded? */
export const AlarmChangesResponse = z.strictObject({ changeNumber: z.number(), openAlarms: z.number() })
export type AlarmChangesResponse = z.infer<typeof AlarmChangesResponse>

/** `{id}` of an alarm's routes. */
export const AlarmParams = z.object({ alarmId: z.string().min(1).max(100) })

/** GET /api/v1/alarms/{id} */
export const AlarmResponse = z.strictObject({ alarm: alarmSchema, history: z.array(alarmEventSchema) })
export type AlarmResponse = z.infer<typeof AlarmResponse>

/** GET /api/v1/alarms/{id}/related — other alarms of the zone, source or host within 48 h either side. */
export const RelatedAlarmsResponse = z.strictObject({
  rows: z.array(
    z.strictObject({ alarm: alarmRowSchema, because: z.array(z.enum(['same-zone', 'same-source', 'same-host', 'same-user'])) }),
  ),
})
export type RelatedAlarmsResponse = z.infer<typeof RelatedAlarmsResponse>

/** GET /api/v1/alarms/{id}/sources — everyone who asked for the zone, from the event store, 30 days. */
export const AskingSourcesResponse = z.strictObject({
  sources: z.array(
    z.strictObject({ source: z.string(), queries: z.number(), firstSeenAt: z.number(), lastSeenAt: z.number(), openAlarms: z.number() }),
  ),
  /** The time looked through. */
  range: z.strictObject({ from: z.number(), to: z.number() }),
})
export type AskingSourcesResponse = z.infer<typeof AskingSourcesResponse>

export const AllowlistDraft = z.strictObject({
  domain: z.string().min(1).max(253),
  /** null = every source. */
  source: z.string().nullable().default(null),
  /** null = every detector. */
  detector: z.string().nullable().default(null),
  reason: z.string().trim().min(3).max(500),
  family: benignFamilySchema.nullable().default(null),
  /** Life of the entry; an analyst's at most 30. */
  days: z.number().int().min(1).max(365),
})
export type AllowlistDraft = z.infer<typeof AllowlistDraft>

/** POST /api/v1/alarms/{id}/close */
export const CloseAlarmBody = z.strictObject({
  expectedVersion: z.number().int(),
  reason: closeReasonSchema,
  family: benignFamilySchema.nullable().default(null),
  note: z.string().trim().max(5_000).nullable().default(null),
  /** Also add this entry; matching open alarms are suppressed in the same transaction. */
  allowlist: AllowlistDraft.nullable().default(null),
})
export type CloseAlarmBody = z.infer<typeof CloseAlarmBody>
export type CloseAlarmInput = z.input<typeof CloseAlarmBody>

/** POST /api/v1/alarms/{id}/escalate */
export const EscalateAlarmBody = z.strictObject({
  expectedVersion: z.number().int(),
  note: z.string().trim().max(5_000).nullable().default(null),
  /** Escalation to join; null opens one; left out, the best match is joined, and without one an escalation is opened. */
  escalationId: z.string().max(40).nullable().optional(),
})
export type EscalateAlarmBody = z.infer<typeof EscalateAlarmBody>

/** POST /api/v1/alarms/{id}/undo — reverses the given event (a close also takes back the entry it made); POST …/reopen needs no event. */
export const UndoBody = z.strictObject({ expectedVersion: z.number().int(), eventId: z.string() })
export type UndoBody = z.infer<typeof UndoBody>
export const ReopenBody = z.strictObject({ expectedVersion: z.number().int(), note: z.string().trim().max(5_000).nullable().default(null) })
export type ReopenBody = z.infer<typeof ReopenBody>

/** Answer of every decision. `hiddenAlarms` = other alarms the new entry suppressed. */
export const DecisionResponse = z.strictObject({ alarm: alarmSchema, event: alarmEventSchema, hiddenAlarms: z.number() })
export type DecisionResponse = z.infer<typeof DecisionResponse>

/** POST /api/v1/alarms/{id}/notes */
export const AddNoteBody = z.strictObject({ text: z.string().trim().min(1).max(5_000) })
export type AddNoteBody = z.infer<typeof AddNoteBody>
export const NoteResponse = z.strictObject({ event: alarmEventSchema })

export type NoteResponse = z.infer<typeof NoteResponse>
