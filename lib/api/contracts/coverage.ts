import { z } from 'zod'

/** GET /api/v1/coverage */
export const CoverageResponse = z.strictObject({
  attackVersion: z.string(),
  techniques: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      /** Tactic short names, e.g. `command-and-control`. */
      tactics: z.array(z.string()),
      url: z.string(),
      detectors: z.array(
        z.strictObject({ id: z.string(), title: z.string(), alarms: z.number(), open: z.number(), truePositive: z.number() }),
      ),
    }),
  ),
})
export type CoverageResponse = z.infer<typeof CoverageResponse>
