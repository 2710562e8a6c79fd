import { ListUploadsResponse } from '@/lib/api/contracts/uploads'
import { defineRawRoute, defineRoute } from '@/lib/server/route'
import { uploadDesk } from '@/lib/server/uploads'
import { listUploads } from '@/lib/services/uploads/list-uploads'
import { takeUpload } from '@/lib/services/uploads/take-upload'

export const GET = defineRoute({ response: ListUploadsResponse, handle: ({ ctx }) => listUploads(ctx, { desk: uploadDesk() }) })

/** The protocol tus 1.0.0: POST creates, HEAD tells how much is here, PATCH goes on, DELETE discards. */
const protocol = defineRawRoute((ctx, request) => takeUpload(ctx, { request, desk: uploadDesk() }))

export const POST: typeof protocol = (request) => protocol(request)
export const HEAD: typeof protocol = (request) => protocol(request)
export const PATCH: typeof protocol = (request) => protocol(request)
export const DELETE: typeof protocol = (request) => protocol(request)
