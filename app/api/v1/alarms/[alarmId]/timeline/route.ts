import { AlarmTimelineResponse } from '@/lib/api/contracts/alarm-timeline'
import { AlarmParams } from '@/lib/api/contracts/alarms'
import { defineRoute } from '@/lib/server/route'
import { timelineOfAlarm } from '@/lib/services/alarms/timeline-of-alarm'

export const GET = defineRoute({
  params: AlarmParams,
  response: AlarmTimelineResponse,
  handle: ({ ctx, params }) => timelineOfAlarm(ctx, params),
})
