import { type AlarmEvent, alarmActionSchema } from '@/lib/domain/alarm-event'
import type { AlarmEvent as AlarmEventRecord } from './client/client'

export function toAlarmEvent(record: AlarmEventRecord): AlarmEvent {
  const { id, alarmId, byUserId, byName, note, detail, undoneById } = record
  return {
    id,
    alarmId,
    at: record.at.getTime(),
    action: alarmActionSchema.parse(record.action),
    byUserId,
    byName,
    note,
    detail,
    undoneById,
  }
}
