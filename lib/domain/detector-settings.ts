import { z } from 'zod'

/** Events that a person takes out of a rule's sight, with why. */
export const detectorExceptionSchema = z.strictObject({
  kql: z.string(),
  reason: z.string(),
  /** Events at or after it are counted again, epoch ms; null: never. */
  expiresAt: z.number().nullable(),
})
export type DetectorException = z.infer<typeof detectorExceptionSchema>

/** What people chose for one detector; a parameter that is not named has its default. */
export const detectorConfigSchema = z.strictObject({
  enabled: z.boolean(),
  values: z.record(z.string(), z.number()),
  exceptions: z.array(detectorExceptionSchema),
})
export type DetectorConfig = z.infer<typeof detectorConfigSchema>

export const DEFAULT_CONFIG: DetectorConfig = { enabled: true, values: {}, exceptions: [] }

export const detectorChangeSchema = z.strictObject({
  id: z.string(),
  at: z.number(),
  byUserId: z.string(),
  byName: z.string(),
  reason: z.string(),
  before: detectorConfigSchema,
  after: detectorConfigSchema,
  /** The change this one takes back. */
  revertsChangeId: z.string().nullable(),
  /** Confirmed alarms that its preview would have lost, and that the person accepted. */
  acceptedLosses: z.number(),
})
export type DetectorChange = z.infer<typeof detectorChangeSchema>

/** Longest history kept beside the settings; older changes stay in the audit log. */
export const MAX_CHANGES = 100

export const detectorSettingsSchema = z.strictObject({
  /** Raised by every change; a change names the version it was made on. 0: never changed. */
  version: z.number().int(),
  config: detectorConfigSchema,
  /** By parameter (`enabled` and `exceptions` too): who changed it last. */
  touched: z.record(z.string(), z.strictObject({ at: z.number(), byName: z.string(), reason: z.string() })),
  /** Newest first. */
  changes: z.array(detectorChangeSchema),
})
export type DetectorSettings = z.infer<typeof detectorSettingsSchema>

export const UNTOUCHED: DetectorSettings = { version: 0, config: DEFAULT_CONFIG, touched: {}, changes: [] }

/** Key of a detector's row in the table of settings. */
export const settingKeyOf = (detectorId: string): string => `detector.${detectorId}`

/** Reads a stored row; what was damaged by hand counts as never changed, so that detection goes on with its defaults. */
export function parseDetectorSettings(json: string): DetectorSettings {
  try {
    const parsed = detectorSettingsSchema.safeParse(JSON.parse(json))
    return parsed.success ? parsed.data : UNTOUCHED
  } catch {
    return UNTOUCHED
  }
}

/** Names of what differs between two choices: parameter ids, `enabled`, `exceptions`. */
export function changedFields(before: DetectorConfig, after: DetectorConfig): readonly string[] {
  const ids = [...new Set([...Object.keys(before.values), ...Object.keys(after.values)])].sort()
  return [
    ...(before.enabled === after.enabled ? [] : ['enabled']),
    ...ids.filter((id) => before.values[id] !== after.values[id]),
    ...(JSON.stringify(before.exceptions) === JSON.stringify(after.exceptions) ? [] : ['exceptions']),
  ]
}
