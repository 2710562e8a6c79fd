import { z } from 'zod'

/** One sign-in of a person that still holds. */
export const accountSessionSchema = z.strictObject({
  id: z.string(),
  /** "Firefox on Linux"; words of ours, never the browser's own. */
  device: z.string(),
  startedAt: z.number(),
  /** To within five minutes. */
  lastSeenAt: z.number(),
  /** The one that asks. */
  current: z.boolean(),
})
export type AccountSession = z.infer<typeof accountSessionSchema>
