import { StartedUnitResponse, UnitParams } from '@/lib/api/contracts/selections'
import { defineRoute } from '@/lib/server/route'
import { finishLater } from '@/lib/server/unit-runner'
import { undoUnit } from '@/lib/services/selections/undo-unit'

export const POST = defineRoute({
  params: UnitParams,
  response: StartedUnitResponse,
  status: 202,
  handle: async ({ ctx, params }) => finishLater(await undoUnit(ctx, params)),
})
