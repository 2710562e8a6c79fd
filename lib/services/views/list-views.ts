import type { SavedView } from '@/lib/domain/saved-view'
import { requirePermission, type ServiceContext } from '@/lib/services/context'

/** The person's own views and the shared ones, by name. */
export async function listViews(ctx: ServiceContext): Promise<{ views: SavedView[] }> {
  requirePermission(ctx, 'alarm:read')
  return { views: [...(await ctx.views.list(ctx.actor.userId))] }
}
