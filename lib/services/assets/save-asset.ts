import { type Asset, MAX_ASSETS } from '@/lib/domain/asset'
import { requirePermission } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { type AssetContext, announceAssets } from './asset-context'
import { writtenAsset } from './read-assets-csv'

export interface SaveAsset {
  readonly address: string
  readonly name: string
  readonly roles: readonly string[]
}

/** Adds an asset, or puts it in place of the one with its address. @throws ServiceError `invalid` naming the bad field. */
export async function saveAsset(ctx: AssetContext, { address, name, roles }: SaveAsset): Promise<{ asset: Asset; running: boolean }> {
  requirePermission(ctx, 'asset:manage')
  const written = writtenAsset(address, name, roles)
  if (typeof written === 'string') {
    const [, path = 'address', message = written] = /^(address|name|roles): (.*)$/s.exec(written) ?? []
    throw new ServiceError('invalid', 'The asset is not valid.', [{ path, message }])
  }
  const all = await ctx.assets.list()
  const old = all.find(({ key }) => key === written.key)
  if (old === undefined && all.length >= MAX_ASSETS)
    throw new ServiceError('invalid', 'There are too many assets.', [{ path: 'address', message: `there may be ${MAX_ASSETS} in all` }])
  const asset: Asset = {
    ...written,
    roles: [...written.roles],
    origin: 'page',
    updatedAt: ctx.now(),
    updatedByName: ctx.actor.name,
  }
  const words = ({ name: shown, roles: given }: Pick<Asset, 'name' | 'roles'>): string =>
    `${shown === '' ? 'no name' : shown}, ${given.length === 0 ? 'no roles' : given.join(' ')}`
  await ctx.assets.save([asset], {
    by: ctx.actor,
    at: asset.updatedAt,
    audit: {
      action: old === undefined ? 'asset.added' : 'asset.changed',
      entityId: asset.key,
      detail: old === undefined ? words(asset) : `${words(old)} → ${words(asset)}`,
    },
  })
  return { asset, running: await announceAssets(ctx) }
}
