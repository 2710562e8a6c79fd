import { z } from 'zod'
import type { ServiceErrorCode } from '@/lib/services/errors'
import type { Problem } from './contracts/problem'

const STATUS: Readonly<Record<ServiceErrorCode, { readonly status: number; readonly title: string }>> = {
  'unknown-format': { status: 400, title: 'Unknown log format' },
  unauthenticated: { status: 401, title: 'Not signed in' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Conflict with the state now' },
  invalid: { status: 422, title: 'Not valid' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'Not available' },
}

/** Seconds after which a caller may try again when the engine is down: it restarts within that time. */
const RETRY_AFTER_SECONDS = 5

// By `code`, never by class: Next bundles the same module more than once.
const codedErrorSchema = z.object({
  code: z.enum(Object.keys(STATUS) as [ServiceErrorCode, ...ServiceErrorCode[]]),
  message: z.string(),
  fields: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
  extra: z.record(z.string(), z.unknown()).default({}),
})

/** Maps anything thrown to a problem document. An error without a known `code` leaks nothing but the request's id. */
export function toProblem(error: unknown, requestId: string): Problem {
  // An Error's message is not enumerable everywhere, so it is read by name.
  const parsed = error instanceof Object ? codedErrorSchema.safeParse(pick(error)) : undefined
  if (!parsed?.success) {
    const detail = `Something failed inside Dowser. Its log has the cause under the id ${requestId}.`
    return { type: '/problems/internal-error', title: 'Internal error', status: 500, detail, requestId }
  }
  const { code, message, fields, extra } = parsed.data
  return {
    ...extra,
    type: `/problems/${code}`,
    ...STATUS[code],
    detail: message,
    ...(fields.length > 0 && { errors: fields }),
    requestId,
  }
}

function pick(error: object): Record<string, unknown> {
  const { code, message, fields, extra } = error as Record<string, unknown>
  return { code, message, ...(fields !== undefined && { fields }), ...(extra !== undefined && { extra }) }
}

/** The answer itself. Problems are never cached: they may carry the data of one person's view. */
export function problemResponse(problem: Problem): Response {
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'private, no-store' })
  if (problem.requestId !== undefined) headers.set('x-request-id', problem.requestId)
  const wait = problem.retryAfterSeconds
  if (typeof wait === 'number') headers.set('retry-after', String(Math.ceil(wait)))
  else if (problem.status === 503) headers.set('retry-after', String(RETRY_AFTER_SECONDS))
  return new Response(JSON.stringify(problem), { status: problem.status, headers })
}

/** zod's issues as the `errors` of a problem; an empty path is the body itself. */
export function fieldsOf(error: z.ZodError): { path: string; message: string }[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'is not known here' }))
      : [{ path: issue.path.join('.'), message: issue.message }],
  )
}
