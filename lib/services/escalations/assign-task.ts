import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { EscalationOutcome } from '@/lib/store/ports'
import { makeChange, type OnEscalation } from './escalation-change'
import { requirePerson } from './require-person'

/** Gives a step to a person. @param input.userId - null: to nobody. */
export async function assignTask(
  ctx: ServiceContext,
  { userId, ...input }: OnEscalation & { readonly taskId: string; readonly userId: string | null },
): Promise<EscalationOutcome> {
  requirePermission(ctx, 'escalation:manage')
  return makeChange(ctx, { ...input, kind: 'assign-task', assignee: await requirePerson(ctx, userId) })
}
