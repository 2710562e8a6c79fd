import type { Alarm } from '@/lib/domain/alarm'
import { type BaselinePiece, baselineRange, baselineStep } from '@/lib/domain/network-baseline'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { BaselineCollector } from './baseline-collector'
import { requireAlarm } from './require-alarm'

const MINUTE_MS = 60_000
/** A quantile of a few thousand values moves little with more of them. */
const MAX_MINUTES = 240
/** About a second of reading in all, a fifth of a second at a time. */
const MAX_LOOKUPS = 300_000

/**
 * What the other zones of the network did in the hours of the alarm, minute by minute, measured as the alarm's own minutes
 * are. Long ranges are sampled: whole minutes, spread evenly, the same ones every time. Pieces add up.
 *
 * @param input.cursor - where an earlier piece stopped.
 */
export async function baselineOfAlarm(
  ctx: ServiceContext,
  input: { readonly alarmId: string; readonly cursor: string | null },
): Promise<BaselinePiece> {
  requirePermission(ctx, 'alarm:read')
  const alarm = await requireAlarm(ctx, input.alarmId)
  const range = baselineRange(alarm.firstSeenAt, alarm.lastSeenAt)
  const minutesOf = (range.to - range.from) / MINUTE_MS
  const minutesPlanned = Math.min(minutesOf, MAX_MINUTES)
  const done = fromCursor(input.cursor, minutesPlanned)
  const order = spreadOrder(minutesOf)
  const spans = Array.from({ length: minutesPlanned - done.minutes }, (_, index) => {
    const fromMs = range.from + order(done.minutes + index) * MINUTE_MS
    return { fromMs, toMs: fromMs + MINUTE_MS }
  })
  const apart = await zonesApart(ctx, alarm, range)
  const { collector, shown } = await collect(ctx, { source: alarm.source, apart }, spans, range.from, baselineStep(range.to - range.from))
  const minutesRead = done.minutes + shown
  const lookups = done.lookups + collector.lookups
  const complete = minutesRead >= minutesPlanned || lookups >= MAX_LOOKUPS
  return {
    range,
    stepMs: collector.stepMs,
    bands: collector.bands(),
    lookups: collector.lookups,
    minutesRead,
    minutesOf,
    minutesPlanned,
    nextCursor: complete ? null : `${minutesRead}.${lookups}`,
  }
}

/** Alarms that are looked at for what is no part of the ordinary; the worst of them come first. */
const MAX_ALARMS = 500

/**
 * Zones that are not what is ordinary here: the alarm's own, and those under alarms of the same hours that stand, or that a
 * person found to be tunnels. What was closed as harmless, or hidden, is ordinary.
 */
async function zonesApart(ctx: ServiceContext, alarm: Alarm, { from, to }: BaselinePiece['range']): Promise<ReadonlySet<string | null>> {
  const { rows } = await ctx.alarms.list(
    { status: ['open', 'escalated', 'closed'], range: { fromMs: from, toMs: to } },
    'worst',
    MAX_ALARMS,
    null,
  )
  const isTunnel = ({ status, decision }: (typeof rows)[number]): boolean =>
    status !== 'closed' || decision?.reason === 'true-positive' || decision?.reason === 'authorised-test'
  return new Set([alarm.zone, ...rows.filter((row) => row.zone !== null && isTunnel(row)).map((row) => row.zone)])
}

async function collect(
  ctx: ServiceContext,
  { source, apart }: { readonly source: string | null; readonly apart: ReadonlySet<string | null> },
  spans: readonly { readonly fromMs: number; readonly toMs: number }[],
  fromMs: number,
  stepMs: number,
): Promise<{ readonly collector: BaselineCollector; readonly shown: number }> {
  const collector = new BaselineCollector(fromMs, stepMs, source !== null)
  if (spans.length === 0) return { collector, shown: 0 }
  const shown = await ctx.eventSearch.sample(spans, (lookup, span) => {
    if (!apart.has(lookup.zone)) collector.add(lookup, spans[span]?.fromMs ?? fromMs)
  })
  collector.endMinute()
  return { collector, shown }
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b))

/** An order of `count` places in which any beginning is spread over all of them: steps of the golden section. */
function spreadOrder(count: number): (index: number) => number {
  let step = Math.max(1, Math.round(count * 0.618034))
  while (greatestCommonDivisor(step, count) !== 1) step += 1
  return (index) => (index * step) % count
}

/** @returns the start for anything that is not one of our cursors. */
function fromCursor(cursor: string | null, most: number): { readonly minutes: number; readonly lookups: number } {
  const parts = cursor === null ? null : /^(\d{1,6})\.(\d{1,9})$/.exec(cursor)
  return parts === null ? { minutes: 0, lookups: 0 } : { minutes: Math.min(most, Number(parts[1])), lookups: Number(parts[2]) }
}
