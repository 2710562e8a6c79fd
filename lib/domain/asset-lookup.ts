import { ASSET_ROLES, type Asset, type GivenRole, type KnownAssets } from './asset'
import { keysHolding } from './asset-key'

type Listed = Pick<Asset, 'key' | 'name' | 'roles'>

/** @param assets - with canonical keys (`assetKeyOf`), each key once. */
export function createAssetLookup(assets: readonly Listed[]): KnownAssets {
  const byKey = new Map(assets.map((asset) => [asset.key, asset]))
  const prefixes = prefixesOf(assets)
  const hasZones = assets.some(({ roles }) => roles.includes('own-zone'))
  const holding = (ids: readonly (string | null)[]): readonly Listed[] =>
    ids.flatMap((id) =>
      id === null
        ? []
        : keysHolding(id, prefixes).flatMap((key) => {
            const asset = byKey.get(key)
            return asset === undefined ? [] : [asset]
          }),
    )
  return {
    rolesOf: (ids) => {
      if (byKey.size === 0) return []
      const found = holding(ids)
      return ASSET_ROLES.flatMap((role): GivenRole[] => {
        const by = role === 'own-zone' ? undefined : found.find(({ roles }) => roles.includes(role))
        return by === undefined ? [] : [{ role, key: by.key, name: by.name }]
      })
    },
    ownZoneOf: (name) => {
      if (!hasZones) return null
      for (let zone = name; zone !== ''; ) {
        if (byKey.get(zone)?.roles.includes('own-zone')) return zone
        const dot = zone.indexOf('.')
        zone = dot === -1 ? '' : zone.slice(dot + 1)
      }
      return null
    },
  }
}

/** Lengths of the networks in the list, the longest first. */
function prefixesOf(assets: readonly Listed[]): { readonly ipv4: readonly number[]; readonly ipv6: readonly number[] } {
  const lengths = (isOfKind: (key: string) => boolean): number[] => {
    const found = new Set(assets.flatMap(({ key }) => (key.includes('/') && isOfKind(key) ? [Number(key.split('/')[1])] : [])))
    return [...found].toSorted((a, b) => b - a)
  }
  return { ipv4: lengths((key) => !key.includes(':')), ipv6: lengths((key) => key.includes(':')) }
}
