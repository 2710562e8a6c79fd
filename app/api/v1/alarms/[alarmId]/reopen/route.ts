import { AlarmParams, DecisionResponse, ReopenBody } from '@/lib/api/contracts/alarms'
import { defineRoute } from '@/lib/server/route'
import { reopenAlarm } from '@/lib/services/alarms/reopen-alarm'

export const POST = defineRoute({
  params: AlarmParams,
  body: ReopenBody,
  response: DecisionResponse,
  handle: ({ ctx, params, body }) => reopenAlarm(ctx, { ...params, ...body }),
})
