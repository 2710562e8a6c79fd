import type { AcceptLogResponse } from '@/lib/api/contracts/log-sources'
import { secretsOf } from '@/lib/intake/elastic/credentials'
import { BULK_LIMITS } from '@/lib/intake/elastic/limits'
import { BodyError, ByteBudget, readBody } from '@/lib/intake/elastic/read-body'
import { ServiceError } from '@/lib/services/errors'
import { engine } from './engine-host'
import { intakeKeyHolder } from './intake-key'
import { once } from './once'
import { stores } from './stores'

const MIB = 1024 * 1024
/** The engine takes a delivery as a whole: larger logs are cut by the sender, or imported as a file. A capture has no lines. */
const LIMITS = { ...BULK_LIMITS, maxBodyBytes: 32 * MIB, maxLineBytes: 32 * MIB, maxBytesInFlight: 128 * MIB }

/**
 * Takes the log in that a sender posts with the key of a source of the kind `api`.
 *
 * @throws ServiceError `unauthenticated`, `forbidden` (key of another kind), `invalid` (the body), `too-many-requests`
 *   (nothing was stored: send again), `unknown-format`, `unavailable`.
 */
export async function acceptLog(request: Request): Promise<AcceptLogResponse> {
  const logSourceId = await logSourceOf(request)
  const source = await stores().logSources.find(logSourceId)
  const budget = once('log-intake-budget', () => new ByteBudget(LIMITS.maxBytesInFlight))
  const { bytes, release } = await readBody(request, LIMITS, budget).catch(refuse)
  try {
    return await engine().command('log-sources.accept-log', { logSourceId, format: source?.settings.format ?? null }, bytes)
  } catch (error) {
    throw explained(error)
  } finally {
    release()
  }
}

async function logSourceOf(request: Request): Promise<string> {
  for (const secret of secretsOf(request.headers.get('authorization'))) {
    const holder = await intakeKeyHolder(secret, 'api')
    if (holder.kind === 'source') return holder.logSourceId
    if (holder.kind === 'wrong-kind') throw new ServiceError('forbidden', 'This key belongs to a log source of another kind.')
  }
  throw new ServiceError('unauthenticated', 'Send the key of a log source: Authorization: Bearer dsk_…')
}

const RETRY_AFTER_SECONDS = 2
const tooMany = (message: string) => new ServiceError('too-many-requests', message, [], { retryAfterSeconds: RETRY_AFTER_SECONDS })

function refuse(error: unknown): never {
  if (!(error instanceof BodyError)) throw error
  throw error.status === 429 ? tooMany(error.message) : new ServiceError('invalid', `Not taken: ${error.message}.`)
}

/** By `code`: the engine's errors come from another bundle. */
function explained(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'overloaded') return tooMany('More events are waiting than the engine can hold; nothing was stored, send again.')
  // Paused or removed between the check of the key and now.
  return code === 'not-found' ? new ServiceError('unauthenticated', 'The log source of this key takes nothing any more.') : error
}
