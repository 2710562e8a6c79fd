import { z } from 'zod'

const cellsSchema = z.array(z.tuple([z.number(), z.number()]).readonly()).readonly()

/** GET /api/v1/alarms/{id}/baseline — one query parameter, where an earlier piece stopped. */
export const AlarmBaselineQuery = z.strictObject({ cursor: z.string().max(40).optional() })

/** What other zones did in the same hours, as histograms (`lib/domain/network-baseline.ts` reads them). */
export const AlarmBaselineResponse = z.strictObject({
  range: z.strictObject({ from: z.number(), to: z.number() }),
  stepMs: z.number(),
  bands: z
    .array(
      z.strictObject({
        at: z.number(),
        values: z.strictObject({
          readabilityBits: cellsSchema,
          entropyBits: cellsSchema,
          length: cellsSchema,
          otherTypes: cellsSchema,
          names: cellsSchema,
          queries: cellsSchema,
        }),
      }),
    )
    .readonly(),
  lookups: z.number(),
  minutesRead: z.number(),
  minutesOf: z.number(),
  minutesPlanned: z.number(),
  nextCursor: z.string().nullable(),
})
export type AlarmBaselineResponse = z.infer<typeof AlarmBaselineResponse>
