import { AssigneesResponse } from '@/lib/api/contracts/selections'
import { defineRoute } from '@/lib/server/route'
import { listAssignees } from '@/lib/services/selections/list-assignees'

export const GET = defineRoute({ response: AssigneesResponse, handle: ({ ctx }) => listAssignees(ctx) })
