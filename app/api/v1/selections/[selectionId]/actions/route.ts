import { DecideSelectionBody, SelectionParams, StartedUnitResponse } from '@/lib/api/contracts/selections'
import { defineRoute } from '@/lib/server/route'
import { finishLater } from '@/lib/server/unit-runner'
import { decideSelection } from '@/lib/services/selections/decide-selection'

export const POST = defineRoute({
  params: SelectionParams,
  body: DecideSelectionBody,
  response: StartedUnitResponse,
  status: 202,
  handle: async ({ ctx, params, body }) => finishLater(await decideSelection(ctx, { ...params, ...body })),
})
