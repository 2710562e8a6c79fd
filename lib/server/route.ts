import { createDefineRoute, type RouteEnvironment } from '@/lib/api/define-route'
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
