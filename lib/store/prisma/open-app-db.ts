import { chmodSync, closeSync, openSync } from 'node:fs'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { openDatabase } from '@/lib/store/sqlite/open-database'
import { migrate } from '@/prisma/migrate'
import { PrismaClient } from './client/client'

export type AppDb = PrismaClient

/**
 * Creates `path` when absent, readable by its owner alone (it holds session tokens), and brings it up to date.
 *
 * @throws EditedMigrationError; SqliteError when the file is no database.
 */
export function prepareAppDb(path: string, migrationsDir: string, nowMs: number): readonly string[] {
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
  const db = openDatabase(path)
  try {
    return migrate(db, migrationsDir, nowMs)
  } finally {
    db.close()
  }
}

/**
 * The adapter itself sets `foreign_keys` and `busy_timeout`, and leaves `synchronous` at FULL: what a person decided outlives
 * a power cut. A decision on many alarms
 * touches thousands of pages of the alarms' indexes: 32 MiB keep them until they are written once, and the journal is moved
 * over after 32 MiB instead of within each part.
 */
class AppDbAdapter extends PrismaBetterSqlite3 {
  override async connect() {
    const adapter = await super.connect()
    await adapter.executeScript('PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 8192;')
    return adapter
  }
}

/** Opens a prepared app.db. */
export function openAppDb(path: string): AppDb {
  return new PrismaClient({ adapter: new AppDbAdapter({ url: `file:${path}` }, { timestampFormat: 'unixepoch-ms' }) })
}
