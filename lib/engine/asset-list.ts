import type { Asset, KnownAssets } from '@/lib/domain/asset'
import { createAssetLookup } from '@/lib/domain/asset-lookup'
import type { CommandHandlers } from './commands'

/** What people say of assets, as the analyser asks it; a change is taken up between two findings. */
export interface AssetList {
  readonly known: KnownAssets
  /** Reads them anew. @returns their number. */
  reload(): number
  /** Reads them anew if they changed. Never throws: a locked store is asked again the next time. @returns true when they were read. */
  follow(): boolean
}

/**
 * @param read - those in force, with canonical keys.
 * @param version - another text when they changed; without it nothing is followed.
 */
export function createAssetList(read: () => readonly Pick<Asset, 'key' | 'name' | 'roles'>[], version: () => string = () => ''): AssetList {
  let lookup: KnownAssets
  let readVersion = ''
  const reload = (): number => {
    // Asked first: a change in between is then read twice, not missed.
    readVersion = version()
    const assets = read()
    lookup = createAssetLookup(assets)
    return assets.length
  }
  const follow = (): boolean => {
    try {
      if (version() === readVersion) return false
      reload()
      return true
    } catch {
      return false
    }
  }
  reload()
  return {
    known: { rolesOf: (ids) => lookup.rolesOf(ids), ownZoneOf: (name) => lookup.ownZoneOf(name) },
    reload,
    follow,
  }
}

/** The worker's answers about assets. */
export const assetCommands = (assets: AssetList): Pick<CommandHandlers, 'assets.reload'> => ({
  'assets.reload': async () => ({ assets: assets.reload() }),
})
