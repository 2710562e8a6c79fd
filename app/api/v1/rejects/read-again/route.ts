import { ReadAgainBody, ReadAgainResponse } from '@/lib/api/contracts/rejects'
import { defineRoute } from '@/lib/server/route'
import { readAgain } from '@/lib/services/rejects/read-again'

export const POST = defineRoute({ body: ReadAgainBody, response: ReadAgainResponse, handle: ({ ctx, body }) => readAgain(ctx, body) })
