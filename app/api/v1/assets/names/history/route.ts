import { NameHistoryQuery, NameHistoryResponse } from '@/lib/api/contracts/assets'
import { defineRoute } from '@/lib/server/route'
import { listNames } from '@/lib/services/assets/list-names'

export const GET = defineRoute({
  query: NameHistoryQuery,
  response: NameHistoryResponse,
  handle: ({ ctx, query }) => listNames(ctx, query),
})
