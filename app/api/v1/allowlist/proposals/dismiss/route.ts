import { DismissProposalBody, DismissProposalResponse } from '@/lib/api/contracts/allowlist-proposals'
import { defineRoute } from '@/lib/server/route'
import { dismissProposal } from '@/lib/services/allowlist/proposals/dismiss-proposal'

export const POST = defineRoute({
  body: DismissProposalBody,
  response: DismissProposalResponse,
  handle: ({ ctx, body }) => dismissProposal(ctx, body),
})
