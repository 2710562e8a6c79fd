import type { GuideStep } from '@/lib/domain/guide-step'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { requireAlarm } from './require-alarm'

/** What people answered to the steps of the alarm's guide. @throws ServiceError `not-found`. */
export async function listGuideSteps(ctx: ServiceContext, input: { readonly alarmId: string }): Promise<{ steps: GuideStep[] }> {
  requirePermission(ctx, 'alarm:read')
  const alarm = await requireAlarm(ctx, input.alarmId)
  return { steps: [...(await ctx.guideSteps.list(alarm.id))] }
}
