import { requirePermission } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { type AssetContext, announceAssets } from './asset-context'

/** @throws ServiceError `not-found` */
export async function removeAsset(ctx: AssetContext, { key }: { readonly key: string }): Promise<{ running: boolean }> {
  requirePermission(ctx, 'asset:manage')
  const old = await ctx.assets.find(key)
  const detail = old === null ? '' : `${old.name === '' ? 'no name' : old.name}, ${old.roles.join(' ') || 'no roles'}`
  const isGone = await ctx.assets.remove(key, { by: ctx.actor, at: ctx.now(), audit: { action: 'asset.removed', entityId: key, detail } })
  if (!isGone) throw new ServiceError('not-found', `There is no asset ${key}.`)
  return { running: await announceAssets(ctx) }
}
