import { AlarmParams, DecisionResponse, EscalateAlarmBody } from '@/lib/api/contracts/alarms'
import { defineRoute } from '@/lib/server/route'
import { escalateAlarm } from '@/lib/services/alarms/escalate-alarm'

export const POST = defineRoute({
  params: AlarmParams,
  body: EscalateAlarmBody,
  response: DecisionResponse,
  handle: ({ ctx, params, body }) => escalateAlarm(ctx, { ...params, ...body }),
})
