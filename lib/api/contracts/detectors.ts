import { z } from 'zod'
import { alarmStatusSchema, closeReasonSchema, severitySchema } from '@/lib/domain/alarm'
import { previewAlarmSchema, previewResultSchema, previewStateSchema } from '@/lib/domain/detector-preview'
import { detectorChangeSchema, detectorExceptionSchema } from '@/lib/domain/detector-settings'
import { detectorStatusSchema } from '@/lib/domain/detector-status'

/** GET /api/v1/detectors */
export const ListDetectorsResponse = z.strictObject({
  /** Alarms last seen from here on are counted, epoch ms. */
  weekFrom: z.number(),
  detectors: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      description: z.string(),
      severity: severitySchema,
      risk: z.number(),
      techniques: z.array(z.string()),
      enabled: z.boolean(),
      /** Settings that differ from their default, and exceptions. */
      changed: z.number(),
      changedAt: z.number().nullable(),
      changedByName: z.string().nullable(),
      /** Event time up to which it has looked since the engine started. */
      lookedUntil: z.number().nullable(),
      /** What it learned and when it runs. */
      status: detectorStatusSchema.nullable(),
      week: z.strictObject({
        open: z.number(),
        escalated: z.number(),
        truePositive: z.number(),
        closedOtherwise: z.number(),
        suppressed: z.number(),
      }),
    }),
  ),
})
export type ListDetectorsResponse = z.infer<typeof ListDetectorsResponse>
export type DetectorSummary = z.infer<typeof ListDetectorsResponse>['detectors'][number]

const touchedSchema = z.strictObject({ at: z.number(), byName: z.string(), reason: z.string() }).nullable()

export const parameterSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  unit: z.string(),
  default: z.number(),
  min: z.number(),
  max: z.number(),
  /** Why the default is what it is. */
  reason: z.string(),
  whole: z.boolean(),
  /** In force. */
  value: z.number(),
  /** Who changed it last. */
  touched: touchedSchema,
})
export type DetectorParameter = z.infer<typeof parameterSchema>

export const detectorSchema = z.strictObject({
  id: z.string(),
  version: z.number(),
  enabled: z.boolean(),
  enabledTouched: touchedSchema,
  parameters: z.array(parameterSchema),
  presets: z.array(z.strictObject({ id: z.string(), label: z.string(), reason: z.string(), settings: z.record(z.string(), z.number()) })),
  exceptionSupport: z
    .strictObject({ label: z.string(), reason: z.string(), fields: z.array(z.string()), example: z.string(), limit: z.number() })
    .nullable(),
  exceptions: z.array(detectorExceptionSchema),
  /** Newest first. */
  changes: z.array(detectorChangeSchema),
})
export type DetectorSettingsView = z.infer<typeof detectorSchema>

export const DetectorParams = z.object({ detectorId: z.string().min(1).max(100) })
/** GET /api/v1/detectors/{id} */
export const DetectorResponse = z.strictObject({ detector: detectorSchema })
export type DetectorResponse = z.infer<typeof DetectorResponse>

/** Bounds of each value are the rule's and are checked by the service, which names every bad field. */
const configShape = {
  enabled: z.boolean(),
  values: z.record(z.string().max(100), z.number().nullable()),
  exceptions: z.array(detectorExceptionSchema).max(1_000),
}

const changeReason = z.string().trim().min(3, 'say why, in at least 3 characters').max(500, 'at most 500 characters')

/** PATCH /api/v1/detectors/{id} (admin): the whole of what is chosen; a value that is null or not named is the default. */
export const ChangeDetectorBody = z.strictObject({
  ...configShape,
  expectedVersion: z.number().int().min(0),
  reason: changeReason,
  /** Confirmed alarms that the preview said would be lost. */
  acceptedLosses: z.number().int().min(0).default(0),
})
export const ChangedDetectorResponse = z.strictObject({
  detector: detectorSchema,
  /** False: the engine is down and takes it up when it starts. */
  running: z.boolean(),
})
export type ChangedDetectorResponse = z.infer<typeof ChangedDetectorResponse>

/** POST /api/v1/detectors/{id}/changes/{changeId}/revert (admin) */
export const DetectorChangeParams = DetectorParams.extend({ changeId: z.string().min(1).max(100) })
export const RevertChangeBody = z.strictObject({ expectedVersion: z.number().int().min(0) })

/** POST /api/v1/detectors/{id}/previews (admin) */
export const StartPreviewBody = z.strictObject({
  ...configShape,
  /** Ends with the newest stored event; null: all that is stored. */
  days: z.number().int().min(1).max(3_650).nullable(),
})
export const StartPreviewResponse = z.strictObject({ previewId: z.string() })
export type StartPreviewResponse = z.infer<typeof StartPreviewResponse>

const decidedAlarmSchema = previewAlarmSchema.extend({ status: alarmStatusSchema.nullable(), reason: closeReasonSchema.nullable() })
const decidedSideSchema = z.object({ count: z.number(), rows: z.array(decidedAlarmSchema) })
export type PreviewedAlarm = z.infer<typeof decidedAlarmSchema>

/** GET and DELETE /api/v1/detectors/{id}/previews/{previewId} (admin) */
export const PreviewParams = DetectorParams.extend({ previewId: z.string().min(1).max(100) })
export const previewViewSchema = previewStateSchema.extend({
  result: previewResultSchema
    .extend({
      added: decidedSideSchema,
      dropped: decidedSideSchema,
      /** Dropped alarms that a person closed as a true positive. */
      lostTruePositives: z.number(),
    })
    .nullable(),
})
export type PreviewView = z.infer<typeof previewViewSchema>
export type PreviewOutcome = NonNullable<PreviewView['result']>
export const PreviewResponse = z.strictObject({ preview: previewViewSchema })
export type PreviewResponse = z.infer<typeof PreviewResponse>
export const CancelPreviewResponse = z.strictObject({})
export type CancelPreviewResponse = z.infer<typeof CancelPreviewResponse>

/** POST /api/v1/detectors/check-exception */
export const CheckExceptionBody = z.strictObject({ kql: z.string().max(10_000) })
export const CheckExceptionResponse = z.strictObject({ refusal: z.string().nullable() })

export type CheckExceptionResponse = z.infer<typeof CheckExceptionResponse>
