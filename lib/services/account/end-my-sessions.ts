import type { ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'

/**
 * Ends one of the signed-in person's other sessions, or with null all but the one that asks. No right is needed for it.
 *
 * @throws ServiceError `invalid` for the session that asks: signing out ends that; `not-found` for one that is over.
 */
export async function endMySessions(ctx: ServiceContext, { sessionId }: { readonly sessionId: string | null }): Promise<{ ended: number }> {
  const { userId } = ctx.actor
  const own = ctx.sessionId
  if (own === undefined || sessionId === own) throw new ServiceError('invalid', 'This is the session you are in. Sign out to end it.')
  const ended = await ctx.users.endSessions(userId, sessionId === null ? { except: own } : { only: sessionId })
  if (sessionId !== null && ended === 0) throw new ServiceError('not-found', 'That session is over already.')
  if (ended > 0) {
    const detail = ended === 1 ? 'one other session' : `${ended} other sessions`
    await ctx.audit.append({ at: ctx.now(), by: ctx.actor, action: 'user.sessions-ended', entity: 'user', entityId: userId, detail })
  }
  return { ended }
}
