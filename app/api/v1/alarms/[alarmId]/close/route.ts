import { AlarmParams, CloseAlarmBody, DecisionResponse } from '@/lib/api/contracts/alarms'
import { defineRoute } from '@/lib/server/route'
import { closeAlarm } from '@/lib/services/alarms/close-alarm'

export const POST = defineRoute({
  params: AlarmParams,
  body: CloseAlarmBody,
  response: DecisionResponse,
  handle: ({ ctx, params, body }) => closeAlarm(ctx, { ...params, ...body }),
})
