import { SearchEventsQuery, SearchEventsResponse } from '@/lib/api/contracts/event-search'
import { defineRoute } from '@/lib/server/route'
import { searchEvents } from '@/lib/services/events-search/search-events'

export const GET = defineRoute({
  query: SearchEventsQuery,
  response: SearchEventsResponse,
  handle: ({ ctx, query }) => searchEvents(ctx, query),
})
