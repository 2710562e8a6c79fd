import type { Alarm } from './alarm'
import type { EventField, EventKind, EventTerm } from './event-search'

export interface AlarmEvents {
  /** The search that finds the alarm's events; null when no field names them. */
  readonly link: {
    readonly where: Readonly<Partial<Record<EventField, string | null>>>
    readonly from: number
    readonly to: number
    readonly kind: EventKind
  } | null
  /** How many it finds while they are stored. */
  readonly count: number
  readonly noun: string
}

type AlarmOnEvents = Pick<Alarm, 'zone' | 'source' | 'hostId' | 'hostName' | 'queries' | 'firstSeenAt' | 'lastSeenAt'> & {
  readonly evidence: Pick<Alarm['evidence'], 'minutes' | 'processStarts'>
}

/**
 * The stored events an alarm is about: its zone's lookups by its source in its time, or its host's process starts. The
 * minutes add up to what is stored; the alarm's own number leaves out what its detector does not count, and stands where
 * the minutes were cut.
 */
export function eventsOf({ zone, source, hostId, hostName, queries, firstSeenAt, lastSeenAt, evidence }: AlarmOnEvents): AlarmEvents {
  const span = { from: firstSeenAt, to: lastSeenAt + 1 }
  if (evidence.processStarts.length > 0) {
    const host = hostId ?? hostName ?? source
    const link = host === null ? null : { where: { host, process: 'nslookup.exe' }, ...span, kind: 'processes' as const }
    return { link, count: Math.max(queries, evidence.processStarts.length), noun: 'process start' }
  }
  const counted = evidence.minutes.reduce((sum, minute) => sum + minute.queries, 0)
  const link = zone === null && source === null ? null : { where: { zone, source }, ...span, kind: 'lookups' as const }
  return { link, count: Math.max(queries, counted), noun: 'lookup' }
}

/** The fields of a search that must hold, as its terms; those without a value are left out. */
export const termsOf = (where: NonNullable<AlarmEvents['link']>['where']): readonly EventTerm[] =>
  Object.entries(where).flatMap(([field, value]) =>
    // The keys of `where` are fields by its type; Object.entries forgets that.
    value === null || value === undefined || value === '' ? [] : [{ field: field as EventField, value, not: false }],
  )
