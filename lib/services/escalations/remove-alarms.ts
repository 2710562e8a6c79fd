import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { EscalationOutcome } from '@/lib/store/ports'
import { makeChange, type OnEscalation } from './escalation-change'

/** Takes alarms out; those that are escalated go back to the open queue. An escalation without alarms is withdrawn. */
export async function removeAlarms(
  ctx: ServiceContext,
  input: OnEscalation & { readonly alarmIds: readonly string[] },
): Promise<EscalationOutcome> {
  requirePermission(ctx, 'escalation:manage')
  const outcome = await makeChange(ctx, { ...input, alarmIds: [...new Set(input.alarmIds)], kind: 'remove' })
  ctx.alarmSink.applyAllowlist(ctx.now())
  return outcome
}
