import type { AlarmUnit, LeftAlarm, SelectedZone, Selection, UnitChange } from '@/lib/domain/alarm-unit'
import type { Actor } from './actor'
import type { AlarmFilter } from './alarms'
import type { EscalationScope } from './escalations'

/** An alarm as a person saw it. */
export interface SeenAlarm {
  readonly id: string
  readonly version: number
}

/** What the alarms of a selection have in common. */
export interface SelectionOutline {
  /** Zones with the most alarms first, at most 50, and how many there are. */
  readonly zones: readonly SelectedZone[]
  readonly zonesTotal: number
  /** Alarms that name no zone. */
  readonly withoutZone: number
  readonly detectors: readonly string[]
  /** What escalations are matched by, at most 200 of each. */
  readonly scope: EscalationScope
  /** What an escalation is named after: different zones and hosts, at most 200. */
  readonly named: readonly { readonly zone: string | null; readonly hostName: string | null; readonly source: string | null }[]
}

/** Frozen sets of alarms, and decisions made on them as one. */
export interface SelectionStore {
  /** Freezes what meets the filter now, or the alarms named; unknown ids are left out. */
  freeze(selection: {
    readonly id: string
    readonly by: Actor
    readonly at: number
    readonly expiresAt: number
    readonly of: { readonly filter: AlarmFilter } | { readonly alarms: readonly SeenAlarm[] }
  }): Promise<Selection>
  find(id: string): Promise<Selection | null>
  /** Ids in the order of the selection, the first `limit`. */
  ids(selectionId: string, limit: number): Promise<readonly string[]>
  /** Takes alarms out and in; one that is in already stays as it was frozen. */
  adjust(selectionId: string, change: { readonly add: readonly SeenAlarm[]; readonly remove: readonly string[] }): Promise<Selection>
  /** Selections that expired and that no unit works on. */
  removeExpired(now: number): Promise<void>
  startUnit(unit: {
    readonly id: string
    readonly selectionId: string | null
    readonly undoesUnitId: string | null
    readonly change: UnitChange
    readonly total: number
    readonly by: Actor
    readonly at: number
  }): Promise<AlarmUnit>
  findUnit(id: string): Promise<AlarmUnit | null>
  /** Units a stop interrupted. */
  unfinishedUnits(): Promise<readonly AlarmUnit[]>
  /**
   * Stores the next part of a unit, at most `limit` alarms, in one transaction: states, history and progress together.
   * An alarm whose version moved on since it was selected is left alone and counted.
   */
  advance(unitId: string, limit: number, at: number): Promise<AlarmUnit>
  outline(selectionId: string): Promise<SelectionOutline>
  /** Alarms of a selection that may be escalated: as they were frozen, open or suppressed, in no unresolved escalation. At most `limit`. */
  escalatable(selectionId: string, limit: number): Promise<readonly string[]>
  /** Notes as a finished unit what an escalation's line of history, whose id it has, did to alarms. */
  recordEscalation(unit: {
    readonly id: string
    readonly selectionId: string | null
    readonly undoesUnitId: string | null
    readonly change: UnitChange
    readonly total: number
    readonly by: Actor
    readonly at: number
  }): Promise<AlarmUnit>
  leftAlone(unit: AlarmUnit, limit: number): Promise<readonly LeftAlarm[]>
}
