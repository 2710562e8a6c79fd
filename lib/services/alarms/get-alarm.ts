import type { Alarm } from '@/lib/domain/alarm'
import type { AlarmEvent } from '@/lib/domain/alarm-event'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { requireAlarm } from './require-alarm'

/** @throws ServiceError `not-found`. */
export async function getAlarm(ctx: ServiceContext, input: { readonly alarmId: string }): Promise<{ alarm: Alarm; history: AlarmEvent[] }> {
  requirePermission(ctx, 'alarm:read')
  const alarm = await requireAlarm(ctx, input.alarmId)
  return { alarm, history: [...(await ctx.alarms.history(alarm.id))] }
}
