import { z } from 'zod'
import { ASSET_ROLES } from '@/lib/domain/asset'
import type { AssetReader } from '@/lib/store/ports'
import { openDatabase } from './open-database'

const rolesSchema = z.array(z.enum(ASSET_ROLES))

/** @param path - app.db, migrated. */
export function createSqliteAssetReader(path: string): AssetReader {
  const db = openDatabase(path)
  const rows = db.prepare<[], { key: string; name: string; roles: string }>('SELECT key, name, roles FROM "Asset" ORDER BY key')
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck()
  const summary = db
    .prepare<[], string>(
      `SELECT count(*) || ' ' || coalesce(max(updatedAt), 0) || ' ' || coalesce(sum(updatedAt % 1000003), 0) FROM "Asset"`,
    )
    .pluck()
  let seen: { readonly data: number; readonly text: string } | null = null
  return {
    version: () => {
      const data = dataVersion.get() ?? 0
      // The whole file's number: alarms change it too, so it only says when to look.
      if (seen === null || seen.data !== data) seen = { data, text: summary.get() ?? '' }
      return seen.text
    },
    all: () => rows.all().map(({ key, name, roles }) => ({ key, name, roles: rolesSchema.parse(JSON.parse(roles)) })),
    close: () => db.close(),
  }
}
