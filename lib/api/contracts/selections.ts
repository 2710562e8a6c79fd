import { z } from 'zod'
import { benignFamilySchema, closeReasonSchema, ownerSchema } from '@/lib/domain/alarm'
import { alarmUnitSchema, leftAlarmSchema, selectedZoneSchema, selectionSchema } from '@/lib/domain/alarm-unit'
import { escalationSchema } from '@/lib/domain/escalation'
import { ListAlarmsQuery } from './alarms'

const seenAlarm = z.strictObject({ id: z.string().min(1).max(100), version: z.number().int() })
/** Rows one page can hold; more are selected by their filter. */
const MAX_NAMED = 5_000

/** POST /api/v1/selections — freezes the alarms named, as they were seen, or all that meet the filter now. */
export const CreateSelectionBody = z.union([
  z.strictObject({ alarms: z.array(seenAlarm).min(1).max(MAX_NAMED) }),
  z.strictObject({ filter: ListAlarmsQuery.omit({ sort: true, limit: true, cursor: true }) }),
])
export type CreateSelectionInput = z.input<typeof CreateSelectionBody>

/** `alarmIds` = the first 2,000. */
export const SelectionResponse = z.strictObject({ selection: selectionSchema, alarmIds: z.array(z.string()) })
export type SelectionResponse = z.infer<typeof SelectionResponse>

export const SelectionParams = z.object({ selectionId: z.string().min(1).max(100) })

/** PATCH /api/v1/selections/{id} */
export const AdjustSelectionBody = z.strictObject({
  add: z.array(seenAlarm).max(MAX_NAMED).default([]),
  remove: z.array(z.string().min(1).max(100)).max(MAX_NAMED).default([]),
})

/** POST /api/v1/selections/{id}/actions — 202; ask the unit how far it is. */
export const DecideSelectionBody = z.strictObject({
  decision: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('close'),
      reason: closeReasonSchema,
      family: benignFamilySchema.nullable().default(null),
      note: z.string().trim().max(5_000).nullable().default(null),
      /** Zones of the selection that get an entry each: of their one source and detector, or of all when there are several. */
      allowlist: z
        .strictObject({ zones: z.array(z.string().max(253)).min(1).max(50), days: z.number().int().min(1).max(365) })
        .nullable()
        .default(null),
    }),
    z.strictObject({
      kind: z.literal('escalate'),
      /** null opens one. */
      escalationId: z.string().max(100).nullable(),
      note: z.string().trim().max(5_000).nullable().default(null),
    }),
    z.strictObject({ kind: z.literal('note'), note: z.string().trim().min(1).max(5_000) }),
    z.strictObject({ kind: z.literal('assign'), ownerId: z.string().max(100).nullable() }),
  ]),
})
export type SelectionDecision = z.input<typeof DecideSelectionBody>['decision']

/** POST …/actions and POST /api/v1/selections/units/{id}/undo */
export const StartedUnitResponse = z.strictObject({ unit: alarmUnitSchema })
export type StartedUnitResponse = z.infer<typeof StartedUnitResponse>

export const UnitParams = z.object({ unitId: z.string().min(1).max(100) })
/** GET /api/v1/selections/units/{id} — `leftAlone` = the first 50 alarms that someone else had changed. */
export const UnitResponse = z.strictObject({ unit: alarmUnitSchema, leftAlone: z.array(leftAlarmSchema) })
export type UnitResponse = z.infer<typeof UnitResponse>

/** GET /api/v1/selections/assignees */
export const AssigneesResponse = z.strictObject({ people: z.array(ownerSchema) })
export type AssigneesResponse = z.infer<typeof AssigneesResponse>

/** GET /api/v1/selections/{id}/escalations — open ones it would fit into, the best first; `escalatable` counts up to one more than `most`. */
export const SelectionMatchesResponse = z.strictObject({
  matches: z.array(
    z.strictObject({ escalation: escalationSchema, alarms: z.number(), because: z.array(z.enum(['same-zone', 'same-host', 'same-user'])) }),
  ),
  escalatable: z.number(),
  most: z.number(),
})
export type SelectionMatchesResponse = z.infer<typeof SelectionMatchesResponse>

/** GET /api/v1/selections/{id}/entries — the allowlist entry that each of its zones, at most 50, would get. */
export const OfferedEntriesResponse = z.strictObject({
  entries: z.array(
    selectedZoneSchema.extend({
      openAlarms: z.number(),
      truePositives: z.number(),
      refusal: z.string().nullable(),
      warnings: z.array(z.string()),
    }),
  ),
  zonesTotal: z.number(),
  withoutZone: z.number(),
})
export type OfferedEntriesResponse = z.infer<typeof OfferedEntriesResponse>
