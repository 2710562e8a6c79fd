import { PreviewAllowlistBody, PreviewAllowlistResponse } from '@/lib/api/contracts/allowlist'
import { defineRoute } from '@/lib/server/route'
import { previewEntry } from '@/lib/services/allowlist/preview-entry'

export const POST = defineRoute({
  body: PreviewAllowlistBody,
  response: PreviewAllowlistResponse,
  handle: ({ ctx, body }) => previewEntry(ctx, body),
})
