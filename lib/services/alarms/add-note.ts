import type { AlarmEvent } from '@/lib/domain/alarm-event'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { requireAlarm } from './require-alarm'

/** A note changes no state, so it conflicts with nothing. @param input.text - 1 to 5,000 characters, trimmed. */
export async function addNote(
  ctx: ServiceContext,
  input: { readonly alarmId: string; readonly text: string },
): Promise<{ event: AlarmEvent }> {
  requirePermission(ctx, 'alarm:decide')
  const alarm = await requireAlarm(ctx, input.alarmId)
  return { event: await ctx.alarms.addNote({ alarmId: alarm.id, text: input.text, by: ctx.actor, at: ctx.now() }) }
}
