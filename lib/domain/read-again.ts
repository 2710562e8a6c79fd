import { z } from 'zod'
import type { RejectOwner } from './reject-owner'

/** How much is kept of what could not be read. */
export const keptRecordsSchema = z.object({
  records: z.number(),
  bytes: z.number(),
  /** Records that made room for newer ones. */
  dropped: z.number(),
})
export type KeptRecords = z.infer<typeof keptRecordsSchema>

export interface ReadAgainParams {
  readonly owner: RejectOwner
  readonly id: string
  /** Log format id; null: as before. */
  readonly format: string | null
}

/** What became of records that were read again. */
export const readAgainResultSchema = z.object({
  /** Records that were kept and are read again. */
  records: z.number(),
  /** Events that were new, and those stored before. */
  added: z.number(),
  duplicates: z.number(),
  /** Records that still cannot be read; they are kept. */
  rejected: z.number(),
  /** The import that took up what an import's records gave; null for a log source, which takes them up itself. */
  intakeId: z.string().nullable(),
})
export type ReadAgainResult = z.infer<typeof readAgainResultSchema>
