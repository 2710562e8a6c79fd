import { LookBody, LookResponse } from '@/lib/api/contracts/presence'
import { defineRoute } from '@/lib/server/route'
import { look } from '@/lib/services/presence/look'

export const POST = defineRoute({ body: LookBody, response: LookResponse, handle: ({ ctx, body }) => look(ctx, body) })
