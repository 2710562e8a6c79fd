import { MySessionsResponse } from '@/lib/api/contracts/account'
import { defineRoute } from '@/lib/server/route'
import { listMySessions } from '@/lib/services/account/list-my-sessions'

export const GET = defineRoute({ response: MySessionsResponse, handle: ({ ctx }) => listMySessions(ctx) })
