import { AlarmParams, DecisionResponse, UndoBody } from '@/lib/api/contracts/alarms'
import { defineRoute } from '@/lib/server/route'
import { undoDecision } from '@/lib/services/alarms/undo-decision'

export const POST = defineRoute({
  params: AlarmParams,
  body: UndoBody,
  response: DecisionResponse,
  handle: ({ ctx, params, body }) => undoDecision(ctx, { ...params, ...body }),
})
