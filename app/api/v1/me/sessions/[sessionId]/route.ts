import { EndSessionsResponse, MySessionParams } from '@/lib/api/contracts/account'
import { defineRoute } from '@/lib/server/route'
import { endMySessions } from '@/lib/services/account/end-my-sessions'

export const DELETE = defineRoute({
  params: MySessionParams,
  response: EndSessionsResponse,
  handle: ({ ctx, params: { sessionId } }) => endMySessions(ctx, { sessionId: sessionId === 'others' ? null : sessionId }),
})
