import { ImportAssetsBody, ImportAssetsResponse } from '@/lib/api/contracts/assets'
import { defineRoute } from '@/lib/server/route'
import { importAssets } from '@/lib/services/assets/import-assets'

export const POST = defineRoute({
  body: ImportAssetsBody,
  response: ImportAssetsResponse,
  handle: ({ ctx, body }) => importAssets(ctx, body),
})
