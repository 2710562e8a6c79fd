import { ChangeDetectorBody, ChangedDetectorResponse, DetectorParams, DetectorResponse } from '@/lib/api/contracts/detectors'
import { defineRoute } from '@/lib/server/route'
import { changeDetector } from '@/lib/services/detectors/change-detector'
import { getDetector } from '@/lib/services/detectors/get-detector'

export const GET = defineRoute({
  params: DetectorParams,
  response: DetectorResponse,
  handle: ({ ctx, params }) => getDetector(ctx, params),
})

export const PATCH = defineRoute({
  params: DetectorParams,
  body: ChangeDetectorBody,
  response: ChangedDetectorResponse,
  handle: ({ ctx, params, body }) => changeDetector(ctx, { ...params, ...body }),
})
