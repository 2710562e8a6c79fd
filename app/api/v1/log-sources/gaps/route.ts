import { ListGapsQuery, ListGapsResponse } from '@/lib/api/contracts/log-sources'
import { defineRoute } from '@/lib/server/route'
import { listGaps } from '@/lib/services/log-sources/list-gaps'

export const GET = defineRoute({
  query: ListGapsQuery,
  response: ListGapsResponse,
  handle: ({ ctx, query: { from, to } }) =>
    listGaps(ctx, { span: from === undefined || to === undefined ? null : { fromMs: from, toMs: to } }),
})
