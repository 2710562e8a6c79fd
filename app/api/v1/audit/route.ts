import { ListAuditQuery, ListAuditResponse } from '@/lib/api/contracts/audit'
import { defineRoute } from '@/lib/server/route'
import { listAudit } from '@/lib/services/audit/list-audit'

export const GET = defineRoute({
  query: ListAuditQuery,
  response: ListAuditResponse,
  handle: async ({ ctx, query }) => {
    const { rows, nextCursor } = await listAudit(ctx, query)
    return { rows: [...rows], nextCursor }
  },
})
