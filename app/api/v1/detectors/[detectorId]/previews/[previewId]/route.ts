import { CancelPreviewResponse, PreviewParams, PreviewResponse } from '@/lib/api/contracts/detectors'
import { defineRoute } from '@/lib/server/route'
import { cancelPreview } from '@/lib/services/detectors/cancel-preview'
import { getPreview } from '@/lib/services/detectors/get-preview'

export const GET = defineRoute({ params: PreviewParams, response: PreviewResponse, handle: ({ ctx, params }) => getPreview(ctx, params) })

export const DELETE = defineRoute({
  params: PreviewParams,
  response: CancelPreviewResponse,
  handle: ({ ctx, params }) => cancelPreview(ctx, params),
})
