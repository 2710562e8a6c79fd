import type { EngineCommand } from '@/lib/domain/engine-commands'
import type { Intake } from '@/lib/domain/intake'
import { can, type Permission } from '@/lib/domain/permission'
import type {
  Actor,
  AlarmSink,
  AlarmStore,
  AllowlistStore,
  AssetStore,
  AuditLog,
  DetectorSettingsStore,
  EscalationStore,
  EventSearch,
  EventStore,
  GuideStepStore,
  HostNameStore,
  IntakeKeyStore,
  IntakeLog,
  LogSourceStore,
  PresenceBoard,
  SelectionStore,
  UserStore,
  ViewStore,
} from '@/lib/store/ports'
import { ServiceError } from './errors'

/** The stores that use cases work on. */
export interface ServiceStores {
  readonly alarms: AlarmStore
  /** The engine's side of alarms, for re-applying the allowlist at once. */
  readonly alarmSink: AlarmSink
  readonly allowlist: AllowlistStore
  readonly assets: AssetStore
  readonly audit: AuditLog
  readonly detectorSettings: DetectorSettingsStore
  readonly escalations: EscalationStore
  /** Read side; the engine alone writes events. */
  readonly events: EventStore
  /** Bounded searches of the same events. */
  readonly eventSearch: EventSearch
  readonly guideSteps: GuideStepStore
  /** Names of addresses that logs told; the engine writes them. */
  readonly hostNames: HostNameStore
  readonly intakes: IntakeLog
  readonly logSources: LogSourceStore
  readonly intakeKeys: IntakeKeyStore
  readonly presence: PresenceBoard
  readonly selections: SelectionStore
  readonly views: ViewStore
  readonly users: UserStore
}

/** Everything a use case may touch. Built in `lib/server`, replaced by fakes or temporary stores in tests. */
export interface ServiceContext extends ServiceStores {
  readonly actor: Actor
  /** The sign-in that asks; absent where nobody signed in, as on the command line. */
  readonly sessionId?: string
  readonly now: () => number
  readonly newId: () => string
  readonly engine: EngineGate
}

/** What use cases ask of the engine, which runs in its own thread. */
export interface EngineGate {
  state(): 'ready' | 'starting' | 'down'
  /**
   * Takes the bytes in at the engine's pace.
   *
   * @throws errors with a `code`: `unknown-format` (what was tried), `unavailable` (engine down or stopping).
   */
  import(bytes: AsyncIterable<Uint8Array>, meta: ImportMeta): Promise<Intake>
  readonly command: EngineCommand
  /** Removes the events, intakes and accounting of the demo data. */
  removeDemo(): Promise<void>
}

export interface ImportMeta {
  readonly via: string
  readonly name: string
  readonly bytesTotal: number | null
  readonly demo: boolean
}

/** First line of every verb. @throws ServiceError `forbidden` naming the right that is missing. */
export function requirePermission(ctx: Pick<ServiceContext, 'actor'>, permission: Permission): void {
  if (!can(ctx.actor.role, permission)) throw new ServiceError('forbidden', `The role ${ctx.actor.role} lacks the right ${permission}.`)
}
