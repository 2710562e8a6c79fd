import type { LogSourceHealth } from '@/lib/domain/log-source'
import { isUnavailable, type LogSourceContext } from './log-source-context'

/** How every source does, by id; null while the engine cannot tell. */
export async function healthById(ctx: Pick<LogSourceContext, 'engine'>): Promise<ReadonlyMap<string, LogSourceHealth> | null> {
  try {
    const health = await ctx.engine.command('log-sources.health', {})
    return new Map(health.map((one) => [one.logSourceId, one]))
  } catch (error) {
    if (isUnavailable(error)) return null
    throw error
  }
}
