import { AlarmParams } from '@/lib/api/contracts/alarms'
import { GuideStepsResponse } from '@/lib/api/contracts/guide-steps'
import { defineRoute } from '@/lib/server/route'
import { listGuideSteps } from '@/lib/services/alarms/guide-list-steps'

export const GET = defineRoute({
  params: AlarmParams,
  response: GuideStepsResponse,
  handle: ({ ctx, params }) => listGuideSteps(ctx, params),
})
