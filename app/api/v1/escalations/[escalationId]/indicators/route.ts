import { EscalationParams, IndicatorsResponse } from '@/lib/api/contracts/escalations'
import { defineRoute } from '@/lib/server/route'
import { getIndicators } from '@/lib/services/escalations/get-indicators'

export const GET = defineRoute({
  params: EscalationParams,
  response: IndicatorsResponse,
  handle: ({ ctx, params }) => getIndicators(ctx, params),
})
