import type { z } from 'zod'
import { type Problem, problemSchema } from './contracts/problem'

/** A refused or failed request. `problem.detail` may be shown; `problem.errors` names bad fields; a 409 carries `alarm` and `lastEvent`. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title)
  }

  get status(): number {
    return this.problem.status
  }

  /** The part of `type` after `/problems/`; `network` when no answer came, `unexpected-answer` when it broke its contract. */
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
 * Calls `/api/v1` + `path` from the browser and checks the answer against its contract.
 *
 * @throws ApiError for every failure but an abort, which rejects with the signal's reason as `fetch` does.
 */
export async function apiFetch<Contract extends z.ZodType>(
  path: string,
  contract: Contract,
  init: ApiInit = {},
): Promise<z.output<Contract>> {
  const response = await send(path, init)
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw new ApiError(problemOf(response, body))
  const parsed = contract.safeParse(body)
  if (!parsed.success) {
    throw new ApiError({
      type: '/problems/unexpected-answer',
      title: 'Unexpected answer',
      status: response.status,
      detail: 'The server answered in a form this page does not know. Reload the page: the program may have been updated.',
      errors: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
    })
  }
  return parsed.data
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

function problemOf(response: Response, body: unknown): Problem {
  const parsed = problemSchema.safeParse(body)
  if (parsed.success) return parsed.data
  return {
    type: '/problems/unexpected-answer',
    title: 'Request failed',
    status: response.status,
    detail: `The server answered ${response.status}.`,
  }
}
