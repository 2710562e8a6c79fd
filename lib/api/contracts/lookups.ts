import { z } from 'zod'

/** GET /api/v1/lookups?zone=&source=&qtype=&from=&to=&cursor=&limit= — stored DNS lookups, newest first. */
export const ListLookupsQuery = z.object({
  zone: z.string().optional(),
  source: z.string().optional(),
  qtype: z.string().optional(),
  from: z.coerce.number().int(),
  to: z.coerce.number().int(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().nullable().default(null),
})
export type ListLookupsQuery = z.infer<typeof ListLookupsQuery>

export const lookupSchema = z.strictObject({
  id: z.number(),
  at: z.number(),
  source: z.string().nullable(),
  serverIp: z.string().nullable(),
  qname: z.string(),
  qtype: z.string().nullable(),
  rcode: z.string().nullable(),
  answers: z.array(z.string()),
  transport: z.string().nullable(),
  sensor: z.string().nullable(),
})
export const ListLookupsResponse = z.strictObject({ rows: z.array(lookupSchema), nextCursor: z.string().nullable() })
export type ListLookupsResponse = z.infer<typeof ListLookupsResponse>
