import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { EscalationOutcome } from '@/lib/store/ports'
import { makeChange, type OnEscalation } from './escalation-change'
import { requirePerson } from './require-person'

/** Gives the escalation to a person. @param input.userId - null: to nobody. */
export async function assignEscalation(
  ctx: ServiceContext,
  { userId, ...input }: OnEscalation & { readonly userId: string | null },
): Promise<EscalationOutcome> {
  requirePermission(ctx, 'escalation:manage')
  return makeChange(ctx, { ...input, kind: 'assign', owner: await requirePerson(ctx, userId) })
}
