import { auth } from './auth'
import { createAuthHandler } from './auth-handler'
import { trustedOrigins } from './env'
import { stores } from './stores'

async function auditPasswordChange({ id, email }: { readonly id: string; readonly email: string }): Promise<void> {
  const { users, audit } = stores()
  const user = await users.find(id)
  const by = user === null ? null : { userId: id, name: user.name, role: user.role }
  await audit.append({ at: Date.now(), by, action: 'user.password-changed', entity: 'user', entityId: id, detail: email })
}

/** `/api/auth/*` of this process. */
export function handleAuth(request: Request): Promise<Response> {
  const handler = createAuthHandler({
    handle: (cleaned) => auth().handler(cleaned),
    failures: stores().signInFailures,
    trustedOrigins: trustedOrigins(),
    now: Date.now,
    onPasswordChange: auditPasswordChange,
  })
  return handler(request)
}
