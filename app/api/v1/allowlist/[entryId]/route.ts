import { AllowlistEntryParams, AllowlistEntryResponse } from '@/lib/api/contracts/allowlist'
import { defineRoute } from '@/lib/server/route'
import { removeEntry } from '@/lib/services/allowlist/remove-entry'

export const DELETE = defineRoute({
  params: AllowlistEntryParams,
  response: AllowlistEntryResponse,
  handle: ({ ctx, params }) => removeEntry(ctx, params),
})
