import { AlarmChangesResponse } from '@/lib/api/contracts/alarms'
import { defineRoute } from '@/lib/server/route'
import { alarmChanges } from '@/lib/services/alarms/alarm-changes'

export const GET = defineRoute({ response: AlarmChangesResponse, handle: ({ ctx }) => alarmChanges(ctx) })
