import { can, type Permission } from '@/lib/domain/permission'
import type { Actor, AlarmSink, AlarmStore, AllowlistStore, AuditLog, EventStore, IntakeLog } from '@/lib/store/ports'
import { ServiceError } from './errors'

/** Everything a use case may touch. Built in `lib/server`, replaced by fakes or temporary stores in tests. */
export interface ServiceContext {
  readonly actor: Actor
  readonly now: () => number
  readonly newId: () => string
  readonly alarms: AlarmStore
  /** The engine's side of alarms, for re-applying the allowlist at once. */
  readonly alarmSink: AlarmSink
  readonly allowlist: AllowlistStore
  readonly audit: AuditLog
  /** Read side; the engine alone writes events. */
  readonly events: EventStore
  readonly intakes: IntakeLog
}

/** First line of every verb. @throws ServiceError `forbidden` naming the right that is missing. */
export function requirePermission(ctx: Pick<ServiceContext, 'actor'>, permission: Permission): void {
  if (!can(ctx.actor.role, permission)) throw new ServiceError('forbidden', `The role ${ctx.actor.role} lacks the right ${permission}.`)
}
