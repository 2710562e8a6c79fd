import { z } from 'zod'
import { keptRecordsSchema, readAgainResultSchema } from '@/lib/domain/read-again'
import { REJECT_OWNERS } from '@/lib/domain/reject-owner'

/** GET /api/v1/rejects: by an import's id, or `log-source:` and a log source's. */
export const ListKeptResponse = z.strictObject({ kept: z.record(z.string(), keptRecordsSchema) })
export type ListKeptResponse = z.infer<typeof ListKeptResponse>

/** POST /api/v1/rejects/read-again. `format` null: as before. */
export const ReadAgainBody = z.strictObject({
  owner: z.enum(REJECT_OWNERS),
  id: z.string().min(1).max(100),
  format: z.string().min(1).max(100).nullable().default(null),
})
export type ReadAgainBody = z.input<typeof ReadAgainBody>
export const ReadAgainResponse = readAgainResultSchema
export type ReadAgainResponse = z.infer<typeof ReadAgainResponse>
