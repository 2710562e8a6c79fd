import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { EscalationOutcome } from '@/lib/store/ports'
import { makeChange } from './escalation-change'

/** A note conflicts with nothing. @param input.text - 1 to 5,000 characters, trimmed. */
export async function noteEscalation(
  ctx: ServiceContext,
  input: { readonly escalationId: string; readonly text: string },
): Promise<EscalationOutcome> {
  requirePermission(ctx, 'escalation:manage')
  return makeChange(ctx, { escalationId: input.escalationId, expectedVersion: null, kind: 'note', text: input.text })
}
