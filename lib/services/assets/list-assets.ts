import type { Asset } from '@/lib/domain/asset'
import { requirePermission, type ServiceContext } from '@/lib/services/context'

export async function listAssets(ctx: Pick<ServiceContext, 'actor' | 'assets'>): Promise<{ assets: Asset[] }> {
  requirePermission(ctx, 'source:read')
  return { assets: [...(await ctx.assets.list())] }
}
