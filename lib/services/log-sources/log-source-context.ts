import type { LogSource } from '@/lib/domain/log-source'
import type { ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'

/** What keeping log sources and their keys touches; the command line has no more than this. */
export type LogSourceContext = Pick<ServiceContext, 'actor' | 'now' | 'newId' | 'logSources' | 'intakeKeys' | 'audit'> & {
  readonly engine: Pick<ServiceContext['engine'], 'command'>
}

/** @throws ServiceError `not-found`, also for a source that was removed. */
export async function requireLogSource(ctx: Pick<LogSourceContext, 'logSources'>, logSourceId: string): Promise<LogSource> {
  const source = await ctx.logSources.find(logSourceId)
  if (source === null || source.removedAt !== null) throw new ServiceError('not-found', `There is no log source ${logSourceId}.`)
  return source
}

/** Writes the audit line of a change and lets the engine follow it. */
export async function announce(ctx: LogSourceContext, source: LogSource, action: string, at: number, detail = source.name): Promise<void> {
  await ctx.audit.append({ at, by: ctx.actor, action, entity: 'log-source', entityId: source.id, detail })
  try {
    await ctx.engine.command('log-sources.reload', {})
  } catch (error) {
    // What was stored holds: an engine that is down reads it when it starts.
    if (!isUnavailable(error)) throw error
  }
}

/** By `code`, never by class: the engine's errors come from another bundle. */
export const isUnavailable = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'unavailable'
