import type { Escalation } from '@/lib/domain/escalation'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { EscalationMatch } from '@/lib/store/ports'
import { readAlarms } from './escalation-change'

const MAX_SUGGESTIONS = 5

/** Open escalations that the alarms would fit into, the best first, and the one that the first of them stands in already. */
export async function suggestEscalations(
  ctx: ServiceContext,
  { alarmIds }: { readonly alarmIds: readonly string[] },
): Promise<{ matches: EscalationMatch[]; standsIn: Escalation | null }> {
  requirePermission(ctx, 'escalation:read')
  const { scope } = await readAlarms(ctx, alarmIds)
  const [first] = alarmIds
  const [matches, standsIn] = await Promise.all([
    ctx.escalations.matches(scope, MAX_SUGGESTIONS),
    first === undefined ? null : ctx.escalations.ofAlarm(first),
  ])
  return { matches: [...matches], standsIn }
}
