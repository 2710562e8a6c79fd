import { ListAlarmsQuery, ListAlarmsResponse } from '@/lib/api/contracts/alarms'
import { defineRoute } from '@/lib/server/route'
import { listAlarms } from '@/lib/services/alarms/list-alarms'

export const GET = defineRoute({
  query: ListAlarmsQuery,
  response: ListAlarmsResponse,
  handle: ({ ctx, query }) => listAlarms(ctx, query),
})
