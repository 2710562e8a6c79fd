import { namesOfAlarms } from '@/lib/services/assets/resolve-names'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { requireAlarm } from './require-alarm'
import { type StixBundle, stixBundle } from './stix-bundle'

/** The alarm's indicators for other tools. @throws ServiceError `not-found`. */
export async function exportStix(ctx: ServiceContext, input: { readonly alarmId: string }): Promise<StixBundle> {
  requirePermission(ctx, 'alarm:read')
  const alarm = await requireAlarm(ctx, input.alarmId)
  return stixBundle(alarm, (await namesOfAlarms(ctx, [alarm])).get(alarm.id) ?? null)
}
