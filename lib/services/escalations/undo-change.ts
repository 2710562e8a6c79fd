import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { EscalationOutcome } from '@/lib/store/ports'
import { makeChange, type OnEscalation } from './escalation-change'

/** Takes one change back, with what it did to alarms. Only the last standing change of its subject can be taken back. */
export async function undoEscalationChange(
  ctx: ServiceContext,
  input: OnEscalation & { readonly eventId: string },
): Promise<EscalationOutcome> {
  requirePermission(ctx, 'escalation:manage')
  const outcome = await makeChange(ctx, { ...input, kind: 'undo' })
  // An alarm may be open again that an entry made meanwhile hides.
  ctx.alarmSink.applyAllowlist(ctx.now())
  return outcome
}
