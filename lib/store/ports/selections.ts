import type { AlarmUnit, LeftAlarm, Selection, UnitChange } from '@/lib/domain/alarm-unit'
import type { Actor } from './actor'
import type { AlarmFilter } from './alarms'

/** An alarm as a person saw it. */
export interface SeenAlarm {
  readonly id: string
  readonly version: number
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
  leftAlone(unit: AlarmUnit, limit: number): Promise<readonly LeftAlarm[]>
}
