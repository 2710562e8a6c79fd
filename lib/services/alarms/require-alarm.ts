import type { Alarm } from '@/lib/domain/alarm'
import type { ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'

/** @throws ServiceError `not-found`. */
export async function requireAlarm(ctx: Pick<ServiceContext, 'alarms'>, alarmId: string): Promise<Alarm> {
  const alarm = await ctx.alarms.find(alarmId)
  if (alarm === null) throw new ServiceError('not-found', `There is no alarm ${alarmId}.`)
  return alarm
}
