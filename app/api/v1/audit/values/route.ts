import { AuditValuesResponse } from '@/lib/api/contracts/audit'
import { defineRoute } from '@/lib/server/route'
import { listAuditValues } from '@/lib/services/audit/list-audit-values'

export const GET = defineRoute({ response: AuditValuesResponse, handle: ({ ctx }) => listAuditValues(ctx) })
