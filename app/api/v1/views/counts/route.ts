import { ViewCountsQuery, ViewCountsResponse } from '@/lib/api/contracts/views'
import { defineRoute } from '@/lib/server/route'
import { countViews } from '@/lib/services/views/count-views'

export const GET = defineRoute({ query: ViewCountsQuery, response: ViewCountsResponse, handle: ({ ctx, query }) => countViews(ctx, query) })
