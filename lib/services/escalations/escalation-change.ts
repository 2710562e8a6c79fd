import type { Escalation, GuideTask } from '@/lib/domain/escalation'
import type { ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import type { EscalationChange, EscalationOutcome, EscalationScope } from '@/lib/store/ports'
import { responseTasks } from './response-tasks'

type EscalationContext = Pick<ServiceContext, 'actor' | 'now' | 'escalations' | 'audit'>

/** What every verb about one escalation names. */
export interface OnEscalation {
  readonly escalationId: string
  readonly expectedVersion: number
}

type Part<Change> = Change extends unknown ? Omit<Change, 'by' | 'at'> : never

/** Makes one change and writes its audit line. @throws errors with a `code`: `not-found`, `conflict`, `invalid`. */
export async function makeChange(ctx: EscalationContext, part: Part<EscalationChange>): Promise<EscalationOutcome> {
  const outcome = await ctx.escalations.change({ ...part, by: ctx.actor, at: ctx.now() } as EscalationChange)
  await auditOutcome(ctx, outcome)
  return outcome
}

export function auditOutcome(ctx: EscalationContext, { escalation, event }: EscalationOutcome): Promise<void> {
  return ctx.audit.append({
    at: event.at,
    by: ctx.actor,
    action: `escalation.${event.action}`,
    entity: 'escalation',
    entityId: escalation.id,
    detail: event.detail,
  })
}

/** @throws ServiceError `not-found`. */
export async function requireEscalation(ctx: Pick<ServiceContext, 'escalations'>, id: string): Promise<Escalation> {
  const escalation = await ctx.escalations.find(id)
  if (escalation === null) throw new ServiceError('not-found', `There is no escalation ${id}.`)
  return escalation
}

/** What the alarms are matched by, what they are called and what their guides ask for. @throws ServiceError `not-found` naming the unknown. */
export async function readAlarms(
  ctx: Pick<ServiceContext, 'alarms'>,
  alarmIds: readonly string[],
): Promise<{
  scope: EscalationScope
  tasks: readonly GuideTask[]
  named: { zone: string | null; hostName: string | null; source: string | null }[]
}> {
  const zones = new Set<string>()
  const hosts = new Set<string>()
  const users = new Set<string>()
  const detectorIds = new Set<string>()
  const named = []
  for (const id of new Set(alarmIds)) {
    const alarm = await ctx.alarms.find(id)
    if (alarm === null) throw new ServiceError('not-found', `There is no alarm ${id}. Nothing was changed.`)
    const { zone, source, hostId, hostName, userName } = alarm
    detectorIds.add(alarm.detector)
    named.push({ zone, hostName, source })
    if (zone !== null) zones.add(zone)
    // A resolver asks for everybody: sharing one says nothing.
    if (source !== null && alarm.evidence.resolver === null) hosts.add(source)
    if (hostId !== null) hosts.add(hostId)
    if (userName !== null) users.add(userName)
  }
  return { scope: { zones: [...zones], hosts: [...hosts], users: [...users] }, tasks: responseTasks([...detectorIds]), named }
}
