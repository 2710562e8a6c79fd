import type { EscalationDetail, Person } from '../escalation'
import type { Indicators } from '../escalation-indicators'

/** Everything whoever takes over must know, as it was at one instant. Texts of logs and people: hostile. */
export interface Handover {
  readonly detail: EscalationDetail
  readonly indicators: Indicators
  /** Title of each detector by its id. */
  readonly detectorTitles: Readonly<Record<string, string>>
  /** By alarm id: the name that its source had then, where one is known. */
  readonly sourceNames: Readonly<Record<string, string>>
  /** Epoch ms UTC. */
  readonly writtenAt: number
  readonly writtenBy: Person
}

/** `2026-11-21 14:03:22Z`. @param at - epoch ms UTC. */
export function utc(at: number): string {
  if (!Number.isFinite(at) || Math.abs(at) > 8.64e15) return 'invalid time'
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}Z`
}

/** Who an alarm is about: host, address, the name the address had, user; what repeats another is left out. */
export function whoOf({ sourceNames }: Handover, alarm: EscalationDetail['alarms'][number]): string[] {
  const { id, hostName, source, userName } = alarm
  return [...new Set([hostName, source, sourceNames[id] ?? null, userName].filter((part) => part !== null))]
}

/** "3 of 7 steps done". */
export const stepsDone = ({ tasks }: Pick<EscalationDetail, 'tasks'>): string =>
  `${tasks.filter(({ done }) => done !== null).length} of ${tasks.length} steps done`
