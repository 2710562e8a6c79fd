import { ListViewsResponse, SaveViewBody, SaveViewResponse } from '@/lib/api/contracts/views'
import { defineRoute } from '@/lib/server/route'
import { listViews } from '@/lib/services/views/list-views'
import { saveView } from '@/lib/services/views/save-view'

export const GET = defineRoute({ response: ListViewsResponse, handle: ({ ctx }) => listViews(ctx) })

export const POST = defineRoute({
  body: SaveViewBody,
  response: SaveViewResponse,
  status: 201,
  handle: ({ ctx, body }) => saveView(ctx, body),
})
