import { z } from 'zod'
import { ROLES } from '@/lib/domain/permission'
import { savedViewSchema } from '@/lib/domain/saved-view'

/** GET /api/v1/views */
export const ListViewsResponse = z.strictObject({ views: z.array(savedViewSchema) })
export type ListViewsResponse = z.infer<typeof ListViewsResponse>

/** POST /api/v1/views */
export const SaveViewBody = z.strictObject({
  name: z.string().trim().min(1).max(60),
  /** Query string of the queue, without "?". */
  search: z.string().max(2_000),
  shared: z.boolean().default(false),
  defaultOf: z.enum(ROLES).nullable().default(null),
})
export type SaveViewInput = z.input<typeof SaveViewBody>
export const SaveViewResponse = z.strictObject({ view: savedViewSchema })
export type SaveViewResponse = z.infer<typeof SaveViewResponse>

/** DELETE /api/v1/views/{id} */
export const ViewParams = z.object({ viewId: z.string().min(1).max(100) })
export const RemoveViewResponse = z.strictObject({ removed: z.literal(true) })
export type RemoveViewResponse = z.infer<typeof RemoveViewResponse>

/** GET /api/v1/views/counts — alarms under the views everybody has; `closedFrom` = when the person's day began, epoch ms. */
export const ViewCountsQuery = z.object({ closedFrom: z.coerce.number().int() })
export const ViewCountsResponse = z.strictObject({
  unassigned: z.number(),
  mine: z.number(),
  openHigh: z.number(),
  closedToday: z.number(),
})

export type ViewCountsResponse = z.infer<typeof ViewCountsResponse>
