import { z } from 'zod'
import { storySchema } from '@/lib/domain/story'
import { ListAlarmsQuery, ListAlarmsResponse } from './alarms'

/** GET /api/v1/alarms/stories — the queue's filter, one row per zone or host, keyset paged, worst first. */
export const ListStoriesQuery = ListAlarmsQuery.omit({ sort: true })

export const ListStoriesResponse = z.strictObject({
  stories: z.array(storySchema),
  nextCursor: z.string().nullable(),
  /** Stories under the filter; null on later pages. */
  total: z.number().nullable(),
  /** Alarms under the filter. */
  alarms: z.number(),
  counts: ListAlarmsResponse.shape.counts,
  changeNumber: z.number(),
})
export type ListStoriesResponse = z.infer<typeof ListStoriesResponse>
