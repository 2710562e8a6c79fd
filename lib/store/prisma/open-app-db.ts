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

/** Opens a prepared app.db. The adapter itself sets `foreign_keys` and `busy_timeout`. */
export function openAppDb(path: string): AppDb {
  return new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${path}` }, { timestampFormat: 'unixepoch-ms' }) })
}
