import type { AlarmTimelineResponse } from '@/lib/api/contracts/alarm-timeline'
import type { Alarm, AlarmRow } from '@/lib/domain/alarm'
import { eventsHref } from '@/lib/url/events-search-params'

/** Something that happened around an alarm. */
export interface LaneItem {
  readonly id: string
  readonly fromMs: number
  readonly toMs: number
  /** Log content may be part of it: shown as inert text only. */
  readonly text: string
  /** Where it is told in full; null when this page is that place. */
  readonly href: string | null
  /** 0–1 of the lane's height; 1 for what is not counted. */
  readonly height: number
  readonly own: boolean
}

export interface Lane {
  readonly id: 'alarms' | 'zone' | 'source' | 'processes' | 'decisions'
  readonly label: string
  /** What the lane holds, in one sentence with numbers. */
  readonly summary: string
  readonly items: readonly LaneItem[]
}

const counted = (count: number, noun: string): string => `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`

function alarmLane(alarm: Alarm, related: readonly AlarmRow[], detectorTitle: (id: string) => string): Lane {
  const items = [alarm, ...related].map(
    (each): LaneItem => ({
      id: each.id,
      fromMs: each.firstSeenAt,
      toMs: each.lastSeenAt,
      text: `${each.id === alarm.id ? 'This alarm' : each.id}: ${each.severity}, ${detectorTitle(each.detector)}, ${each.zone ?? each.hostName ?? each.source ?? 'no zone'}, ${each.status}`,
      href: each.id === alarm.id ? null : `/alarms/${encodeURIComponent(each.id)}`,
      height: 1,
      own: each.id === alarm.id,
    }),
  )
  const others = related.length === 0 ? 'no other alarm' : counted(related.length, 'other alarm')
  return { id: 'alarms', label: 'Alarms', summary: `This alarm and ${others}.`, items }
}

function lookupLane(id: 'zone' | 'source', label: string, value: string | null, timeline: AlarmTimelineResponse): Lane | null {
  const lane = id === 'zone' ? timeline.ofZone : timeline.bySource
  if (lane === null || value === null) return null
  const most = lane.buckets.reduce((top, { count }) => Math.max(top, count), 1)
  const total = lane.buckets.reduce((sum, { count }) => sum + count, 0)
  const items = lane.buckets.map(
    ({ at, count }): LaneItem => ({
      id: `${id}-${at}`,
      fromMs: at,
      toMs: at + timeline.stepMs,
      text: counted(count, 'lookup'),
      href: eventsHref({ terms: [{ field: id, value, not: false }], from: at, to: at + timeline.stepMs }),
      height: count / most,
      own: false,
    }),
  )
  const hours = counted(timeline.stepMs / 3_600_000, 'hour')
  const partly = lane.countedFrom > timeline.fromMs ? ' Earlier ones were not counted: the time for one answer ran out.' : ''
  const summary =
    total === 0 ? 'None is stored.' : `${counted(total, 'lookup')}, at most ${most.toLocaleString('en-US')} in ${hours}.${partly}`
  return { id, label, summary, items }
}

const point = (id: string, at: number, text: string, href: string): LaneItem => ({
  id,
  fromMs: at,
  toMs: at,
  text,
  href,
  height: 1,
  own: false,
})

/** Everything around the alarm, lane by lane; a lane that cannot exist for this alarm is left out. */
export function toLanes(
  alarm: Alarm,
  related: readonly AlarmRow[],
  timeline: AlarmTimelineResponse,
  detectorTitle: (id: string) => string,
): readonly Lane[] {
  const { processStarts, decisions } = timeline
  const starts = processStarts.map(({ at, name, commandLine }, index) => {
    const where = alarm.evidence.processStarts.some((start) => start.at === at)
      ? '#process'
      : eventsHref({ kind: 'processes', terms: [], from: at, to: at + 1 })
    return point(`start-${index}`, at, commandLine ?? name, where)
  })
  const made = decisions.map(({ at, alarmId, action, byName, detail }, index) => {
    const where = alarmId === alarm.id ? '#history' : `/alarms/${encodeURIComponent(alarmId)}#history`
    return point(`decision-${index}`, at, `${byName}: ${action} ${alarmId}${detail === null ? '' : `, ${detail}`}`, where)
  })
  return [
    alarmLane(alarm, related, detectorTitle),
    lookupLane('zone', 'Lookups of the zone', alarm.zone, timeline),
    lookupLane('source', 'Lookups of the source', alarm.source, timeline),
    starts.length === 0
      ? null
      : { id: 'processes', label: 'Process starts', summary: `${counted(starts.length, 'process start')}.`, items: starts },
    {
      id: 'decisions',
      label: 'What people did',
      summary: made.length === 0 ? 'Nothing yet in this time.' : `${counted(made.length, 'line')} of history.`,
      items: made,
    },
  ].filter((lane): lane is Lane => lane !== null)
}

/** Rows of items that do not touch each other, at most `limit`; what finds no place is only in the list. */
export function packed(items: readonly LaneItem[], gapMs: number, limit: number): readonly (readonly LaneItem[])[] {
  const rows: LaneItem[][] = []
  for (const item of items) {
    const free = rows.find((row) => row.every((placed) => item.fromMs > placed.toMs + gapMs || item.toMs + gapMs < placed.fromMs))
    if (free !== undefined) free.push(item)
    else if (rows.length < limit) rows.push([item])
  }
  return rows
}
