import type { Role } from '@/lib/domain/permission'
import { requirePermission } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import type { UserAccount } from '@/lib/store/ports'
import type { UserContext } from './user-context'

export interface CreateUser {
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly password: string
}

/** @throws ServiceError `invalid` when the e-mail address is taken. */
export async function createUser(ctx: UserContext, input: CreateUser): Promise<{ user: UserAccount }> {
  requirePermission(ctx, 'user:manage')
  const at = ctx.now()
  const user = await ctx.users.create({ ...input, id: ctx.newId(), email: input.email.toLowerCase(), at })
  if (user === 'taken') {
    const message = 'belongs to a user already'
    throw new ServiceError('invalid', `email: ${message}`, [{ path: 'email', message }])
  }
  const detail = `${user.email}, ${user.role}`
  await ctx.audit.append({ at, by: ctx.actor, action: 'user.created', entity: 'user', entityId: user.id, detail })
  return { user }
}
