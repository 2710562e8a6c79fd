import { DomainParams, DomainResponse } from '@/lib/api/contracts/domains'
import { defineRoute } from '@/lib/server/route'
import { getDomain } from '@/lib/services/domains/get-domain'

export const GET = defineRoute({
  params: DomainParams,
  response: DomainResponse,
  handle: ({ ctx, params }) => getDomain(ctx, params),
})
