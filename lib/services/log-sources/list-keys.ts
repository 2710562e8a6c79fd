import type { IntakeKey, LogSource } from '@/lib/domain/log-source'
import { requirePermission } from '@/lib/services/context'
import type { LogSourceContext } from './log-source-context'

/** Every key of every source that is not removed, newest first. */
export async function listKeys(ctx: LogSourceContext): Promise<{ keys: { key: IntakeKey; source: LogSource }[] }> {
  requirePermission(ctx, 'source:read')
  const [sources, keys] = await Promise.all([ctx.logSources.list({ includeRemoved: false }), ctx.intakeKeys.list(null)])
  const byId = new Map(sources.map((source) => [source.id, source]))
  return {
    keys: keys.flatMap((key) => {
      const source = byId.get(key.logSourceId)
      return source ? [{ key, source }] : []
    }),
  }
}
