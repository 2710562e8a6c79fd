import { z } from 'zod'
import { ASSET_ROLES, assetSchema } from '@/lib/domain/asset'
import { NAME_ORIGINS } from '@/lib/domain/host-name'
import { MAX_NAMED_CHARACTERS, MAX_NAMED_SOURCES } from '@/lib/domain/named-sources'

/** GET /api/v1/assets */
export const ListAssetsResponse = z.strictObject({ assets: z.array(assetSchema) })
export type ListAssetsResponse = z.infer<typeof ListAssetsResponse>
/** POST /api/v1/assets (asset:manage): adds one, or puts it in place of the one with its address. */
export const SaveAssetBody = z.strictObject({
  address: z.string().max(300),
  name: z.string().max(300),
  roles: z.array(z.enum(ASSET_ROLES)).max(ASSET_ROLES.length),
})
export const SaveAssetResponse = z.strictObject({ asset: assetSchema, running: z.boolean() })
export type SaveAssetResponse = z.infer<typeof SaveAssetResponse>
/** DELETE /api/v1/assets?key=… (asset:manage) */
export const AssetKeyQuery = z.object({ key: z.string().min(1).max(300) })
export const RemoveAssetResponse = z.strictObject({ running: z.boolean() })
export type RemoveAssetResponse = z.infer<typeof RemoveAssetResponse>

const ASKED = /^(.+?)(?:@(\d{1,15}))?$/s

/** GET /api/v1/assets/names?sources=10.0.0.1@1795255202000,10.0.0.2: names at an instant (epoch ms), or now. Who has none is absent. */
export const SourceNamesQuery = z.object({
  sources: z
    .string()
    .max(MAX_NAMED_CHARACTERS)
    .transform((text) =>
      [...new Set(text.split(','))].flatMap((asked) => {
        const [, source, at] = ASKED.exec(asked) ?? []
        return source === undefined ? [] : [{ source, at: at === undefined ? null : Number(at) }]
      }),
    )
    .refine((sources) => sources.length <= MAX_NAMED_SOURCES, `name at most ${MAX_NAMED_SOURCES} sources`),
})
export const SourceNamesResponse = z.strictObject({
  names: z.array(
    z.strictObject({
      source: z.string(),
      at: z.number().nullable(),
      name: z.string(),
      origin: z.enum(['asset', ...NAME_ORIGINS]),
      firstSeenAt: z.number().nullable(),
      lastSeenAt: z.number().nullable(),
    }),
  ),
})
export type SourceNamesResponse = z.infer<typeof SourceNamesResponse>

/** GET /api/v1/assets/names/history?of=10.0.0.5: names the address has had, or addresses the host name has had, newest first. */
export const NameHistoryQuery = z.object({ of: z.string().min(1).max(300) })
export const NameHistoryResponse = z.strictObject({
  spans: z.array(
    z.strictObject({
      address: z.string(),
      origin: z.enum(NAME_ORIGINS),
      name: z.string(),
      firstSeenAt: z.number(),
      lastSeenAt: z.number(),
      demo: z.boolean(),
    }),
  ),
})
export type NameHistoryResponse = z.infer<typeof NameHistoryResponse>

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
