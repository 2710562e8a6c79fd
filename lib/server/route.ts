import { createDefineRoute, type RouteEnvironment } from '@/lib/api/define-route'
import { refuseForeignOrigin } from '@/lib/api/origin'
import { problemResponse, toProblem } from '@/lib/api/problem'
import type { ServiceContext } from '@/lib/services/context'
import { env, trustedOrigins } from './env'
import { logger } from './logger'
import { requireRouteContext } from './require-context'

const shared: Omit<RouteEnvironment<unknown>, 'context'> = {
  trustedOrigins: () => trustedOrigins(env()),
  onFailure: (cause, request, requestId) => {
    // A caller that went away in the middle is no failure of ours.
    if (request.signal.aborted) return
    logger.error('request failed', { requestId, method: request.method, path: new URL(request.url).pathname, cause })
  },
}

/** A route for people who are signed in. */
export const defineRoute = createDefineRoute({ ...shared, context: requireRouteContext })

/** A route that anyone who reaches the server may call. */
export const definePublicRoute = createDefineRoute({ ...shared, context: () => Promise.resolve(null) })

/** A route for people who are signed in that speaks a protocol of its own; what is thrown becomes a problem document. */
export const defineRawRoute =
  (handle: (ctx: ServiceContext, request: Request) => Promise<Response>) =>
  async (request: Request): Promise<Response> => {
    const requestId = crypto.randomUUID()
    try {
      refuseForeignOrigin(request, shared.trustedOrigins())
      return await handle(await requireRouteContext(request), request)
    } catch (error) {
      const problem = toProblem(error, requestId)
      if (problem.status >= 500) shared.onFailure(error, request, requestId)
      return problemResponse(problem)
    }
  }
