import { AlarmParams, AskingSourcesResponse } from '@/lib/api/contracts/alarms'
import { defineRoute } from '@/lib/server/route'
import { listAskingSources } from '@/lib/services/alarms/list-asking-sources'

export const GET = defineRoute({
  params: AlarmParams,
  response: AskingSourcesResponse,
  handle: ({ ctx, params }) => listAskingSources(ctx, params),
})
