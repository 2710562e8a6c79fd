import type { EscalationStatus } from '@/lib/domain/escalation'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { EscalationOutcome } from '@/lib/store/ports'
import { makeChange, type OnEscalation } from './escalation-change'

/** Says where the response stands. The alarms keep their own states. */
export async function setEscalationStatus(
  ctx: ServiceContext,
  input: OnEscalation & { readonly status: EscalationStatus },
): Promise<EscalationOutcome> {
  requirePermission(ctx, 'escalation:manage')
  return makeChange(ctx, { ...input, kind: 'status' })
}
