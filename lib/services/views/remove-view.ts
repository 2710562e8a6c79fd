import { can } from '@/lib/domain/permission'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'

/** Removes one's own view; a shared one may also be removed by an administrator. */
export async function removeView(ctx: ServiceContext, input: { readonly viewId: string }): Promise<{ removed: true }> {
  requirePermission(ctx, 'alarm:read')
  const view = await ctx.views.find(input.viewId)
  const mine = view?.byUserId === ctx.actor.userId
  const visible = view !== null && (mine || view.shared)
  if (!visible) throw new ServiceError('not-found', 'There is no such view.')
  if (!mine && !can(ctx.actor.role, 'user:manage')) {
    throw new ServiceError('forbidden', `${view.byName} made this view; only they or an administrator can remove it.`)
  }
  await ctx.views.remove(view.id)
  if (view.shared) {
    await ctx.audit.append({ at: ctx.now(), by: ctx.actor, action: 'view.removed', entity: 'view', entityId: view.id, detail: view.name })
  }
  return { removed: true }
}
