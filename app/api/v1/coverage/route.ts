import { CoverageResponse } from '@/lib/api/contracts/coverage'
import { defineRoute } from '@/lib/server/route'
import { getCoverage } from '@/lib/services/coverage/get-coverage'

export const GET = defineRoute({ response: CoverageResponse, handle: ({ ctx }) => getCoverage(ctx) })
