import { z } from 'zod'
import { ROLES } from './permission'

/** A queue under a name. */
export const savedViewSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Query string of the queue, without "?". */
  search: z.string(),
  byUserId: z.string(),
  byName: z.string(),
  /** Everybody sees it; else its maker alone. */
  shared: z.boolean(),
  /** The role whose queue opens with it. */
  defaultOf: z.enum(ROLES).nullable(),
  createdAt: z.number(),
})
export type SavedView = z.infer<typeof savedViewSchema>
