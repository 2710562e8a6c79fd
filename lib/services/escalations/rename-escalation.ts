import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { EscalationOutcome } from '@/lib/store/ports'
import { makeChange, type OnEscalation } from './escalation-change'

/** @param input.title - 1 to 200 characters, trimmed. */
export async function renameEscalation(ctx: ServiceContext, input: OnEscalation & { readonly title: string }): Promise<EscalationOutcome> {
  requirePermission(ctx, 'escalation:manage')
  return makeChange(ctx, { ...input, kind: 'rename' })
}
