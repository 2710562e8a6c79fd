import { z } from 'zod'
import { ASSET_ROLES } from '@/lib/domain/asset'
import type { AssetReader } from '@/lib/store/ports'
import { openDatabase } from './open-database'

const rolesSchema = z.array(z.enum(ASSET_ROLES))

/** @param path - app.db, migrated. */
export function createSqliteAssetReader(path: string): AssetReader {
  const db = openDatabase(path)
  const rows = db.prepare<[], { key: string; name: string; roles: string }>('SELECT key, name, roles FROM "Asset" ORDER BY key')
  return {
    all: () => rows.all().map(({ key, name, roles }) => ({ key, name, roles: rolesSchema.parse(JSON.parse(roles)) })),
    close: () => db.close(),
  }
}
