import type { z } from 'zod'
import { ServiceError } from '@/lib/services/errors'
import { refuseForeignOrigin } from './origin'
import { fieldsOf, problemResponse, toProblem } from './problem'
import { readJson } from './read-json'

/** What the composition root gives every route. */
export interface RouteEnvironment<Context> {
  /** @throws ServiceError `unauthenticated` when nobody is signed in. */
  readonly context: (request: Request) => Promise<Context>
  /** Origins whose pages may call unsafe methods with a cookie. */
  readonly trustedOrigins: () => readonly string[]
  /** Called for failures that are ours (5xx), with the id the answer carries. */
  readonly onFailure: (error: unknown, request: Request, requestId: string) => void
}

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

export interface RouteDefinition<Context, Params, Query, Body, Answer extends z.ZodType> {
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  readonly response: Answer
  /** Default 200. */
  readonly status?: number
  readonly handle: (call: {
    readonly ctx: Context
    readonly params: Output<Params>
    readonly query: Output<Query>
    readonly body: Output<Body>
    readonly request: Request
  }) => Promise<z.input<Answer>>
}

/** Next passes the dynamic segments as a promise; a route without any gets an empty object. */
export interface RouteArguments {
  readonly params: Promise<Record<string, string | string[] | undefined>>
}

export type RouteHandler = (request: Request, route: RouteArguments) => Promise<Response>

/**
 * Turns a declaration into a handler: origin → context → params, query and body (every bad field at once, 422) → handle →
 * the answer checked against its contract. Anything thrown becomes a problem document.
 */
export function createDefineRoute<Context>(environment: RouteEnvironment<Context>) {
  return <
    Answer extends z.ZodType,
    Params extends z.ZodType | undefined = undefined,
    Query extends z.ZodType | undefined = undefined,
    Body extends z.ZodType | undefined = undefined,
  >(
    route: RouteDefinition<Context, Params, Query, Body, Answer>,
  ): RouteHandler =>
    async (request, { params }) => {
      const requestId = crypto.randomUUID()
      try {
        refuseForeignOrigin(request, environment.trustedOrigins())
        const ctx = await environment.context(request)
        const input = await parseInput(route, request, await params)
        // parseInput parsed each part with the schema its type is derived from.
        const call = { ctx, request, ...input } as Parameters<typeof route.handle>[0]
        const answer = route.response.parse(await route.handle(call))
        return Response.json(answer, {
          status: route.status ?? 200,
          headers: { 'cache-control': 'private, no-store', 'x-request-id': requestId },
        })
      } catch (error) {
        const problem = toProblem(error, requestId)
        if (problem.status >= 500) environment.onFailure(error, request, requestId)
        return problemResponse(problem)
      }
    }
}

interface Schemas {
  readonly params?: z.ZodType | undefined
  readonly query?: z.ZodType | undefined
  readonly body?: z.ZodType | undefined
}

async function parseInput(schemas: Schemas, request: Request, rawParams: unknown) {
  const bad: { path: string; message: string }[] = []
  const check = (schema: z.ZodType | undefined, value: unknown): unknown => {
    if (schema === undefined) return undefined
    const result = schema.safeParse(value)
    if (result.success) return result.data
    bad.push(...fieldsOf(result.error))
    return undefined
  }
  const params = check(schemas.params, rawParams)
  const query = check(schemas.query, Object.fromEntries(new URL(request.url).searchParams))
  const body = schemas.body === undefined ? undefined : check(schemas.body, await readJson(request))
  if (bad.length > 0) throw new ServiceError('invalid', `Not valid: ${bad.map((field) => field.path || 'body').join(', ')}.`, bad)
  return { params, query, body }
}
