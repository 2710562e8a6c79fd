import type { AccountSession } from '@/lib/domain/account-session'
import type { ServiceContext } from '@/lib/services/context'
import { deviceOf } from './device-of'

/** Where the signed-in person is signed in, last seen first. No right is needed for it. */
export async function listMySessions(ctx: ServiceContext): Promise<{ sessions: AccountSession[] }> {
  const sessions = await ctx.users.sessions(ctx.actor.userId, ctx.now())
  return {
    sessions: sessions.map(({ id, userAgent, startedAt, lastSeenAt }) => ({
      id,
      device: deviceOf(userAgent),
      startedAt,
      lastSeenAt,
      current: id === ctx.sessionId,
    })),
  }
}
