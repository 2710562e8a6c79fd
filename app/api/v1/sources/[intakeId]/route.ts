import { IntakeParams, IntakeResponse } from '@/lib/api/contracts/sources'
import { defineRoute } from '@/lib/server/route'
import { getIntake } from '@/lib/services/sources/get-intake'

export const GET = defineRoute({
  params: IntakeParams,
  response: IntakeResponse,
  handle: ({ ctx, params }) => getIntake(ctx, params),
})
