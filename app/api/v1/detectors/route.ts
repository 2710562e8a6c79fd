import { ListDetectorsResponse } from '@/lib/api/contracts/detectors'
import { defineRoute } from '@/lib/server/route'
import { listDetectors } from '@/lib/services/detectors/list-detectors'

export const GET = defineRoute({ response: ListDetectorsResponse, handle: ({ ctx }) => listDetectors(ctx) })
