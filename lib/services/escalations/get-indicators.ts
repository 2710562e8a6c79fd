import { type Indicators, IndicatorTally } from '@/lib/domain/escalation-indicators'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { getEscalation } from './get-escalation'

/** What to search for and to block, over all alarms of the escalation. @throws ServiceError `not-found`. */
export async function getIndicators(ctx: ServiceContext, input: { readonly escalationId: string }): Promise<{ indicators: Indicators }> {
  requirePermission(ctx, 'escalation:read')
  const { alarms } = await getEscalation(ctx, input)
  const tally = new IndicatorTally()
  for (const { id } of alarms) {
    const alarm = await ctx.alarms.find(id)
    if (alarm !== null) tally.add(alarm)
  }
  return { indicators: tally.indicators() }
}
