import { z } from 'zod'

/** Every failed answer of the API: RFC 9457 `application/problem+json`. Extra members depend on `type`. */
export const problemSchema = z.looseObject({
  /** `/problems/` and a code: `not-found`, `conflict`, `forbidden`, `invalid`, `unauthenticated`, `unavailable`, `unknown-format`, … */
  type: z.string(),
  title: z.string(),
  status: z.number(),
  /** One sentence a person can act on. */
  detail: z.string().optional(),
  /** Every bad field, by path in the body or query (`allowlist.days`). */
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** The same id stands in the server's log. */
  requestId: z.string().optional(),
})
export type Problem = z.infer<typeof problemSchema>
