import type { Alarm, AlarmDraft, AlarmRow, AlarmStatus, BenignFamily, CloseReason, Decision } from '@/lib/domain/alarm'
import type { AlarmAction, AlarmEvent } from '@/lib/domain/alarm-event'
import type { AllowlistEntry, AllowlistRule } from '@/lib/domain/allowlist'
import type { CountedLookup, DnsEvent } from '@/lib/domain/dns-event'
import type { Intake } from '@/lib/domain/intake'
import type { LogEvent } from '@/lib/domain/log-event'
import type { Page } from '@/lib/domain/page'
import type { Role } from '@/lib/domain/permission'
import type { ProcessEvent } from '@/lib/domain/process-event'
import type { Severity } from '@/lib/domain/severity'

/** Half-open `[fromMs, toMs)` of event time. */
export interface TimeRange {
  readonly fromMs: number
  readonly toMs: number
}

export interface AppendResult {
  readonly added: number
  readonly duplicates: number
  readonly firstAt: number | null
  readonly lastAt: number | null
}

/** Events, in time order. Append-only; the same event twice is stored once. Written by the engine alone. */
export interface EventStore {
  /** One transaction a segment; idempotent by (at, id). */
  append(events: readonly LogEvent[], intakeId: string): AppendResult
  /** All events of the range ordered by (at, id), lazily; `afterId` skips ids up to and including it at `fromMs`. */
  read(range: TimeRange, afterId?: number): Iterable<LogEvent>
  /** What detectors need of the range, in the same order: process starts, and of lookups only those that are tallied. */
  readCounted(range: TimeRange): Iterable<CountedLookup | ProcessEvent>
  /** Range of stored event time, or null when empty. */
  extent(): TimeRange | null
  /** Lookups by filter, newest first, keyset paged. Names match the zone itself and below. */
  findLookups(filter: LookupFilter, limit: number, cursor: string | null): Page<DnsEvent>
  findProcessStarts(filter: { readonly hostId?: string; readonly range: TimeRange }, limit: number): readonly ProcessEvent[]
  /** First and last lookup, count, per source, of one zone in the range. */
  sourcesOfZone(
    zone: string,
    range: TimeRange,
    limit: number,
  ): readonly { source: string; queries: number; firstSeenAt: number; lastSeenAt: number }[]
  /** Removes what the intakes brought (the demo data), with their rejects and accounting. */
  removeIntakes(intakeIds: readonly string[]): void
  close(): void
}

export interface LookupFilter {
  readonly zone?: string
  readonly source?: string
  readonly qtype?: string
  readonly range: TimeRange
}

/** The accounting of what came in, and the engine's checkpoint, beside the events. */
export interface IntakeLog {
  save(intake: Intake): void
  find(id: string): Intake | null
  list(limit: number): readonly Intake[]
  saveCheckpoint(name: string, state: unknown): void
  loadCheckpoint(name: string): unknown | null
}

/** Where the engine puts alarms. Deterministic ids; an upsert never touches a person's part. */
export interface AlarmSink {
  /** The alarm of the same detector, zone and source whose `[firstSeenAt, lastSeenAt]` is within `gapMs` of the range, if any. */
  findEpisode(key: { detector: string; zone: string | null; source: string | null }, range: TimeRange, gapMs: number): AlarmDraft | null
  /** Inserts or updates; applies the allowlist in force; writes `opened`/`recurred`/`suppressed` history. Returns ids newly opened. */
  upsert(drafts: readonly AlarmDraft[], nowMs: number): readonly string[]
  allowlist(): readonly AllowlistRule[]
  /** Lifts suppression whose entry expired or was removed; suppresses open alarms a live entry covers. */
  applyAllowlist(nowMs: number): { readonly hidden: number; readonly restored: number }
}

export interface AlarmFilter {
  readonly status?: readonly AlarmStatus[]
  readonly severity?: readonly Severity[]
  readonly detector?: readonly string[]
  readonly zone?: string
  readonly source?: string
  readonly hostId?: string
  readonly technique?: string
  /** Free text over id, zone, source, host, user, summary. */
  readonly text?: string
  /** Overlaps `[firstSeenAt, lastSeenAt]`. */
  readonly range?: TimeRange
}

export type AlarmSort = 'worst' | 'newest' | 'oldest'

/** A person's side of alarms. Every change writes history in the same transaction. */
export interface AlarmStore {
  find(id: string): Promise<Alarm | null>
  list(filter: AlarmFilter, sort: AlarmSort, limit: number, cursor: string | null): Promise<Page<AlarmRow>>
  count(filter: AlarmFilter): Promise<number>
  /** How many alarms meet the filter, by the three fields of the filter bar together; combinations without alarms are absent. */
  facets(
    filter: Omit<AlarmFilter, 'status' | 'severity' | 'detector'>,
  ): Promise<readonly { readonly status: AlarmStatus; readonly severity: Severity; readonly detector: string; readonly count: number }[]>
  /** Highest change number; a page asks for rows when it moved. */
  changeNumber(): Promise<number>
  /** Oldest first. */
  history(alarmId: string): Promise<readonly AlarmEvent[]>
  /** The state an event changed, so that it can be put back; null when the event is unknown or changed no state. */
  stateBefore(eventId: string): Promise<AlarmStateBefore | null>
  /** Other alarms that share a zone, source, host or user and overlap the range; worst first, bounded by `limit`. */
  related(
    alarm: Pick<Alarm, 'id' | 'zone' | 'source' | 'hostId' | 'userName'>,
    range: TimeRange,
    limit: number,
  ): Promise<readonly AlarmRow[]>
  /** Alarms an entry would cover, by the same predicate as `decidingEntry`: open ones, confirmed ones, and open examples (worst first). */
  coveredBy(
    rule: Pick<AllowlistRule, 'domain' | 'source' | 'detector'>,
    exampleLimit: number,
  ): Promise<{ readonly open: number; readonly truePositives: number; readonly examples: readonly AlarmRow[] }>
  /** Open and escalated alarms of each source, on the zone. */
  openBySource(zone: string): Promise<Readonly<Record<string, number>>>
  hasDemo(): Promise<boolean>
  /**
   * Compare-and-set on `version`. Writes the new state and one history line.
   * @returns the alarm after, or `{ conflict }` with the alarm as it is now and the last event a person made.
   */
  decide(
    change: AlarmChange,
  ): Promise<{ readonly alarm: Alarm; readonly event: AlarmEvent } | { readonly conflict: Alarm; readonly lastEvent: AlarmEvent | null }>
  addNote(note: { alarmId: string; text: string; by: Actor; at: number }): Promise<AlarmEvent>
  /** Alarms by technique: total and by outcome. */
  techniqueCounts(): Promise<readonly { technique: string; detector: string; open: number; truePositive: number; total: number }[]>
  removeDemo(): Promise<number>
}

export interface Actor {
  readonly userId: string
  readonly name: string
  readonly role: Role
}

export interface AlarmChange {
  readonly alarmId: string
  readonly expectedVersion: number
  readonly action: Extract<AlarmAction, 'closed' | 'escalated' | 'reopened' | 'undone'>
  readonly status: AlarmStatus
  readonly reason: CloseReason | null
  readonly family: BenignFamily | null
  readonly note: string | null
  readonly detail: string | null
  /** The event this one reverses, for `undone`. */
  readonly undoesEventId: string | null
  readonly suppressedByEntryId: string | null
  readonly by: Actor
  readonly at: number
  /** Decision to store instead of one made of reason, family, note, by and at: what an undo puts back. */
  readonly restoredDecision?: Decision | null
  /** Entry to add in the same transaction; a conflict leaves none behind. */
  readonly addEntry?: NewAllowlistEntry
  /** Entry to remove in the same transaction: what an undo takes back. */
  readonly removeEntryId?: string
}

export interface AlarmStateBefore {
  readonly event: AlarmEvent
  readonly status: AlarmStatus
  readonly decision: Decision | null
  readonly suppressedByEntryId: string | null
  /** Entry the event's change made. */
  readonly entryId: string | null
}

export type NewAllowlistEntry = Omit<AllowlistEntry, 'hiddenAlarms' | 'lastHitAt' | 'removedAt' | 'removedByName'>

export interface AllowlistStore {
  list(options: { readonly includeRemoved: boolean }): Promise<readonly AllowlistEntry[]>
  find(id: string): Promise<AllowlistEntry | null>
  add(entry: NewAllowlistEntry): Promise<AllowlistEntry>
  /** @returns the entry as it is after; null when there is none or it was removed before. */
  remove(id: string, by: Actor, at: number): Promise<AllowlistEntry | null>
}

export interface AuditLog {
  append(line: {
    readonly at: number
    readonly by: Actor | null
    readonly action: string
    readonly entity: string
    readonly entityId: string
    readonly detail: string | null
  }): Promise<void>
  list(
    limit: number,
    cursor: string | null,
  ): Promise<
    Page<{ id: string; at: number; byName: string | null; action: string; entity: string; entityId: string; detail: string | null }>
  >
}

/** A person who may sign in; no secret is ever part of it. */
export interface UserAccount {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly disabled: boolean
  readonly createdAt: number
}

export interface NewUser {
  readonly id: string
  readonly name: string
  /** Lower-case. */
  readonly email: string
  readonly role: Role
  readonly password: string
  readonly at: number
}

export interface UserStore {
  /** By name. */
  list(): Promise<readonly UserAccount[]>
  find(id: string): Promise<UserAccount | null>
  any(): Promise<boolean>
  /** @returns `taken` when the e-mail address belongs to someone. */
  create(user: NewUser): Promise<UserAccount | 'taken'>
  /** Creates the user only while there is none, in one transaction. @returns `exists` otherwise. */
  createFirst(user: NewUser): Promise<UserAccount | 'exists'>
  /** Changes role or disables; disabling ends every session. @returns `last-admin` when no active admin would be left; null when unknown. */
  update(id: string, change: { readonly role?: Role; readonly disabled?: boolean }, at: number): Promise<UserAccount | 'last-admin' | null>
  /** Sets a new password and ends every session. @returns false when the user is unknown. */
  setPassword(id: string, password: string, at: number): Promise<boolean>
}
