import type { LogSource } from '@/lib/domain/log-source'
import { requirePermission } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { announce, type LogSourceContext } from './log-source-context'

/** Ends a way in and its keys. What it brought stays. @throws ServiceError `not-found`, also when it was removed before. */
export async function removeLogSource(
  ctx: LogSourceContext,
  { logSourceId }: { readonly logSourceId: string },
): Promise<{ source: LogSource }> {
  requirePermission(ctx, 'source:manage')
  const at = ctx.now()
  const source = await ctx.logSources.remove(logSourceId, ctx.actor, at)
  if (source === null) throw new ServiceError('not-found', `There is no log source ${logSourceId}.`)
  await announce(ctx, source, 'log-source.removed', at)
  return { source }
}
