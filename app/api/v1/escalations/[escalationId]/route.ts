import { EscalationParams, EscalationResponse } from '@/lib/api/contracts/escalations'
import { defineRoute } from '@/lib/server/route'
import { getEscalation } from '@/lib/services/escalations/get-escalation'

export const GET = defineRoute({
  params: EscalationParams,
  response: EscalationResponse,
  handle: ({ ctx, params }) => getEscalation(ctx, params),
})
