import { z } from 'zod'

/** GET /api/v1/status — what the shell shows on every page. */
export const StatusResponse = z.strictObject({
  demo: z.boolean(),
  openAlarms: z.number(),
  changeNumber: z.number(),
  /** Detectors that are switched off: their silence proves nothing. */
  detectorsOff: z.array(z.strictObject({ id: z.string(), title: z.string() })),
  engine: z.enum(['ready', 'starting', 'down']),
  version: z.string(),
})
export type StatusResponse = z.infer<typeof StatusResponse>

/** DELETE /api/v1/demo */
export const RemoveDemoResponse = z.strictObject({ removedAlarms: z.number() })

export type RemoveDemoResponse = z.infer<typeof RemoveDemoResponse>
