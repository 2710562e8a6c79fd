import type { Alarm, AlarmRow, AlarmStatus, BenignFamily, CloseReason, Decision } from '@/lib/domain/alarm'
import type { AlarmAction, AlarmEvent } from '@/lib/domain/alarm-event'
import type { AlarmNarrowing, AlarmSort } from '@/lib/domain/alarm-filter'
import type { AllowlistRule } from '@/lib/domain/allowlist'
import type { GuideTask } from '@/lib/domain/escalation'
import type { Page } from '@/lib/domain/page'
import type { Severity } from '@/lib/domain/severity'
import type { Story } from '@/lib/domain/story'
import type { Actor } from './actor'
import type { NewAllowlistEntry } from './allowlist'
import type { TimeRange } from './time-range'

export interface AlarmFilter extends AlarmNarrowing {
  /** Overlaps `[firstSeenAt, lastSeenAt]`. */
  readonly range?: TimeRange
}

/** A person's side of alarms. Every change writes history in the same transaction. */
export interface AlarmStore {
  find(id: string): Promise<Alarm | null>
  list(filter: AlarmFilter, sort: AlarmSort, limit: number, cursor: string | null): Promise<Page<AlarmRow>>
  count(filter: AlarmFilter): Promise<number>
  /** Stories of the alarms that meet the filter, the one with the worst alarm first. */
  stories(filter: AlarmFilter, limit: number, cursor: string | null): Promise<Page<Story>>
  countStories(filter: AlarmFilter): Promise<number>
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
  /** How many alarms last seen in the range stand where, by detector; `reason` is that of the closing. */
  outcomes(range: TimeRange): Promise<readonly AlarmOutcome[]>
  /** Where each of the alarms stands; unknown ids are absent. */
  standing(ids: readonly string[]): Promise<Readonly<Record<string, { readonly status: AlarmStatus; readonly reason: CloseReason | null }>>>
  removeDemo(): Promise<number>
}

export interface AlarmOutcome {
  readonly detector: string
  readonly status: AlarmStatus
  readonly reason: CloseReason | null
  readonly count: number
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
  /** For `escalated`: the escalation to join, or with a null id the one to open, and the steps its guide asks for. */
  readonly escalation?: { readonly id: string | null; readonly title: string; readonly tasks: readonly GuideTask[] }
}

export interface AlarmStateBefore {
  readonly event: AlarmEvent
  readonly status: AlarmStatus
  readonly decision: Decision | null
  readonly suppressedByEntryId: string | null
  /** Entry the event's change made. */
  readonly entryId: string | null
}
