import type { Problem } from './contracts/problem'

/** A refused or failed request. `problem.detail` may be shown; `problem.errors` names bad fields; a 409 carries `alarm` and `lastEvent`. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title)
  }

  get status(): number {
    return this.problem.status
  }

  /** The part of `type` after `/problems/`; `network` when no answer came, `unexpected-answer` when it was none of the API's. */
  get code(): string {
    return this.problem.type.replace(/^\/problems\//, '')
  }
}

export interface ApiInit {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as it is: a log's bytes. */
  readonly body?: Blob
  readonly signal?: AbortSignal
}

/**
 * Calls `/api/v1` + `path` from the browser. The server checks each answer against its contract before it is sent (see
 * `defineRoute`), so the browser need not carry the checks too: they weigh as much as a page.
 *
 * @param Answer - the contract's type, from lib/api/contracts.
 * @throws ApiError for every failure but an abort, which rejects with the signal's reason as `fetch` does.
 */
export async function apiFetch<Answer extends object>(path: string, init: ApiInit = {}): Promise<Answer> {
  const response = await send(path, init)
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw new ApiError(problemOf(response, body))
  if (!isRecord(body)) {
    throw new ApiError({
      type: '/problems/unexpected-answer',
      title: 'Unexpected answer',
      status: response.status,
      detail: 'The server answered in a form this page does not know. Reload the page: the program may have been updated.',
    })
  }
  return body as Answer
}

async function send(path: string, init: ApiInit): Promise<Response> {
  const { json, body, signal, method = 'GET' } = init
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { accept: 'application/json', ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new ApiError({
      type: '/problems/network',
      title: 'No connection',
      status: 0,
      detail: 'The server did not answer. Is it running?',
    })
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** RFC 9457; a proxy in between may answer anything. */
const isProblem = (body: unknown): body is Problem =>
  isRecord(body) && typeof body.type === 'string' && typeof body.title === 'string' && typeof body.status === 'number'

function problemOf(response: Response, body: unknown): Problem {
  if (isProblem(body)) return body
  return {
    type: '/problems/unexpected-answer',
    title: 'Request failed',
    status: response.status,
    detail: `The server answered ${response.status}.`,
  }
}
