import { ListProposalsResponse } from '@/lib/api/contracts/allowlist-proposals'
import { defineRoute } from '@/lib/server/route'
import { listProposals } from '@/lib/services/allowlist/proposals/list-proposals'

export const GET = defineRoute({ response: ListProposalsResponse, handle: ({ ctx }) => listProposals(ctx) })
