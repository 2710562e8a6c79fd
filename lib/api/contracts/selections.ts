import { z } from 'zod'
import { benignFamilySchema, closeReasonSchema, ownerSchema } from '@/lib/domain/alarm'
import { alarmUnitSchema, leftAlarmSchema, selectionSchema } from '@/lib/domain/alarm-unit'
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
    }),
    z.strictObject({ kind: z.literal('note'), note: z.string().trim().min(1).max(5_000) }),
    z.strictObject({ kind: z.literal('assign'), ownerId: z.string().max(100).nullable() }),
  ]),
})
export type SelectionDecision = z.input<typeof DecideSelectionBody>['decision']

/** POST …/actions and POST /api/v1/selections/units/{id}/undo */
export const StartedUnitResponse = z.strictObject({ unit: alarmUnitSchema })

export const UnitParams = z.object({ unitId: z.string().min(1).max(100) })
/** GET /api/v1/selections/units/{id} — `leftAlone` = the first 50 alarms that someone else had changed. */
export const UnitResponse = z.strictObject({ unit: alarmUnitSchema, leftAlone: z.array(leftAlarmSchema) })
export type UnitResponse = z.infer<typeof UnitResponse>

/** GET /api/v1/selections/assignees */
export const AssigneesResponse = z.strictObject({ people: z.array(ownerSchema) })
