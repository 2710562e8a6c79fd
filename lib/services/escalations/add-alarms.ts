import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { EscalationOutcome } from '@/lib/store/ports'
import { makeChange, type OnEscalation, readAlarms } from './escalation-change'

/** Attaches all the alarms or none; steps of their guides that are missing are added. */
export async function addAlarms(
  ctx: ServiceContext,
  input: OnEscalation & { readonly alarmIds: readonly string[] },
): Promise<EscalationOutcome> {
  requirePermission(ctx, 'escalation:manage')
  const { tasks } = await readAlarms(ctx, input.alarmIds)
  return makeChange(ctx, { ...input, alarmIds: [...new Set(input.alarmIds)], kind: 'add', tasks })
}
