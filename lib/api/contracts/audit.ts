import { z } from 'zod'

const text = z.string().min(1).max(200).optional()
const instant = z.coerce.number().int().min(0).max(8.64e15).optional()

/** Filters of GET /api/v1/audit and GET /api/v1/audit/export; instants are epoch ms, half-open. */
export const AuditFilterQuery = z.object({
  byName: text,
  action: text,
  entity: text,
  entityId: text,
  from: instant,
  to: instant,
})
export type AuditFilterQuery = z.infer<typeof AuditFilterQuery>

/** GET /api/v1/audit (managers and admins) */
export const ListAuditQuery = AuditFilterQuery.extend({
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor: z.string().max(500).nullable().default(null),
})
export const auditLineSchema = z.strictObject({
  id: z.string(),
  at: z.number(),
  byUserId: z.string().nullable(),
  byName: z.string().nullable(),
  action: z.string(),
  entity: z.string(),
  entityId: z.string(),
  detail: z.string().nullable(),
})
export type AuditLineView = z.infer<typeof auditLineSchema>
export const ListAuditResponse = z.object({ rows: z.array(auditLineSchema), nextCursor: z.string().nullable() })
export type ListAuditResponse = z.infer<typeof ListAuditResponse>

/** GET /api/v1/audit/values */
export const AuditValuesResponse = z.strictObject({
  people: z.array(z.string()),
  actions: z.array(z.string()),
  entities: z.array(z.string()),
})

export type AuditValuesResponse = z.infer<typeof AuditValuesResponse>
