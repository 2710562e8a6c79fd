import { AssetKeyQuery, ListAssetsResponse, RemoveAssetResponse, SaveAssetBody, SaveAssetResponse } from '@/lib/api/contracts/assets'
import { defineRoute } from '@/lib/server/route'
import { listAssets } from '@/lib/services/assets/list-assets'
import { removeAsset } from '@/lib/services/assets/remove-asset'
import { saveAsset } from '@/lib/services/assets/save-asset'

export const GET = defineRoute({ response: ListAssetsResponse, handle: ({ ctx }) => listAssets(ctx) })

export const POST = defineRoute({ body: SaveAssetBody, response: SaveAssetResponse, handle: ({ ctx, body }) => saveAsset(ctx, body) })

export const DELETE = defineRoute({
  query: AssetKeyQuery,
  response: RemoveAssetResponse,
  handle: ({ ctx, query }) => removeAsset(ctx, query),
})
