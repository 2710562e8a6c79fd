import type { AlarmRow } from './alarm'
import type { EscalationAction, EscalationDetail, EscalationStatus } from './escalation'

export const ESCALATION_STATUS_WORDS: Readonly<Record<EscalationStatus, string>> = {
  open: 'Open',
  contained: 'Contained',
  resolved: 'Resolved',
  'handed-over': 'Handed over',
}

/** "Ana … ": what a line of the history says a person did. */
export const ESCALATION_ACTION_WORDS: Readonly<Record<EscalationAction, string>> = {
  created: 'escalated',
  'alarms-added': 'added alarms',
  'alarms-removed': 'took alarms out',
  'merged-in': 'merged in',
  'merged-away': 'merged it',
  'split-off': 'split off',
  'split-from': 'split it from',
  assigned: 'gave it to',
  'status-set': 'set the status',
  renamed: 'renamed it',
  'task-added': 'added a step',
  'task-done': 'did a step',
  'task-reopened': 'reopened a step',
  'task-assigned': 'gave a step to',
  noted: 'noted',
  undone: 'took back',
}

export interface TimelineItem {
  readonly id: string
  readonly at: number
  /** null: Dowser saw it in the logs. */
  readonly byName: string | null
  readonly words: string
  readonly detail: string | null
  readonly note: string | null
  readonly alarmId: string | null
  readonly undone: boolean
}

/** What the logs show and what people did, oldest first. */
export function timelineOf({ alarms, history }: Pick<EscalationDetail, 'alarms' | 'history'>): readonly TimelineItem[] {
  const done = history.map((event) => ({
    id: event.id,
    at: event.at,
    byName: event.byName,
    words: ESCALATION_ACTION_WORDS[event.action],
    detail: event.detail,
    note: event.note,
    alarmId: null,
    undone: event.undoneById !== null,
  }))
  return [...alarms.flatMap(seenItems), ...done].sort((a, b) => a.at - b.at)
}

function seenItems({ id, firstSeenAt, lastSeenAt, zone, source, hostName }: AlarmRow): readonly TimelineItem[] {
  const what = [zone, hostName ?? source].filter((part) => part !== null).join(' from ')
  const item = { byName: null, detail: what || null, note: null, alarmId: id, undone: false }
  const first = { ...item, id: `${id}:first`, at: firstSeenAt, words: 'first seen' }
  return lastSeenAt === firstSeenAt ? [first] : [first, { ...item, id: `${id}:last`, at: lastSeenAt, words: 'last seen' }]
}
