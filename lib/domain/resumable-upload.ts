import { z } from 'zod'

/** A file on its way in that may be broken off and gone on with: `open` until every byte is here, then `reading`. */
export const resumableUploadSchema = z.object({
  id: z.string(),
  name: z.string(),
  size: z.number(),
  /** Bytes that are here. */
  offset: z.number(),
  /** Last change of the file as its sender knows it, epoch ms; tells files of one name apart. null: not said. */
  modifiedAt: z.number().nullable(),
  state: z.enum(['open', 'reading', 'done', 'failed']),
  /** Import that came of it. */
  intakeId: z.string().nullable(),
  /** Why it failed. */
  detail: z.string().nullable(),
  /** An open upload is removed then, when no more of it came; epoch ms. */
  expiresAt: z.number().nullable(),
})
export type ResumableUpload = z.infer<typeof resumableUploadSchema>
