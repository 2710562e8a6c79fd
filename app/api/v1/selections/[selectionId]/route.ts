import { AdjustSelectionBody, SelectionParams, SelectionResponse } from '@/lib/api/contracts/selections'
import { defineRoute } from '@/lib/server/route'
import { adjustSelection } from '@/lib/services/selections/adjust-selection'

export const PATCH = defineRoute({
  params: SelectionParams,
  body: AdjustSelectionBody,
  response: SelectionResponse,
  handle: ({ ctx, params, body }) => adjustSelection(ctx, { ...params, ...body }),
})
