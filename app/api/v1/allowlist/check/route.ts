import { CheckNameQuery, CheckNameResponse } from '@/lib/api/contracts/allowlist'
import { defineRoute } from '@/lib/server/route'
import { checkName } from '@/lib/services/allowlist/check-name'

export const GET = defineRoute({
  query: CheckNameQuery,
  response: CheckNameResponse,
  handle: ({ ctx, query }) => checkName(ctx, query),
})
