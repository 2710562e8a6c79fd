import type { ElasticBulkParams, ElasticBulkResult } from '@/lib/domain/elastic-bulk'
import { rootAnswer, setupAnswer } from './answers'
import { secretsOf } from './credentials'
import { pathFilter } from './filter-path'
import { BULK_LIMITS, type BulkLimits } from './limits'
import { BodyError, ByteBudget, readBody } from './read-body'

/** Whom a secret belongs to. `wrong-kind`: the key is for another way in. */
export type KeyHolder =
  | { readonly kind: 'source'; readonly logSourceId: string }
  | { readonly kind: 'wrong-kind' }
  | { readonly kind: 'unknown' }

export interface ElasticSurroundings {
  readonly holderOf: (secret: string) => Promise<KeyHolder>
  /** @throws errors with `code` `unavailable` while the engine is not running. */
  readonly bulk: (params: ElasticBulkParams, bytes: Uint8Array) => Promise<ElasticBulkResult>
  /** Made up once for each installation and kept. */
  readonly clusterUuid: () => string
  /** Called with calls that are not answered: what a client would have liked. */
  readonly onUnknown: (call: { readonly method: string; readonly path: string; readonly userAgent: string | null }) => void
  /** Called with failures that are ours. */
  readonly onFailure: (error: unknown) => void
  readonly limits?: Partial<BulkLimits>
}

/** Answers a request of a client of Elasticsearch. @param path - decoded segments of the address, without the place it is mounted at. */
export type ElasticHandler = (request: Request, path: readonly string[]) => Promise<Response>

export function createElasticHandler(surroundings: ElasticSurroundings): ElasticHandler {
  const limits = { ...BULK_LIMITS, ...surroundings.limits }
  const handler = new Handler(surroundings, limits, new ByteBudget(limits.maxBytesInFlight))
  return (request, path) => handler.answer(request, path)
}

class ElasticError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
  }
}

class Handler {
  constructor(
    private readonly surroundings: ElasticSurroundings,
    private readonly limits: BulkLimits,
    private readonly budget: ByteBudget,
  ) {}

  async answer(request: Request, path: readonly string[]): Promise<Response> {
    try {
      return await this.route(request, path)
    } catch (error) {
      return errorResponse(request, this.errorOf(error))
    }
  }

  private async route(request: Request, path: readonly string[]): Promise<Response> {
    const logSourceId = await this.logSourceOf(request)
    const { method } = request
    const last = path.at(-1)
    if (path.length === 0 && (method === 'GET' || method === 'HEAD'))
      return jsonResponse(request, 200, rootAnswer(this.surroundings.clusterUuid(), request.headers.get('user-agent')))
    const isBulk = last === '_bulk' && path.length <= 2 && path[0] !== '_monitoring'
    if (isBulk && (method === 'POST' || method === 'PUT'))
      return this.bulk(request, logSourceId, path.length === 2 ? (path[0] ?? null) : null)
    if (isBulk) throw new ElasticError(405, 'illegal_argument_exception', 'send documents with POST or PUT', { allow: 'POST, PUT' })
    const document = documentCall(method, path)
    if (document !== null) return this.single(request, logSourceId, document)
    const answer = setupAnswer(method, path, this.surroundings.clusterUuid())
    if (answer !== null) return jsonResponse(request, 200, answer)
    this.surroundings.onUnknown({ method, path: `/${path.join('/')}`, userAgent: request.headers.get('user-agent') })
    throw new ElasticError(404, 'illegal_argument_exception', 'Dowser takes documents in; it does not answer this call of Elasticsearch')
  }

  private async logSourceOf(request: Request): Promise<string> {
    const secrets = secretsOf(request.headers.get('authorization'))
    let isWrongKind = false
    for (const secret of secrets) {
      const holder = await this.surroundings.holderOf(secret)
      if (holder.kind === 'source') return holder.logSourceId
      if (holder.kind === 'wrong-kind') isWrongKind = true
    }
    if (isWrongKind) throw new ElasticError(403, 'security_exception', 'this key belongs to a log source of another kind')
    const reason = secrets.length === 0 ? 'missing authentication credentials' : 'unable to authenticate with the provided credentials'
    throw new ElasticError(401, 'security_exception', `${reason} for REST request`, {
      'www-authenticate': 'ApiKey, Basic realm="security", charset="UTF-8"',
    })
  }

  private async bulk(request: Request, logSourceId: string, defaultIndex: string | null): Promise<Response> {
    const filterPath = new URL(request.url).searchParams.get('filter_path')
    const { bytes, release } = await readBody(request, this.limits, this.budget)
    try {
      const result = await this.stored({ logSourceId, defaultIndex, filterPath }, bytes)
      const wants = pathFilter(filterPath)
      const parts = [
        wants(['took']) ? `"took":${result.tookMs}` : '',
        wants(['errors']) ? `"errors":${result.errors}` : '',
        result.items !== '[]' || wants(['items']) ? `"items":${result.items}` : '',
      ]
      return textResponse(request, 200, `{${parts.filter((part) => part !== '').join(',')}}`)
    } finally {
      release()
    }
  }

  /** One document by itself is a bulk of one. */
  private async single(request: Request, logSourceId: string, call: DocumentCall): Promise<Response> {
    const { bytes, release } = await readBody(request, this.limits, this.budget)
    try {
      const meta = JSON.stringify({ [call.action]: { _index: call.index, ...(call.id !== null && { _id: call.id }) } })
      // A document may be laid out over lines; a bulk's may not.
      const document = Buffer.from(bytes)
        .toString('utf8')
        .replace(/[\r\n]+/g, ' ')
      const body = Buffer.from(`${meta}\n${document}\n`)
      const { items } = await this.stored({ logSourceId, defaultIndex: call.index, filterPath: null }, body)
      const [item] = JSON.parse(items) as readonly Record<
        string,
        { readonly status: number; readonly error?: { readonly type: string; readonly reason: string } }
      >[]
      const outcome = item?.[call.action]
      if (outcome === undefined) throw new ElasticError(400, 'parse_exception', 'request body is required')
      if (outcome.error) throw new ElasticError(outcome.status, outcome.error.type, outcome.error.reason)
      const { status, ...told } = outcome
      return jsonResponse(request, status, told)
    } finally {
      release()
    }
  }

  private async stored(params: ElasticBulkParams, bytes: Uint8Array): Promise<Extract<ElasticBulkResult, { kind: 'done' }>> {
    const result = await this.surroundings.bulk(params, bytes)
    if (result.kind === 'refused') throw new ElasticError(result.status, result.type, result.reason)
    if (result.kind === 'overloaded')
      throw new ElasticError(429, 'es_rejected_execution_exception', 'more events are waiting than the engine can hold', {
        'retry-after': String(Math.max(1, Math.ceil(result.retryAfterSeconds))),
      })
    return result
  }

  private errorOf(error: unknown): ElasticError {
    if (error instanceof ElasticError) return error
    if (error instanceof BodyError) {
      const headers = { ...(error.status === 429 && { 'retry-after': '1' }), ...(error.status === 408 && { connection: 'close' }) }
      return new ElasticError(error.status, error.type, error.message, headers)
    }
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'not-found') return new ElasticError(401, 'security_exception', 'the log source of this key is paused or removed')
    if (code === 'unavailable') return new ElasticError(503, 'unavailable', 'the engine is not running; send again', { 'retry-after': '5' })
    this.surroundings.onFailure(error)
    return new ElasticError(503, 'internal_server_error', 'something failed inside Dowser; nothing of this request was acknowledged', {
      'retry-after': '5',
    })
  }
}

interface DocumentCall {
  readonly action: 'index' | 'create'
  readonly index: string
  readonly id: string | null
}

/** `POST /logs/_doc`, `PUT /logs/_doc/7`, `PUT /logs/_create/7`. */
function documentCall(method: string, [index = '', verb, id, ...more]: readonly string[]): DocumentCall | null {
  if ((method !== 'POST' && method !== 'PUT') || index === '' || index.startsWith('_') || more.length > 0) return null
  if (verb === '_create' && id !== undefined) return { action: 'create', index, id }
  return verb === '_doc' ? { action: 'index', index, id: id ?? null } : null
}

/** A client of version 8 or 9 asks for its own media type and checks the header, on errors as well. */
function textResponse(request: Request, status: number, body: string, more: Readonly<Record<string, string>> = {}): Response {
  const accept = request.headers.get('accept') ?? ''
  const [, version] = /application\/vnd\.elasticsearch\+(?:json|x-ndjson) *; *compatible-with=(\d{1,2})/.exec(accept) ?? []
  const type = version === undefined ? 'application/json' : `application/vnd.elasticsearch+json;compatible-with=${version}`
  const headers = { 'content-type': type, 'x-elastic-product': 'Elasticsearch', 'cache-control': 'no-store', ...more }
  return new Response(request.method === 'HEAD' ? null : body, { status, headers })
}

const jsonResponse = (request: Request, status: number, body: unknown): Response => textResponse(request, status, JSON.stringify(body))

function errorResponse(request: Request, { status, type, message, headers }: ElasticError): Response {
  const cause = { type, reason: message }
  return textResponse(request, status, JSON.stringify({ error: { root_cause: [cause], ...cause }, status }), headers)
}
