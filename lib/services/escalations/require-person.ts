import type { Person } from '@/lib/domain/escalation'
import { can } from '@/lib/domain/permission'
import type { ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'

/** The person that something is given to; null for nobody. @throws ServiceError `invalid` unless they may work on escalations. */
export async function requirePerson(ctx: Pick<ServiceContext, 'users' | 'actor'>, userId: string | null): Promise<Person | null> {
  if (userId === null) return null
  if (userId === ctx.actor.userId) return { userId, name: ctx.actor.name }
  const user = await ctx.users.find(userId)
  if (user === null || user.disabled || !can(user.role, 'escalation:manage')) {
    const message = 'names nobody who may work on escalations'
    throw new ServiceError('invalid', `The person ${message}.`, [{ path: 'userId', message }])
  }
  return { userId, name: user.name }
}
