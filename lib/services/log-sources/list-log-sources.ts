import type { LogSource, LogSourceHealth } from '@/lib/domain/log-source'
import { requirePermission } from '@/lib/services/context'
import type { LogSourceContext } from './log-source-context'
import { healthById } from './log-source-health'

export interface LogSourceLine {
  readonly source: LogSource
  /** null: the engine has not told yet. */
  readonly health: LogSourceHealth | null
  /** Keys that let a sender in now. */
  readonly liveKeys: number
  /** When the last of them ends; null: never, or there is none. */
  readonly keysEndAt: number | null
}

/** Every log source that is not removed, by name, and how it does. */
export async function listLogSources(ctx: LogSourceContext): Promise<{ logSources: LogSourceLine[]; engineAnswers: boolean }> {
  requirePermission(ctx, 'source:read')
  const [sources, keys, health] = await Promise.all([
    ctx.logSources.list({ includeRemoved: false }),
    ctx.intakeKeys.list(null),
    healthById(ctx),
  ])
  const now = ctx.now()
  const live = keys.filter(({ revokedAt, expiresAt }) => revokedAt === null && (expiresAt === null || expiresAt > now))
  const logSources = sources.map((source) => {
    const ends = live.filter(({ logSourceId }) => logSourceId === source.id).map(({ expiresAt }) => expiresAt ?? Number.POSITIVE_INFINITY)
    const last = Math.max(...ends)
    return { source, health: health?.get(source.id) ?? null, liveKeys: ends.length, keysEndAt: Number.isFinite(last) ? last : null }
  })
  return { logSources, engineAnswers: health !== null }
}
