import { RemoveViewResponse, ViewParams } from '@/lib/api/contracts/views'
import { defineRoute } from '@/lib/server/route'
import { removeView } from '@/lib/services/views/remove-view'

export const DELETE = defineRoute({
  params: ViewParams,
  response: RemoveViewResponse,
  handle: ({ ctx, params }) => removeView(ctx, params),
})
