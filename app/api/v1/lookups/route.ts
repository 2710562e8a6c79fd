import { ListLookupsQuery, ListLookupsResponse } from '@/lib/api/contracts/lookups'
import { defineRoute } from '@/lib/server/route'
import { listLookups } from '@/lib/services/lookups/list-lookups'

export const GET = defineRoute({
  query: ListLookupsQuery,
  response: ListLookupsResponse,
  handle: ({ ctx, query }) => listLookups(ctx, query),
})
