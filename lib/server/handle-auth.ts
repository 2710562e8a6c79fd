import { auth } from './auth'
import { createAuthHandler } from './auth-handler'
import { trustedOrigins } from './env'
import { stores } from './stores'

/** `/api/auth/*` of this process. */
export function handleAuth(request: Request): Promise<Response> {
  const handler = createAuthHandler({
    handle: (cleaned) => auth().handler(cleaned),
    failures: stores().signInFailures,
    trustedOrigins: trustedOrigins(),
    now: Date.now,
  })
  return handler(request)
}
