import { SourceNamesQuery, SourceNamesResponse } from '@/lib/api/contracts/assets'
import { defineRoute } from '@/lib/server/route'
import { nameSources } from '@/lib/services/assets/name-sources'

export const GET = defineRoute({
  query: SourceNamesQuery,
  response: SourceNamesResponse,
  handle: ({ ctx, query }) => nameSources(ctx, query),
})
