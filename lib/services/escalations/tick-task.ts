import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { EscalationOutcome } from '@/lib/store/ports'
import { makeChange, type OnEscalation } from './escalation-change'

/** Says that a step is done, or that it is not. Who and when are kept. */
export async function tickTask(
  ctx: ServiceContext,
  input: OnEscalation & { readonly taskId: string; readonly done: boolean },
): Promise<EscalationOutcome> {
  requirePermission(ctx, 'escalation:manage')
  return makeChange(ctx, { ...input, kind: 'tick' })
}
