import { MeResponse } from '@/lib/api/contracts/users'
import { defineRoute } from '@/lib/server/route'
import { getMe } from '@/lib/services/users/get-me'

export const GET = defineRoute({ response: MeResponse, handle: ({ ctx }) => getMe(ctx) })
