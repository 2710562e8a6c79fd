import type {
  Escalation,
  EscalationDetail,
  EscalationEvent,
  EscalationRow,
  EscalationStatus,
  GuideTask,
  Person,
} from '@/lib/domain/escalation'
import type { Page } from '@/lib/domain/page'
import type { Severity } from '@/lib/domain/severity'
import type { Actor } from './actor'

export interface EscalationFilter {
  readonly status?: readonly EscalationStatus[]
  readonly severity?: readonly Severity[]
  readonly ownerUserId?: string
  /** Over id and title. */
  readonly text?: string
}

/** An open escalation that an alarm would fit into, and what they share. */
export interface EscalationMatch {
  readonly escalation: Escalation
  readonly alarms: number
  readonly because: readonly ('same-zone' | 'same-host' | 'same-user')[]
}

/** What an alarm is matched by. */
export interface EscalationScope {
  readonly zones: readonly string[]
  /** Sources and host ids. */
  readonly hosts: readonly string[]
  readonly users: readonly string[]
}

export interface NewEscalation {
  readonly title: string
  readonly alarmIds: readonly string[]
  readonly tasks: readonly GuideTask[]
  readonly note: string | null
  readonly by: Actor
  readonly at: number
}

/** One change of an escalation, made on a version of it. */
export type EscalationChange = {
  readonly escalationId: string
  /** null for what conflicts with nothing: a note. */
  readonly expectedVersion: number | null
  readonly by: Actor
  readonly at: number
} & (
  | { readonly kind: 'add'; readonly alarmIds: readonly string[]; readonly tasks: readonly GuideTask[]; readonly note?: string | null }
  | { readonly kind: 'remove'; readonly alarmIds: readonly string[] }
  | { readonly kind: 'merge'; readonly fromId: string }
  | { readonly kind: 'split'; readonly alarmIds: readonly string[]; readonly title: string; readonly tasks: readonly GuideTask[] }
  | { readonly kind: 'assign'; readonly owner: Person | null }
  | { readonly kind: 'status'; readonly status: EscalationStatus }
  | { readonly kind: 'rename'; readonly title: string }
  | { readonly kind: 'add-task'; readonly text: string }
  | { readonly kind: 'tick'; readonly taskId: string; readonly done: boolean }
  | { readonly kind: 'assign-task'; readonly taskId: string; readonly assignee: Person | null }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'undo'; readonly eventId: string }
)

/** What a change left behind. `otherId`: the escalation that a split made. */
export interface EscalationOutcome {
  readonly escalation: Escalation
  readonly event: EscalationEvent
  readonly otherId: string | null
}

/**
 * Bundles of alarms. Every change is one transaction: the escalation, its alarms' states, both histories. A change that cannot be
 * made as a whole throws an error with a `code` (`conflict`, `not-found`, `invalid`) and leaves nothing behind.
 */
export interface EscalationStore {
  /** Newest first; merged ones and those without alarms are left out. */
  list(filter: EscalationFilter, limit: number, cursor: string | null): Promise<Page<EscalationRow>>
  find(id: string): Promise<Escalation | null>
  detail(id: string): Promise<EscalationDetail | null>
  /** The escalation an alarm stands in and that is not resolved; null when it stands in none. */
  ofAlarm(alarmId: string): Promise<Escalation | null>
  /** Open and contained escalations that share a domain, host or user; most in common first, then newest, at most `limit`. */
  matches(scope: EscalationScope, limit: number): Promise<readonly EscalationMatch[]>
  /** Escalated alarms that stand in no escalation, at most `limit`, and how many there are. */
  loose(limit: number): Promise<{ readonly alarmIds: readonly string[]; readonly total: number }>
  create(escalation: NewEscalation): Promise<EscalationOutcome>
  change(change: EscalationChange): Promise<EscalationOutcome>
}
