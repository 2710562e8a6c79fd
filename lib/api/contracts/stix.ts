import { z } from 'zod'

/** GET /api/v1/alarms/{id}/stix — a STIX 2.1 bundle; its objects are as that standard has them. */
export const StixResponse = z.strictObject({
  type: z.literal('bundle'),
  id: z.string(),
  objects: z.array(z.looseObject({ type: z.string(), id: z.string() })),
})
export type StixResponse = z.infer<typeof StixResponse>
