import type { Asset, KnownAssets } from '@/lib/domain/asset'
import { createAssetLookup } from '@/lib/domain/asset-lookup'
import type { CommandHandlers } from './commands'

/** What people say of assets, as the analyser asks it; a change is taken up between two findings. */
export interface AssetList {
  readonly known: KnownAssets
  /** Reads them anew. @returns their number. */
  reload(): number
}

/** @param read - those in force, with canonical keys. */
export function createAssetList(read: () => readonly Pick<Asset, 'key' | 'name' | 'roles'>[]): AssetList {
  let lookup: KnownAssets
  const reload = (): number => {
    const assets = read()
    lookup = createAssetLookup(assets)
    return assets.length
  }
  reload()
  return {
    known: { rolesOf: (ids) => lookup.rolesOf(ids), ownZoneOf: (name) => lookup.ownZoneOf(name) },
    reload,
  }
}

/** The worker's answers about assets. */
export const assetCommands = (assets: AssetList): Pick<CommandHandlers, 'assets.reload'> => ({
  'assets.reload': async () => ({ assets: assets.reload() }),
})
