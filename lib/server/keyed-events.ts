import { DeliverEventsQuery, DeliveryResponse } from '@/lib/api/contracts/sources'
import { fieldsOf, problemResponse, toProblem } from '@/lib/api/problem'
import { secretsOf } from '@/lib/intake/elastic/credentials'
import { BULK_LIMITS } from '@/lib/intake/elastic/limits'
import { BodyError, ByteBudget, readBody } from '@/lib/intake/elastic/read-body'
import { ServiceError } from '@/lib/services/errors'
import { engine } from './engine-host'
import { intakeKeyHolder } from './intake-key'
import { logger } from './logger'
import { once } from './once'

/** A log's lines are the parser's to bound; what may be held at once is the same as for bulks. */
const LIMITS = { ...BULK_LIMITS, maxLineBytes: BULK_LIMITS.maxBodyBytes }

/** Does a program with a key send this, rather than a person who is signed in? A proxy in front may ask people for a password too. */
export const hasIntakeKey = (request: Request): boolean => request.headers.has('authorization') && !request.headers.has('cookie')

/**
 * POST /api/v1/events with the key of a log source of kind `api`: any log, stored before it is acknowledged, seen by the
 * detectors when event time has passed it.
 */
export async function deliverEvents(request: Request): Promise<Response> {
  const requestId = crypto.randomUUID()
  try {
    const logSourceId = await logSourceOf(request)
    const query = DeliverEventsQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    if (!query.success) throw new ServiceError('invalid', 'The address asks for what is not known.', fieldsOf(query.error))
    const { bytes, release } = await readBody(
      request,
      LIMITS,
      once('delivery-budget', () => new ByteBudget(LIMITS.maxBytesInFlight)),
    )
    try {
      const account = await engine().command('log-sources.accept-log', { logSourceId, format: query.data.format }, bytes)
      return Response.json(DeliveryResponse.parse(account), { headers: { 'cache-control': 'no-store', 'x-request-id': requestId } })
    } finally {
      release()
    }
  } catch (error) {
    return failure(error, requestId)
  }
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

const TITLES: Readonly<Record<number, string>> = {
  400: 'Not readable',
  408: 'Too slow',
  413: 'Too large',
  415: 'Unknown encoding',
  429: 'Too many requests',
}

function failure(error: unknown, requestId: string): Response {
  if (error instanceof BodyError) {
    const retry = error.status === 429 ? { retryAfterSeconds: 1 } : {}
    return problemResponse({
      type: '/problems/body',
      title: TITLES[error.status] ?? 'Not taken',
      status: error.status,
      detail: error.message,
      requestId,
      ...retry,
    })
  }
  const problem = toProblem(isOverload(error) ? overload : error, requestId)
  if (problem.status >= 500) logger.error('taking in a log failed', { requestId, cause: error })
  return problemResponse(problem)
}

const isOverload = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'overloaded'
const overload = new ServiceError('too-many-requests', 'More is waiting than the engine can hold. Nothing was stored; send it again.', [], {
  retryAfterSeconds: 5,
})
