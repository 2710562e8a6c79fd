import { z } from 'zod'
import { alarmRowSchema } from '@/lib/domain/alarm'
import { allowlistEntrySchema } from '@/lib/domain/allowlist'
import { AllowlistDraft } from './alarms'

/** GET /api/v1/allowlist?removed=true */
export const ListAllowlistQuery = z.object({
  removed: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
})
export const ListAllowlistResponse = z.strictObject({ entries: z.array(allowlistEntrySchema) })
export type ListAllowlistResponse = z.infer<typeof ListAllowlistResponse>

/** POST /api/v1/allowlist */
export const AddAllowlistEntryBody = AllowlistDraft
export const AllowlistEntryResponse = z.strictObject({ entry: allowlistEntrySchema, hiddenAlarms: z.number(), restoredAlarms: z.number() })
export type AllowlistEntryResponse = z.infer<typeof AllowlistEntryResponse>

/** POST /api/v1/allowlist/preview — what the entry would hide, before anything is saved. */
export const PreviewAllowlistBody = AllowlistDraft.pick({ domain: true, source: true, detector: true })
export type PreviewAllowlistBody = z.infer<typeof PreviewAllowlistBody>
export const PreviewAllowlistResponse = z.strictObject({
  openAlarms: z.number(),
  /** Alarms a person confirmed as true positive that it would have hidden. */
  truePositives: z.number(),
  examples: z.array(alarmRowSchema),
  /** Why it cannot be saved (a public suffix, not a name), or null. */
  refusal: z.string().nullable(),
  warnings: z.array(z.string()),
})
export type PreviewAllowlistResponse = z.infer<typeof PreviewAllowlistResponse>

/** GET /api/v1/allowlist/check?name= — which entry decides about a name. */
export const CheckNameQuery = z.object({ name: z.string().min(1).max(1_000) })
export const CheckNameResponse = z.strictObject({ entry: allowlistEntrySchema.nullable() })
export type CheckNameResponse = z.infer<typeof CheckNameResponse>

/** DELETE /api/v1/allowlist/{id} answers AllowlistEntryResponse. */
export const AllowlistEntryParams = z.object({ entryId: z.string().min(1).max(100) })
