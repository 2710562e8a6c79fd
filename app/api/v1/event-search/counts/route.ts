import { CountEventsQuery, CountEventsResponse } from '@/lib/api/contracts/event-search'
import { defineRoute } from '@/lib/server/route'
import { countEvents } from '@/lib/services/events-search/count-events'

export const GET = defineRoute({
  query: CountEventsQuery,
  response: CountEventsResponse,
  handle: async ({ ctx, query }) => {
    const { buckets, facets, ...counted } = await countEvents(ctx, query)
    return {
      ...counted,
      buckets: buckets.map((bucket) => ({ ...bucket })),
      facets: facets.map((facet) => ({ ...facet, values: [...facet.values] })),
    }
  },
})
