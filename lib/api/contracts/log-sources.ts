import { z } from 'zod'
import { rejectReasonSchema } from '@/lib/domain/intake'
import { intakeKeySchema, LOG_SOURCE_KINDS, logSourceHealthSchema, logSourceSchema, logSourceSettingsSchema } from '@/lib/domain/log-source'

/** Life of a key in days, at most ten years; null: without an end. */
const keyDays = z.number().int().min(1).max(3_650).nullable()

const keyName = z.string().trim().min(1).max(100)

/** GET /api/v1/log-sources */
export const ListLogSourcesResponse = z.strictObject({
  logSources: z.array(
    z.strictObject({
      source: logSourceSchema,
      /** null: the engine has not told yet. */
      health: logSourceHealthSchema.nullable(),
      liveKeys: z.number(),
      keysEndAt: z.number().nullable(),
    }),
  ),
  engineAnswers: z.boolean(),
})
export type ListLogSourcesResponse = z.infer<typeof ListLogSourcesResponse>
export type LogSourceLine = ListLogSourcesResponse['logSources'][number]

const issuedKey = z.strictObject({ key: intakeKeySchema, secret: z.string() })

/** POST /api/v1/log-sources (admin). Settings that the kind does not need are ignored. */
export const AddLogSourceBody = z.strictObject({
  name: z.string().max(1_000),
  kind: z.enum(LOG_SOURCE_KINDS),
  // Bounds that depend on the kind are the service's, which names every bad field at once.
  settings: logSourceSettingsSchema.extend({ port: z.number().nullable(), quietAfterMs: z.number() }).strict(),
  acceptsUnauthenticated: z.boolean().default(false),
  keyDays: keyDays.default(365),
})
export type AddLogSourceBody = z.input<typeof AddLogSourceBody>
/** `issued`: the first key of a kind that needs one, its secret for the only time. */
export const AddLogSourceResponse = z.strictObject({ source: logSourceSchema, issued: issuedKey.nullable() })
export type AddLogSourceResponse = z.infer<typeof AddLogSourceResponse>

export const LogSourceParams = z.object({ logSourceId: z.string().min(1).max(100) })

/** GET /api/v1/log-sources/{id}: with every key, newest first, revoked and expired ones too. */
export const GetLogSourceResponse = z.strictObject({
  source: logSourceSchema,
  health: logSourceHealthSchema.nullable(),
  keys: z.array(intakeKeySchema),
  engineAnswers: z.boolean(),
})
export type GetLogSourceResponse = z.infer<typeof GetLogSourceResponse>

/** PATCH /api/v1/log-sources/{id} (admin) */
export const UpdateLogSourceBody = z
  .strictObject({
    paused: z.boolean().optional(),
    /** Log format id; null: recognised by content. */
    format: z.string().max(100).nullable().optional(),
  })
  .refine(({ paused, format }) => (paused === undefined) !== (format === undefined), {
    error: 'give either paused or format',
    path: ['format'],
  })
/** Answer of PATCH and of DELETE /api/v1/log-sources/{id}. */
export const LogSourceResponse = z.strictObject({ source: logSourceSchema })
export type LogSourceResponse = z.infer<typeof LogSourceResponse>

/** POST /api/v1/log-sources/{id}/keys (admin) */
export const CreateIntakeKeyBody = z.strictObject({ name: keyName, days: keyDays.default(365) })
export type CreateIntakeKeyBody = z.input<typeof CreateIntakeKeyBody>
/** The secret is in this answer alone. */
export const CreateIntakeKeyResponse = issuedKey
export type CreateIntakeKeyResponse = z.infer<typeof CreateIntakeKeyResponse>
export type IssuedIntakeKey = z.infer<typeof issuedKey>
/** DELETE /api/v1/log-sources/{id}/keys/{keyId} (admin) */
export const IntakeKeyParams = LogSourceParams.extend({ keyId: z.string().min(1).max(100) })
export const IntakeKeyResponse = z.strictObject({ key: intakeKeySchema })
export type IntakeKeyResponse = z.infer<typeof IntakeKeyResponse>

/** GET /api/v1/log-sources/gaps?from=&to= — epoch ms, `to` exclusive; without both, the gaps that last now. */
export const ListGapsQuery = z
  .object({ from: z.coerce.number().int().optional(), to: z.coerce.number().int().optional() })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), { error: 'from and to go together', path: ['to'] })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, { error: 'has to lie after from', path: ['to'] })
export const ListGapsResponse = z.strictObject({
  gaps: z.array(
    z.strictObject({
      logSourceId: z.string(),
      name: z.string(),
      fromMs: z.number(),
      toMs: z.number().nullable(),
      error: z.string().nullable(),
    }),
  ),
  /** False while the engine cannot tell: no gaps then proves nothing. */
  known: z.boolean(),
})
export type ListGapsResponse = z.infer<typeof ListGapsResponse>
export type LogSourceGap = z.infer<typeof ListGapsResponse>['gaps'][number]

/** POST /api/v1/events with a source's key in `Authorization`; body: a log's bytes, plain or gzipped. */
export const AcceptLogResponse = z.strictObject({
  added: z.number(),
  duplicates: z.number(),
  rejected: z.number(),
  rejects: z.array(rejectReasonSchema).readonly(),
})
export type AcceptLogResponse = z.input<typeof AcceptLogResponse>
