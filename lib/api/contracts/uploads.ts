import { z } from 'zod'
import { resumableUploadSchema } from '@/lib/domain/resumable-upload'

/** GET /api/v1/uploads: the caller's own. Everything else below it is the protocol tus 1.0.0. */
export const ListUploadsResponse = z.strictObject({ uploads: z.array(resumableUploadSchema) })
export type ListUploadsResponse = z.infer<typeof ListUploadsResponse>
