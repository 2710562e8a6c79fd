import { AlarmParams, RelatedAlarmsResponse } from '@/lib/api/contracts/alarms'
import { defineRoute } from '@/lib/server/route'
import { listRelatedAlarms } from '@/lib/services/alarms/list-related-alarms'

export const GET = defineRoute({
  params: AlarmParams,
  response: RelatedAlarmsResponse,
  handle: ({ ctx, params }) => listRelatedAlarms(ctx, params),
})
