import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { EscalationOutcome } from '@/lib/store/ports'
import { makeChange, type OnEscalation } from './escalation-change'

/** Moves alarms and steps of another escalation into this one; the other's history and notes stay under its id. */
export async function mergeEscalation(ctx: ServiceContext, input: OnEscalation & { readonly fromId: string }): Promise<EscalationOutcome> {
  requirePermission(ctx, 'escalation:manage')
  return makeChange(ctx, { ...input, kind: 'merge' })
}
