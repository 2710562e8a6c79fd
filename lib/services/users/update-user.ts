import type { Role } from '@/lib/domain/permission'
import { requirePermission } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import type { UserAccount } from '@/lib/store/ports'
import type { UserContext } from './user-context'

export interface UpdateUser {
  readonly userId: string
  readonly role?: Role | undefined
  readonly disabled?: boolean | undefined
}

/** Changes a role, or disables an account and ends its sessions. @throws ServiceError `not-found`; `invalid` for the last active admin. */
export async function updateUser(ctx: UserContext, { userId, role, disabled }: UpdateUser): Promise<{ user: UserAccount }> {
  requirePermission(ctx, 'user:manage')
  const at = ctx.now()
  const change = { ...(role !== undefined && { role }), ...(disabled !== undefined && { disabled }) }
  const user = await ctx.users.update(userId, change, at)
  if (user === null) throw new ServiceError('not-found', `There is no user ${userId}.`)
  if (user === 'last-admin') {
    const message = 'this is the last active admin; make another one first'
    throw new ServiceError('invalid', message, [{ path: role === undefined ? 'disabled' : 'role', message }])
  }
  const detail = `${user.email}: ${user.role}${user.disabled ? ', disabled' : ''}`
  await ctx.audit.append({ at, by: ctx.actor, action: 'user.updated', entity: 'user', entityId: user.id, detail })
  return { user }
}
