import { CreateIntakeKeyBody, CreateIntakeKeyResponse, LogSourceParams } from '@/lib/api/contracts/log-sources'
import { defineRoute } from '@/lib/server/route'
import { createKey } from '@/lib/services/log-sources/create-key'

export const POST = defineRoute({
  params: LogSourceParams,
  body: CreateIntakeKeyBody,
  response: CreateIntakeKeyResponse,
  status: 201,
  handle: ({ ctx, params, body }) => createKey(ctx, { ...params, ...body }),
})
