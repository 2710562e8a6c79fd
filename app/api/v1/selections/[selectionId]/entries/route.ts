import { OfferedEntriesResponse, SelectionParams } from '@/lib/api/contracts/selections'
import { defineRoute } from '@/lib/server/route'
import { offerEntries } from '@/lib/services/selections/offer-entries'

export const GET = defineRoute({
  params: SelectionParams,
  response: OfferedEntriesResponse,
  handle: ({ ctx, params }) => offerEntries(ctx, params),
})
