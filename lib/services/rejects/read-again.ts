import type { ReadAgainParams, ReadAgainResult } from '@/lib/domain/read-again'
import { formats } from '@/lib/formats'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { retryAfterOf, ServiceError } from '@/lib/services/errors'

/** The command line has no more than this. */
export type ReadAgainContext = Pick<ServiceContext, 'actor' | 'now' | 'intakes' | 'logSources' | 'audit'> & {
  readonly engine: Pick<ServiceContext['engine'], 'command'>
}

/**
 * Reads what is kept of rejected records again, after an upgrade or as another format. Adds events only; what still cannot
 * be read stays kept.
 *
 * @throws ServiceError `not-found`, `invalid`, `too-many-requests` (nothing was read), `unavailable`.
 */
export async function readAgain(ctx: ReadAgainContext, input: ReadAgainParams): Promise<ReadAgainResult> {
  requirePermission(ctx, 'source:import')
  const { owner, id, format } = input
  if (format !== null && !formats.some((known) => known.id === format))
    throw new ServiceError('invalid', 'Not valid: format.', [{ path: 'format', message: 'is no format that Dowser reads' }])
  const name = owner === 'import' ? ctx.intakes.find(id)?.name : (await ctx.logSources.find(id))?.name
  if (name === undefined) throw new ServiceError('not-found', `There is no ${owner === 'import' ? 'import' : 'log source'} ${id}.`)
  const result = await ctx.engine.command('rejects.read-again', input).catch(explain)
  const { records, added, duplicates, rejected } = result
  const as = format === null ? '' : ` as ${format}`
  const detail = `${name}: ${records} rejected records read again${as}: ${added} events added, ${duplicates} known before, ${rejected} records still rejected`
  const entity = owner === 'import' ? 'intake' : 'log-source'
  await ctx.audit.append({ at: ctx.now(), by: ctx.actor, action: 'rejects.read-again', entity, entityId: id, detail })
  return result
}

/** By `code`: the engine's errors come from another bundle. */
function explain(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'not-found')
    throw new ServiceError('not-found', 'None of its rejected records is kept any more, or they were read again already.')
  if (code === 'overloaded')
    throw new ServiceError('too-many-requests', 'More events are waiting than the engine can hold. Nothing was read; try again.', [], {
      retryAfterSeconds: retryAfterOf(error),
    })
  throw error
}
