import { afterEach, beforeEach, expect, it } from 'vitest'
import { type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { createSqliteAssetReader } from '@/lib/store/sqlite/asset-reader'
import { createAssetList } from './asset-list'

let temporary: TemporaryContext
let reader: ReturnType<typeof createSqliteAssetReader>
beforeEach(() => {
  temporary = temporaryContext()
  reader = createSqliteAssetReader(`${temporary.dataDir}/app.db`)
})
afterEach(async () => {
  reader.close()
  await temporary.dispose()
})

it('follows what another process changes: added, changed, removed', async () => {
  const { assets } = temporary.stores
  const list = createAssetList(reader.all, reader.version)
  const by = {
    by: { userId: 'cli', name: 'command line', role: 'admin' as const },
    at: 1,
    audit: { action: 'a', entityId: 'b', detail: 'c' },
  }
  const asset = { key: '10.0.0.5', name: 'n', roles: ['scanner' as const], origin: 'csv' as const, updatedAt: 5, updatedByName: 'cli' }
  const roles = () => list.known.rolesOf(['10.0.0.5']).map(({ role }) => role)
  expect(list.follow()).toBe(false)

  await assets.save([asset], by)
  expect([roles(), list.follow(), roles(), list.follow()]).toEqual([[], true, ['scanner'], false])
  await assets.save([{ ...asset, roles: ['monitoring'], updatedAt: 6 }], by)
  expect([list.follow(), roles()]).toEqual([true, ['monitoring']])
  await assets.remove('10.0.0.5', by)
  expect([list.follow(), roles()]).toEqual([true, []])
})

it('keeps what it has while the store cannot be read', () => {
  let isLocked = false
  const list = createAssetList(
    () => [{ key: '10.0.0.5', name: '', roles: ['scanner'] }],
    () => {
      if (isLocked) throw new Error('database is locked')
      return `1`
    },
  )
  isLocked = true
  expect([list.follow(), list.known.rolesOf(['10.0.0.5']).length]).toEqual([false, 1])
})
