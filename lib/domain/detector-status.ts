import { z } from 'zod'

/** How far a running detector is, for people. Instants are epoch ms of event time. */
export const detectorStatusSchema = z.strictObject({
  /** What it learned of this network; null: it learns nothing. */
  learning: z
    .strictObject({
      /** Everything is learned that its results rest on. */
      warm: z.boolean(),
      sentence: z.string(),
      /** What was learned, beside what is needed; null: nothing in particular. */
      parts: z.array(z.strictObject({ label: z.string(), have: z.number(), need: z.number().nullable() })),
    })
    .nullable(),
  /** Its runs, when it looks at fixed times; null: it looks at every step. */
  runs: z.strictObject({ lastAt: z.number().nullable(), nextAt: z.number().nullable() }).nullable(),
})
export type DetectorStatus = z.infer<typeof detectorStatusSchema>
