import type { AlarmAction } from '@/lib/domain/alarm-event'
import type { EventTerm } from '@/lib/domain/event-search'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { TimeRange } from '@/lib/store/ports'
import { requireAlarm } from './require-alarm'

const HOUR_MS = 3_600_000
/** The window analysts are told to look at, on either side. */
const EITHER_SIDE_MS = 48 * HOUR_MS
const MAX_STARTS = 100
/** Alarms whose decisions are shown: this one and the worst of those related to it. */
const MAX_HISTORIES = 20
const MAX_DECISIONS = 100
/** Bars that can be told apart across a panel. */
const MAX_BUCKETS = 240

export interface LookupLane {
  /** Sparse, oldest first; `at` is the start of a bucket of `stepMs`. */
  readonly buckets: readonly { readonly at: number; readonly count: number }[]
  /** Everything from here on was counted; later than the timeline's start when time ran out. */
  readonly countedFrom: number
}

export interface AlarmTimeline {
  readonly fromMs: number
  readonly toMs: number
  readonly stepMs: number
  /** Lookups of the alarm's zone by anybody; null for an alarm without a zone. */
  readonly ofZone: LookupLane | null
  /** All lookups of the alarm's source; null for an alarm of every source. */
  readonly bySource: LookupLane | null
  readonly processStarts: readonly { readonly at: number; readonly name: string; readonly commandLine: string | null }[]
  readonly decisions: readonly {
    readonly at: number
    readonly alarmId: string
    readonly action: AlarmAction
    readonly byName: string
    readonly detail: string | null
  }[]
}

/** What happened around an alarm, 48 hours either side: lookups by the hour, process starts, what people decided. */
export async function timelineOfAlarm(ctx: ServiceContext, input: { readonly alarmId: string }): Promise<AlarmTimeline> {
  requirePermission(ctx, 'alarm:read')
  const alarm = await requireAlarm(ctx, input.alarmId)
  const range = { fromMs: alarm.firstSeenAt - EITHER_SIDE_MS, toMs: alarm.lastSeenAt + EITHER_SIDE_MS }
  const stepMs = Math.ceil((range.toMs - range.fromMs) / (MAX_BUCKETS * HOUR_MS)) * HOUR_MS
  const related = await ctx.alarms.related(alarm, range, MAX_HISTORIES - 1)
  return {
    ...range,
    stepMs,
    ofZone: alarm.zone === null ? null : await countLookups(ctx, { field: 'zone', value: alarm.zone, not: false }, range, stepMs),
    bySource: alarm.source === null ? null : await countLookups(ctx, { field: 'source', value: alarm.source, not: false }, range, stepMs),
    processStarts: startsOf(ctx, alarm, range),
    decisions: await decisionsOf(ctx, [alarm.id, ...related.map(({ id }) => id)], range),
  }
}

async function countLookups(ctx: ServiceContext, term: EventTerm, range: TimeRange, stepMs: number): Promise<LookupLane> {
  const { buckets, countedFrom } = await ctx.eventSearch.count('lookups', { terms: [term], range }, stepMs, null)
  return { buckets: buckets.map(({ at, count }) => ({ at, count })), countedFrom }
}

/** The host's starts from the store; an alarm that names no host, or whose events are gone, has those it was raised on. */
function startsOf(ctx: ServiceContext, alarm: Awaited<ReturnType<typeof requireAlarm>>, range: TimeRange): AlarmTimeline['processStarts'] {
  const stored = alarm.hostId === null ? [] : ctx.events.findProcessStarts({ hostId: alarm.hostId, range }, MAX_STARTS)
  if (stored.length > 0) return stored.map(({ at, process: { name, commandLine } }) => ({ at, name: name ?? 'a process', commandLine }))
  return alarm.evidence.processStarts
    .slice(0, MAX_STARTS)
    .map(({ at, commandLine }) => ({ at, name: commandLine ?? 'a process', commandLine }))
}

async function decisionsOf(
  ctx: ServiceContext,
  alarmIds: readonly string[],
  { fromMs, toMs }: TimeRange,
): Promise<AlarmTimeline['decisions']> {
  const found = []
  for (const alarmId of alarmIds) {
    for (const { at, action, byName, detail } of await ctx.alarms.history(alarmId))
      if (byName !== null && at >= fromMs && at < toMs) found.push({ at, alarmId, action, byName, detail })
  }
  return found.sort((a, b) => a.at - b.at).slice(-MAX_DECISIONS)
}
