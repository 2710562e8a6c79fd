import type { Alarm, AlarmRow } from '@/lib/domain/alarm'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { requireAlarm } from './require-alarm'

/** "Other alarms of the user or host in the last 48 hours" is the window analysts are told to look at; here on either side. */
const EITHER_SIDE_MS = 48 * 3_600_000
const MAX_ROWS = 100

export type Because = 'same-zone' | 'same-source' | 'same-host' | 'same-user'

export async function listRelatedAlarms(
  ctx: ServiceContext,
  input: { readonly alarmId: string },
): Promise<{ rows: { alarm: AlarmRow; because: Because[] }[] }> {
  requirePermission(ctx, 'alarm:read')
  const alarm = await requireAlarm(ctx, input.alarmId)
  const range = { fromMs: alarm.firstSeenAt - EITHER_SIDE_MS, toMs: alarm.lastSeenAt + EITHER_SIDE_MS }
  const rows = await ctx.alarms.related(alarm, range, MAX_ROWS)
  return { rows: rows.map((row) => ({ alarm: row, because: becauseOf(alarm, row) })) }
}

const shares = (one: string | null, other: string | null): boolean => one !== null && one === other

function becauseOf(alarm: Alarm, row: AlarmRow): Because[] {
  const reasons: readonly [Because, boolean][] = [
    ['same-zone', shares(alarm.zone, row.zone)],
    ['same-source', shares(alarm.source, row.source)],
    ['same-host', shares(alarm.hostId, row.hostId)],
    ['same-user', shares(alarm.userName, row.userName)],
  ]
  return reasons.filter(([, holds]) => holds).map(([reason]) => reason)
}
