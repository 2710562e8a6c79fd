import { AddLogSourceBody, AddLogSourceResponse, ListLogSourcesResponse } from '@/lib/api/contracts/log-sources'
import { defineRoute } from '@/lib/server/route'
import { addLogSource } from '@/lib/services/log-sources/add-log-source'
import { listLogSources } from '@/lib/services/log-sources/list-log-sources'

export const GET = defineRoute({ response: ListLogSourcesResponse, handle: ({ ctx }) => listLogSources(ctx) })

export const POST = defineRoute({
  body: AddLogSourceBody,
  response: AddLogSourceResponse,
  status: 201,
  handle: ({ ctx, body }) => addLogSource(ctx, body),
})
