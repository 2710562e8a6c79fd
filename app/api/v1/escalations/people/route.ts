import { EscalationPeopleResponse } from '@/lib/api/contracts/escalations'
import { defineRoute } from '@/lib/server/route'
import { listPeople } from '@/lib/services/escalations/list-people'

export const GET = defineRoute({ response: EscalationPeopleResponse, handle: ({ ctx }) => listPeople(ctx) })
