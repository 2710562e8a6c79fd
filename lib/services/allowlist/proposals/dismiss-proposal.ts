import type { DismissedProposal } from '@/lib/domain/allowlist-proposal'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { listProposals } from './list-proposals'

/** Turns a proposal down. It is remembered, and comes back only when twice as many alarms of the zone were put aside. */
export async function dismissProposal(ctx: ServiceContext, input: { readonly domain: string }): Promise<DismissedProposal> {
  requirePermission(ctx, 'allowlist:manage')
  const { proposals } = await listProposals(ctx)
  const proposal = proposals.find(({ domain }) => domain === input.domain)
  if (proposal === undefined) throw new ServiceError('not-found', `No entry is proposed for ${input.domain}.`)
  const { domain, putAside } = proposal
  const dismissed = { domain, putAside, byName: ctx.actor.name, at: ctx.now() }
  await ctx.allowlist.dismissProposal(dismissed)
  const detail = proposal.evidence.join(' ')
  const line = { action: 'allowlist.proposal-dismissed', entity: 'allowlist-proposal', entityId: domain, detail }
  await ctx.audit.append({ at: dismissed.at, by: ctx.actor, ...line })
  return dismissed
}
