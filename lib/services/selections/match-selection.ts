import { MAX_ESCALATION_ALARMS } from '@/lib/domain/escalation'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { EscalationMatch } from '@/lib/store/ports'
import { requireSelection } from './create-selection'

const MAX_SUGGESTIONS = 5

type Match = Omit<EscalationMatch, 'because'> & { because: EscalationMatch['because'][number][] }

/** Open escalations that a selection would fit into, the best first, and how many of its alarms can be escalated. */
export async function matchSelection(
  ctx: ServiceContext,
  input: { readonly selectionId: string },
): Promise<{ matches: Match[]; escalatable: number; most: number }> {
  requirePermission(ctx, 'alarm:decide')
  const { id } = await requireSelection(ctx, input.selectionId)
  const { scope } = await ctx.selections.outline(id)
  const [matches, ids] = await Promise.all([
    ctx.escalations.matches(scope, MAX_SUGGESTIONS),
    ctx.selections.escalatable(id, MAX_ESCALATION_ALARMS + 1),
  ])
  return {
    matches: matches.map((match) => ({ ...match, because: [...match.because] })),
    escalatable: ids.length,
    most: MAX_ESCALATION_ALARMS,
  }
}
