import { DetectorParams, StartPreviewBody, StartPreviewResponse } from '@/lib/api/contracts/detectors'
import { defineRoute } from '@/lib/server/route'
import { startPreview } from '@/lib/services/detectors/start-preview'

export const POST = defineRoute({
  params: DetectorParams,
  body: StartPreviewBody,
  response: StartPreviewResponse,
  status: 202,
  handle: ({ ctx, params, body }) => startPreview(ctx, { ...params, ...body }),
})
