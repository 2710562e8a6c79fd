import { AlarmBaselineQuery, AlarmBaselineResponse } from '@/lib/api/contracts/alarm-baseline'
import { AlarmParams } from '@/lib/api/contracts/alarms'
import { defineRoute } from '@/lib/server/route'
import { baselineOfAlarm } from '@/lib/services/alarms/baseline-of-alarm'

export const GET = defineRoute({
  params: AlarmParams,
  query: AlarmBaselineQuery,
  response: AlarmBaselineResponse,
  handle: ({ ctx, params, query }) => baselineOfAlarm(ctx, { ...params, cursor: query.cursor ?? null }),
})
