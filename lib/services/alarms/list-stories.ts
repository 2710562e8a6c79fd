import type { Story } from '@/lib/domain/story'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { type AlarmList, countFacets, type ListAlarms, toFilter } from './list-alarms'

export interface StoryList {
  readonly stories: Story[]
  readonly nextCursor: string | null
  /** Stories under the filter; null on later pages. */
  readonly total: number | null
  /** Alarms under the filter. */
  readonly alarms: number
  readonly counts: AlarmList['counts']
  readonly changeNumber: number
}

/** A page of stories under the queue's filter, worst first: one row per zone, or per host where no zone is named. */
export async function listStories(ctx: ServiceContext, input: Omit<ListAlarms, 'sort'>): Promise<StoryList> {
  requirePermission(ctx, 'alarm:read')
  const filter = toFilter(ctx, input)
  // Read first: a change that lands in between is asked for again rather than missed.
  const changeNumber = await ctx.alarms.changeNumber()
  const page = await ctx.alarms.stories(filter, input.limit, input.cursor)
  const total = input.cursor === null ? await ctx.alarms.countStories(filter) : null
  const { status: _status, severity: _severity, detector: _detector, ...others } = filter
  const { total: alarms, counts } = countFacets(await ctx.alarms.facets(others), filter)
  return { stories: [...page.rows], nextCursor: page.nextCursor, total, alarms, counts, changeNumber }
}
