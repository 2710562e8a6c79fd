import { ListSourcesResponse } from '@/lib/api/contracts/sources'
import { defineRoute } from '@/lib/server/route'
import { listSources } from '@/lib/services/sources/list-sources'

export const GET = defineRoute({ response: ListSourcesResponse, handle: ({ ctx }) => listSources(ctx) })
