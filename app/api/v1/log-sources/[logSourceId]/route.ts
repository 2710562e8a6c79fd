import { GetLogSourceResponse, LogSourceParams, LogSourceResponse, UpdateLogSourceBody } from '@/lib/api/contracts/log-sources'
import { defineRoute } from '@/lib/server/route'
import { getLogSource } from '@/lib/services/log-sources/get-log-source'
import { removeLogSource } from '@/lib/services/log-sources/remove-log-source'
import { setLogSourceFormat } from '@/lib/services/log-sources/set-log-source-format'
import { setLogSourcePaused } from '@/lib/services/log-sources/set-log-source-paused'

export const GET = defineRoute({
  params: LogSourceParams,
  response: GetLogSourceResponse,
  handle: ({ ctx, params }) => getLogSource(ctx, params),
})

export const PATCH = defineRoute({
  params: LogSourceParams,
  body: UpdateLogSourceBody,
  response: LogSourceResponse,
  handle: ({ ctx, params, body: { paused, format = null } }) =>
    paused === undefined ? setLogSourceFormat(ctx, { ...params, format }) : setLogSourcePaused(ctx, { ...params, paused }),
})

export const DELETE = defineRoute({
  params: LogSourceParams,
  response: LogSourceResponse,
  handle: ({ ctx, params }) => removeLogSource(ctx, params),
})
