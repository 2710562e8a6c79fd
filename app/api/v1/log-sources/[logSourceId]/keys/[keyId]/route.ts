import { IntakeKeyParams, IntakeKeyResponse } from '@/lib/api/contracts/log-sources'
import { defineRoute } from '@/lib/server/route'
import { revokeKey } from '@/lib/services/log-sources/revoke-key'

export const DELETE = defineRoute({
  params: IntakeKeyParams,
  response: IntakeKeyResponse,
  handle: ({ ctx, params }) => revokeKey(ctx, params),
})
