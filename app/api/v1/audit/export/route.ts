import { AuditFilterQuery } from '@/lib/api/contracts/audit'
import { defineCsvRoute } from '@/lib/server/csv-route'
import { exportAudit } from '@/lib/services/audit/export-audit'

export const GET = defineCsvRoute({
  query: AuditFilterQuery,
  fileName: 'dowser-audit.csv',
  handle: ({ ctx, query }) => exportAudit(ctx, query),
})
