import { z } from 'zod'
import { ASSET_ORIGINS, ASSET_ROLES, type Asset } from '@/lib/domain/asset'
import type { AssetChange, AssetStore } from '@/lib/store/ports'
import type { Asset as AssetRecord } from './client/client'
import type { AppDb } from './open-app-db'
import { inWriteTransaction, type Tx } from './write-transaction'

const rolesSchema = z.array(z.enum(ASSET_ROLES))

export function createPrismaAssetStore(db: AppDb, newId: () => string): AssetStore {
  const audit = async (tx: Tx, { by, at, audit: line }: AssetChange): Promise<void> => {
    await tx.auditLine.create({
      data: { id: newId(), at: new Date(at), byUserId: by.userId, byName: by.name, entity: 'asset', ...line },
    })
  }
  return {
    list: async () => (await db.asset.findMany({ orderBy: { key: 'asc' } })).map(toAsset),
    find: async (key) => {
      const record = await db.asset.findUnique({ where: { key } })
      return record === null ? null : toAsset(record)
    },
    names: async (keys) => {
      const rows = await db.asset.findMany({ where: { key: { in: [...keys] }, name: { not: '' } }, select: { key: true, name: true } })
      return new Map(rows.map(({ key, name }) => [key, name]))
    },
    save: (assets, change) =>
      inWriteTransaction(db, async (tx) => {
        // One statement: thousands of rows hold the write lock for milliseconds.
        await tx.$executeRaw`INSERT OR REPLACE INTO "Asset" (key, name, roles, origin, "updatedAt", "updatedByName")
          SELECT value ->> 'key', value ->> 'name', value -> 'roles', value ->> 'origin', value ->> 'updatedAt', value ->> 'updatedByName'
          FROM json_each(${JSON.stringify(assets)})`
        await audit(tx, change)
      }),
    remove: (key, change) =>
      inWriteTransaction(db, async (tx) => {
        const { count } = await tx.asset.deleteMany({ where: { key } })
        if (count > 0) await audit(tx, change)
        return count > 0
      }),
  }
}

const toAsset = ({ roles, origin, updatedAt, ...record }: AssetRecord): Asset => ({
  ...record,
  roles: rolesSchema.parse(JSON.parse(roles)),
  origin: z.enum(ASSET_ORIGINS).parse(origin),
  updatedAt: updatedAt.getTime(),
})
