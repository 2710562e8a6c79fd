import { AlarmParams, AlarmResponse } from '@/lib/api/contracts/alarms'
import { defineRoute } from '@/lib/server/route'
import { getAlarm } from '@/lib/services/alarms/get-alarm'

export const GET = defineRoute({
  params: AlarmParams,
  response: AlarmResponse,
  handle: ({ ctx, params }) => getAlarm(ctx, params),
})
