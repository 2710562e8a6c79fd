import {
  CreateEscalationBody,
  EscalationOutcomeResponse,
  ListEscalationsQuery,
  ListEscalationsResponse,
} from '@/lib/api/contracts/escalations'
import { defineRoute } from '@/lib/server/route'
import { createEscalation } from '@/lib/services/escalations/create-escalation'
import { listEscalations } from '@/lib/services/escalations/list-escalations'

export const GET = defineRoute({
  query: ListEscalationsQuery,
  response: ListEscalationsResponse,
  handle: ({ ctx, query: { status, severity, ownerUserId, text, limit, cursor } }) =>
    listEscalations(ctx, {
      limit,
      cursor,
      ...(status && { status }),
      ...(severity && { severity }),
      ...(ownerUserId && { ownerUserId }),
      ...(text && { text }),
    }),
})

export const POST = defineRoute({
  body: CreateEscalationBody,
  response: EscalationOutcomeResponse,
  status: 201,
  handle: ({ ctx, body }) => createEscalation(ctx, body),
})
