import type { ServiceContext } from '@/lib/services/context'
import { createEscalation } from '@/lib/services/escalations/create-escalation'
import { getEscalation } from '@/lib/services/escalations/get-escalation'
import { listEscalations } from '@/lib/services/escalations/list-escalations'
import { undoEscalationChange } from '@/lib/services/escalations/undo-change'
import type { EscalationOutcome } from '@/lib/store/ports'
import { draft, NOON, temporaryContext } from './temporary-context'

export type EscalationDesk = ReturnType<typeof escalationDesk>

/** Two analysts and four alarms: ALM-1 and ALM-2 of one domain, ALM-3 of ALM-1's host, ALM-4 of neither. */
export function escalationDesk() {
  const temporary = temporaryContext()
  const ana = temporary.as('analyst', 'Ana')
  temporary.stores.alarmSink.upsert(
    [
      draft({ id: 'ALM-1', zone: 't.example', source: '10.0.0.5' }),
      draft({ id: 'ALM-2', zone: 't.example', source: '10.0.0.6' }),
      draft({ id: 'ALM-3', zone: 'other.example', source: '10.0.0.5', detector: 'dns_tunnel_tool' }),
      draft({ id: 'ALM-4', zone: 'far.example', source: '10.9.9.9' }),
    ],
    NOON,
  )
  return {
    temporary,
    ana,
    ben: temporary.as('analyst', 'Ben'),
    bundle: (alarmIds: readonly string[], title: string | null = null) => createEscalation(ana, { alarmIds, title, note: null }),
    membersOf: async (escalationId: string) => (await getEscalation(ana, { escalationId })).alarms.map(({ id }) => id).toSorted(),
    listed: async () => (await listEscalations(ana, { limit: 50, cursor: null })).rows,
  }
}

/** The escalation as a change left it, to change it again. */
export const on = ({ escalation }: EscalationOutcome) => ({ escalationId: escalation.id, expectedVersion: escalation.version })

/** Takes a change back, on the escalation as it stands by then. */
export async function undo(ctx: ServiceContext, { escalation, event }: EscalationOutcome) {
  const { escalation: now } = await getEscalation(ctx, { escalationId: escalation.id })
  return undoEscalationChange(ctx, { escalationId: now.id, expectedVersion: now.version, eventId: event.id })
}
