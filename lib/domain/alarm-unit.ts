import { z } from 'zod'
import { alarmStatusSchema, benignFamilySchema, closeReasonSchema, ownerSchema } from './alarm'
import { allowlistEntrySchema } from './allowlist'

/** An allowlist entry as it is made. */
export const newEntrySchema = allowlistEntrySchema.omit({ hiddenAlarms: true, lastHitAt: true, removedAt: true, removedByName: true })

/** What one decision does to every alarm of a selection; `undo` is what takes another unit back. */
export const unitChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('close'),
    reason: closeReasonSchema,
    family: benignFamilySchema.nullable(),
    note: z.string().nullable(),
    /** Added when the last alarm is closed, removed when the unit is taken back. */
    entries: z.array(newEntrySchema).optional(),
  }),
  /** Into one escalation, under the line of its history that has the unit's id. */
  z.strictObject({ kind: z.literal('escalate'), escalationId: z.string(), note: z.string().nullable() }),
  z.strictObject({ kind: z.literal('note'), note: z.string() }),
  /** `owner` null: nobody any more. */
  z.strictObject({ kind: z.literal('assign'), owner: ownerSchema.nullable() }),
  z.strictObject({ kind: z.literal('undo'), of: z.enum(['close', 'assign', 'escalate']) }),
])
export type UnitChange = z.infer<typeof unitChangeSchema>

/** One decision on many alarms, its progress and its outcome. */
export const alarmUnitSchema = z.strictObject({
  id: z.string(),
  /** null for an undo. */
  selectionId: z.string().nullable(),
  undoesUnitId: z.string().nullable(),
  change: unitChangeSchema,
  /** Alarms it is about. */
  total: z.number(),
  /** Of them, so far: those it changed, and those someone else had changed meanwhile, which it left alone. */
  changed: z.number(),
  left: z.number(),
  byUserId: z.string(),
  byName: z.string(),
  at: z.number(),
  /** null while parts are still being stored. */
  finishedAt: z.number().nullable(),
  undoneById: z.string().nullable(),
})
export type AlarmUnit = z.infer<typeof alarmUnitSchema>

/** An alarm a unit left alone, as it stands now. */
export const leftAlarmSchema = z.strictObject({
  id: z.string(),
  zone: z.string().nullable(),
  source: z.string().nullable(),
  status: alarmStatusSchema,
})
export type LeftAlarm = z.infer<typeof leftAlarmSchema>

/** A zone of a selection, and the narrowest allowlist entry that covers its alarms there. */
export const selectedZoneSchema = z.strictObject({
  zone: z.string(),
  alarms: z.number(),
  /** The one source or detector of those alarms; null when there are several. */
  source: z.string().nullable(),
  detector: z.string().nullable(),
})
export type SelectedZone = z.infer<typeof selectedZoneSchema>

/** A frozen set of alarms. */
export const selectionSchema = z.strictObject({
  id: z.string(),
  byUserId: z.string(),
  createdAt: z.number(),
  expiresAt: z.number(),
  count: z.number(),
})
export type Selection = z.infer<typeof selectionSchema>
