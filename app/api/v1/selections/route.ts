import { CreateSelectionBody, SelectionResponse } from '@/lib/api/contracts/selections'
import { defineRoute } from '@/lib/server/route'
import { createSelection } from '@/lib/services/selections/create-selection'

export const POST = defineRoute({
  body: CreateSelectionBody,
  response: SelectionResponse,
  status: 201,
  handle: ({ ctx, body }) => createSelection(ctx, body),
})
