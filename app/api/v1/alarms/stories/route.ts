import { ListStoriesQuery, ListStoriesResponse } from '@/lib/api/contracts/stories'
import { defineRoute } from '@/lib/server/route'
import { listStories } from '@/lib/services/alarms/list-stories'

export const GET = defineRoute({
  query: ListStoriesQuery,
  response: ListStoriesResponse,
  handle: ({ ctx, query }) => listStories(ctx, query),
})
