import { requirePermission, type ServiceContext } from '@/lib/services/context'

/** The cheap question a page polls: has anything moved? */
export async function alarmChanges(ctx: ServiceContext): Promise<{ changeNumber: number; openAlarms: number }> {
  requirePermission(ctx, 'alarm:read')
  const changeNumber = await ctx.alarms.changeNumber()
  return { changeNumber, openAlarms: await ctx.alarms.count({ status: ['open'] }) }
}
