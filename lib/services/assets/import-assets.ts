import { MAX_ASSET_CSV, MAX_ASSETS } from '@/lib/domain/asset'
import { requirePermission } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { type AssetContext, announceAssets } from './asset-context'
import { type CsvProblem, readAssetsCsv } from './read-assets-csv'

export interface AssetImport {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** Lines that say why they cannot be taken, the first 100. */
  readonly problems: CsvProblem[]
  readonly problemCount: number
  /** Stored; false for a dry run. */
  readonly stored: boolean
  /** The running engine took it up; false: it does so when it starts. */
  readonly running: boolean
}

/**
 * Adds the assets of a CSV file, or puts them in place of those there; nothing is removed. Whole or not at all.
 *
 * @param input.dryRun - says what would happen and stores nothing.
 * @throws ServiceError `invalid` naming the bad lines, when it is no dry run.
 */
export async function importAssets(
  ctx: AssetContext,
  { csv, dryRun }: { readonly csv: string; readonly dryRun: boolean },
): Promise<AssetImport> {
  requirePermission(ctx, 'asset:manage')
  if (csv.length > MAX_ASSET_CSV)
    throw new ServiceError('invalid', 'The file is too large.', [{ path: 'csv', message: `has at most ${MAX_ASSET_CSV} characters` }])
  const { assets, problems, problemCount } = readAssetsCsv(csv)
  const there = new Map((await ctx.assets.list()).map((asset) => [asset.key, asset]))
  const isSame = ({ key, name, roles }: (typeof assets)[number]): boolean => {
    const old = there.get(key)
    return old !== undefined && old.name === name && old.roles.join() === roles.join()
  }
  const fresh = assets.filter((asset) => !isSame(asset))
  const changed = fresh.filter(({ key }) => there.has(key)).length
  const counts = { added: fresh.length - changed, changed, unchanged: assets.length - fresh.length }
  if (dryRun) return { ...counts, problems: [...problems], problemCount, stored: false, running: false }
  if (problemCount > 0) {
    const fields = problems.map(({ line, message }) => ({ path: `line ${line}`, message }))
    throw new ServiceError('invalid', `${problemCount} lines cannot be taken; nothing was stored.`, fields)
  }
  if (there.size + counts.added > MAX_ASSETS)
    throw new ServiceError('invalid', 'That would be too many assets.', [{ path: 'csv', message: `there may be ${MAX_ASSETS} in all` }])
  if (fresh.length > 0) {
    const by = { updatedAt: ctx.now(), updatedByName: ctx.actor.name, origin: 'csv' } as const
    await ctx.assets.save(
      fresh.map((asset) => ({ ...asset, roles: [...asset.roles], ...by })),
      {
        by: ctx.actor,
        at: by.updatedAt,
        audit: { action: 'asset.imported', entityId: 'csv', detail: `${counts.added} added, ${changed} changed` },
      },
    )
  }
  return { ...counts, problems: [], problemCount: 0, stored: true, running: await announceAssets(ctx) }
}
