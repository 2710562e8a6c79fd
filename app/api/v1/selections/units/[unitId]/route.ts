import { UnitParams, UnitResponse } from '@/lib/api/contracts/selections'
import { defineRoute } from '@/lib/server/route'
import { getUnit } from '@/lib/services/selections/get-unit'

export const GET = defineRoute({ params: UnitParams, response: UnitResponse, handle: ({ ctx, params }) => getUnit(ctx, params) })
