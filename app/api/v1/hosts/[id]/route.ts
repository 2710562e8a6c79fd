import { HostParams, HostResponse } from '@/lib/api/contracts/hosts'
import { defineRoute } from '@/lib/server/route'
import { getHost } from '@/lib/services/hosts/get-host'

export const GET = defineRoute({
  params: HostParams,
  response: HostResponse,
  handle: ({ ctx, params }) => getHost(ctx, params),
})
