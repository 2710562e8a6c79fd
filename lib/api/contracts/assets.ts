import { z } from 'zod'
import { ASSET_ROLES, assetSchema } from '@/lib/domain/asset'

/** GET /api/v1/assets */
export const ListAssetsResponse = z.strictObject({ assets: z.array(assetSchema) })
/** POST /api/v1/assets (asset:manage): adds one, or puts it in place of the one with its address. */
export const SaveAssetBody = z.strictObject({
  address: z.string().max(300),
  name: z.string().max(300),
  roles: z.array(z.enum(ASSET_ROLES)).max(ASSET_ROLES.length),
})
export const SaveAssetResponse = z.strictObject({ asset: assetSchema, running: z.boolean() })
/** DELETE /api/v1/assets?key=… (asset:manage) */
export const AssetKeyQuery = z.object({ key: z.string().min(1).max(300) })
export const RemoveAssetResponse = z.strictObject({ running: z.boolean() })

/** Sources one request may ask names for. */
export const MAX_NAMED_SOURCES = 50
/** GET /api/v1/assets/names?sources=10.0.0.1,10.0.0.2: display names of the sources that have one. */
export const SourceNamesQuery = z.object({
  sources: z
    .string()
    .max(5_100)
    .transform((text) => [...new Set(text.split(','))].filter((source) => source !== ''))
    .refine((sources) => sources.length <= MAX_NAMED_SOURCES, `name at most ${MAX_NAMED_SOURCES} sources`),
})
export const SourceNamesResponse = z.strictObject({ names: z.array(z.strictObject({ source: z.string(), name: z.string() })) })

/** Characters of a CSV file that a page sends; larger ones go through the command line. */
export const MAX_POSTED_CSV = 200_000
/** POST /api/v1/assets/import (asset:manage). A dry run stores nothing and names the bad lines. */
export const ImportAssetsBody = z.strictObject({ csv: z.string().max(MAX_POSTED_CSV), dryRun: z.boolean() })
export const ImportAssetsResponse = z.strictObject({
  added: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  problems: z.array(z.strictObject({ line: z.number(), message: z.string() })),
  problemCount: z.number(),
  stored: z.boolean(),
  running: z.boolean(),
})
export type ImportAssetsResponse = z.infer<typeof ImportAssetsResponse>
