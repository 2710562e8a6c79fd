import type { LogSource, LogSourceHealth } from '@/lib/domain/log-source'
import { requirePermission } from '@/lib/services/context'
import type { LogSourceContext } from './log-source-context'
import { healthById } from './log-source-health'

export interface LogSourceGap {
  readonly logSourceId: string
  readonly name: string
  readonly fromMs: number
  /** null: it lasts. */
  readonly toMs: number | null
  /** Why the source cannot receive, where it is more than silence. */
  readonly error: string | null
}

export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/**
 * Times in which a source was silent though it was to be expected, that overlap the span, the longest-lasting first.
 * Paused sources have none: somebody wanted that. `known` is false while the engine cannot tell.
 *
 * @param span - null: gaps that last now.
 */
export async function listGaps(
  ctx: LogSourceContext,
  { span }: { readonly span: Span | null },
): Promise<{ gaps: LogSourceGap[]; known: boolean }> {
  requirePermission(ctx, 'source:read')
  const [sources, health] = await Promise.all([ctx.logSources.list({ includeRemoved: false }), healthById(ctx)])
  if (health === null) return { gaps: [], known: false }
  const wanted = span ?? { fromMs: ctx.now(), toMs: ctx.now() + 1 }
  const gaps = sources.flatMap((source) => gapsOf(source, health.get(source.id), ctx.now()))
  const overlapping = gaps.filter(({ fromMs, toMs }) => fromMs < wanted.toMs && (toMs === null || toMs > wanted.fromMs))
  return { gaps: overlapping.toSorted((a, b) => a.fromMs - b.fromMs || a.name.localeCompare(b.name)), known: true }
}

function gapsOf(source: LogSource, health: LogSourceHealth | undefined, now: number): LogSourceGap[] {
  if (health === undefined) return []
  const { id: logSourceId, name, pausedAt } = source
  const hasFailed = health.state === 'failed'
  const gaps = health.gaps.map(({ fromMs, toMs }) => {
    // The engine has not yet closed the gap of a source that was paused meanwhile.
    const end = toMs ?? pausedAt
    return { logSourceId, name, fromMs, toMs: end, error: end === null && hasFailed ? health.error : null }
  })
  // Whoever cannot listen hears nothing from that moment on, not only after the time of silence.
  if (hasFailed && pausedAt === null && gaps.every(({ toMs }) => toMs !== null))
    gaps.push({ logSourceId, name, fromMs: Math.min(health.lastReceivedAt ?? source.createdAt, now), toMs: null, error: health.error })
  return gaps
}
