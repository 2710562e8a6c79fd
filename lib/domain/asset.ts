import { z } from 'zod'

/** What people say an address, a network, a host or a zone is. `own-zone`: the organisation's own DNS zone. */
export const ASSET_ROLES = ['resolver', 'dns-forwarder', 'mail-server', 'scanner', 'monitoring', 'own-zone'] as const
export type AssetRole = (typeof ASSET_ROLES)[number]

export const isAssetRole = (text: string): text is AssetRole => ASSET_ROLES.some((role) => role === text)

/** Where it came from: a CSV file, or the page. */
export const ASSET_ORIGINS = ['csv', 'page'] as const

/** Assets held; each is looked at for every address it may hold. */
export const MAX_ASSETS = 20_000
export const MAX_ASSET_NAME = 100
/** Characters of a CSV file of assets. */
export const MAX_ASSET_CSV = 4_000_000

export const assetSchema = z.strictObject({
  /** Canonical: an address, a network as CIDR, a host name or id, or a zone. See `assetKeyOf`. */
  key: z.string(),
  /** As pages show it beside the address; '' when nobody named it. */
  name: z.string(),
  roles: z.array(z.enum(ASSET_ROLES)),
  origin: z.enum(ASSET_ORIGINS),
  updatedAt: z.number(),
  updatedByName: z.string(),
})
export type Asset = z.infer<typeof assetSchema>

/** A role that somebody gave, and through which entry. */
export interface GivenRole {
  readonly role: AssetRole
  /** Key of the entry: the address itself or a network it is in. */
  readonly key: string
  readonly name: string
}

/** What the analyser is told of assets. Data alone: the same answers for the same entries. */
export interface KnownAssets {
  /** @param ids - source, host id, host name of one host. In the order of ASSET_ROLES; each role once, by its narrowest entry. */
  rolesOf(ids: readonly (string | null)[]): readonly GivenRole[]
  /** The own zone that is the name or above it, the longest one; null when none is. */
  ownZoneOf(name: string): string | null
}

export const NO_ASSETS: KnownAssets = { rolesOf: () => [], ownZoneOf: () => null }
