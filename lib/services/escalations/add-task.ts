import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { EscalationOutcome } from '@/lib/store/ports'
import { makeChange, type OnEscalation } from './escalation-change'

/** Adds a step of one's own to the response. @param input.text - 1 to 500 characters, trimmed. */
export async function addTask(ctx: ServiceContext, input: OnEscalation & { readonly text: string }): Promise<EscalationOutcome> {
  requirePermission(ctx, 'escalation:manage')
  return makeChange(ctx, { ...input, kind: 'add-task' })
}
