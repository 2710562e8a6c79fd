import { AddAllowlistEntryBody, AllowlistEntryResponse, ListAllowlistQuery, ListAllowlistResponse } from '@/lib/api/contracts/allowlist'
import { defineRoute } from '@/lib/server/route'
import { addEntry } from '@/lib/services/allowlist/add-entry'
import { listEntries } from '@/lib/services/allowlist/list-entries'

export const GET = defineRoute({
  query: ListAllowlistQuery,
  response: ListAllowlistResponse,
  handle: ({ ctx, query }) => listEntries(ctx, { includeRemoved: query.removed }),
})

export const POST = defineRoute({
  body: AddAllowlistEntryBody,
  response: AllowlistEntryResponse,
  status: 201,
  handle: ({ ctx, body }) => addEntry(ctx, body),
})
