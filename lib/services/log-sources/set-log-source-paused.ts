import type { LogSource } from '@/lib/domain/log-source'
import { requirePermission } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { announce, type LogSourceContext, requireLogSource } from './log-source-context'

/** Stops taking anything from a source, or goes on. Doing what is done already changes nothing. @throws ServiceError `not-found`. */
export async function setLogSourcePaused(
  ctx: LogSourceContext,
  { logSourceId, paused }: { readonly logSourceId: string; readonly paused: boolean },
): Promise<{ source: LogSource }> {
  requirePermission(ctx, 'source:manage')
  const before = await requireLogSource(ctx, logSourceId)
  if ((before.pausedAt !== null) === paused) return { source: before }
  const at = ctx.now()
  const source = await ctx.logSources.setPaused(logSourceId, paused ? at : null)
  if (source === null) throw new ServiceError('not-found', `There is no log source ${logSourceId}.`)
  await announce(ctx, source, paused ? 'log-source.paused' : 'log-source.resumed', at)
  return { source }
}
