import { ListKeptResponse } from '@/lib/api/contracts/rejects'
import { defineRoute } from '@/lib/server/route'
import { listKept } from '@/lib/services/rejects/list-kept'

export const GET = defineRoute({ response: ListKeptResponse, handle: ({ ctx }) => listKept(ctx) })
