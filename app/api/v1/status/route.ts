import { StatusResponse } from '@/lib/api/contracts/status'
import { defineRoute } from '@/lib/server/route'
import { VERSION } from '@/lib/server/version'
import { getStatus } from '@/lib/services/status/get-status'

export const GET = defineRoute({ response: StatusResponse, handle: async ({ ctx }) => ({ ...(await getStatus(ctx)), version: VERSION }) })
