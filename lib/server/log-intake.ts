import type { AcceptLogResponse } from '@/lib/api/contracts/log-sources'
import { formats } from '@/lib/formats'
import { secretsOf } from '@/lib/intake/elastic/credentials'
import { BULK_LIMITS } from '@/lib/intake/elastic/limits'
import { BodyError, ByteBudget, readBody } from '@/lib/intake/elastic/read-body'
import { retryAfterOf, ServiceError } from '@/lib/services/errors'
import { engine } from './engine-host'
import { intakeKeyHolder } from './intake-key'
import { once } from './once'
import { stores } from './stores'

/** A log's lines are the parser's to bound, and a capture has none; what may be held at once is the same as for bulks. */
const LIMITS = { ...BULK_LIMITS, maxLineBytes: BULK_LIMITS.maxBodyBytes }
const MAX_FORMAT = 100

/**
 * Takes the log in that a sender posts with the key of a source of the kind `api`.
 *
 * @throws ServiceError `unauthenticated`, `forbidden` (key of another kind), `invalid` (the body), `too-many-requests`
 *   (nothing was stored: send again), `unknown-format`, `unavailable`.
 */
export async function acceptLog(request: Request): Promise<AcceptLogResponse> {
  const logSourceId = await logSourceOf(request)
  const format = await formatOf(request, logSourceId)
  const budget = once('log-intake-budget', () => new ByteBudget(LIMITS.maxBytesInFlight))
  const { bytes, release } = await readBody(request, LIMITS, budget).catch(refuse)
  try {
    return await engine().command('log-sources.accept-log', { logSourceId, format }, bytes)
  } catch (error) {
    throw explained(error)
  } finally {
    release()
  }
}

/** `?format=` of the address, else what the source is set to, else recognised by content (null). */
async function formatOf(request: Request, logSourceId: string): Promise<string | null> {
  const asked = new URL(request.url).searchParams.get('format')
  if (asked === null) return (await stores().logSources.find(logSourceId))?.settings.format ?? null
  if (asked.length <= MAX_FORMAT && formats.some(({ id }) => id === asked)) return asked
  throw new ServiceError('invalid', 'Not valid: format.', [{ path: 'format', message: 'is no format that Dowser reads' }])
}

async function logSourceOf(request: Request): Promise<string> {
  let isWrongKind = false
  for (const secret of secretsOf(request.headers.get('authorization'))) {
    const holder = await intakeKeyHolder(secret, 'api')
    if (holder.kind === 'source') return holder.logSourceId
    if (holder.kind === 'wrong-kind') isWrongKind = true
  }
  if (isWrongKind) throw new ServiceError('forbidden', 'This key belongs to a log source of another kind.')
  throw new ServiceError('unauthenticated', 'The key is not known, has ended or was revoked, or its log source is paused.')
}

/** Bodies on their way in are read within so long, and make room. */
const BODIES_SECONDS = 1
const tooMany = (message: string, retryAfterSeconds: number) => new ServiceError('too-many-requests', message, [], { retryAfterSeconds })

function refuse(error: unknown): never {
  if (!(error instanceof BodyError)) throw error
  throw error.status === 429 ? tooMany(error.message, BODIES_SECONDS) : new ServiceError('invalid', `Not taken: ${error.message}.`)
}

/** By `code`: the engine's errors come from another bundle. */
function explained(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'overloaded')
    return tooMany('More events are waiting than the engine can hold; nothing was stored, send again.', retryAfterOf(error))
  // Paused or removed between the check of the key and now.
  return code === 'not-found' ? new ServiceError('unauthenticated', 'The log source of this key takes nothing any more.') : error
}
