import { SelectionMatchesResponse, SelectionParams } from '@/lib/api/contracts/selections'
import { defineRoute } from '@/lib/server/route'
import { matchSelection } from '@/lib/services/selections/match-selection'

export const GET = defineRoute({
  params: SelectionParams,
  response: SelectionMatchesResponse,
  handle: ({ ctx, params }) => matchSelection(ctx, params),
})
