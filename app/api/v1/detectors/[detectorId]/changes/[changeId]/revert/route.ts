import { ChangedDetectorResponse, DetectorChangeParams, RevertChangeBody } from '@/lib/api/contracts/detectors'
import { defineRoute } from '@/lib/server/route'
import { revertChange } from '@/lib/services/detectors/revert-change'

export const POST = defineRoute({
  params: DetectorChangeParams,
  body: RevertChangeBody,
  response: ChangedDetectorResponse,
  handle: ({ ctx, params, body }) => revertChange(ctx, { ...params, ...body }),
})
