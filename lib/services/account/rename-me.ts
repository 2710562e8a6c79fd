import type { ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import type { UserAccount } from '@/lib/store/ports'

/** Changes the signed-in person's own name; what was decided under the old one keeps it. No right is needed for it. */
export async function renameMe(ctx: ServiceContext, { name }: { readonly name: string }): Promise<{ user: UserAccount }> {
  const at = ctx.now()
  const user = await ctx.users.rename(ctx.actor.userId, name, at)
  if (user === null) throw new ServiceError('unauthenticated', 'Your account is gone.')
  const detail = `${user.email}: ${ctx.actor.name} is ${name} now`
  await ctx.audit.append({ at, by: ctx.actor, action: 'user.renamed', entity: 'user', entityId: user.id, detail })
  return { user }
}
