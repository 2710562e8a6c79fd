import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openDatabase } from '@/lib/store/sqlite/open-database'
import { migrate } from '@/prisma/migrate'
import type { Terminal } from './command'

export interface DataFolder {
  readonly dir: string
  readonly appDb: string
  readonly migrations: string
}

export function dataFolder(terminal: Pick<Terminal, 'env' | 'cwd' | 'programDir'>): DataFolder {
  const { DOWSER_DATA } = terminal.env
  const dir = resolve(terminal.cwd, DOWSER_DATA === undefined || DOWSER_DATA === '' ? 'data' : DOWSER_DATA)
  return { dir, appDb: join(dir, 'app.db'), migrations: join(terminal.programDir, 'prisma', 'migrations') }
}

/** Makes the folder and brings app.db up to date; both readable by their owner alone. @throws EditedMigrationError */
export function prepareDataFolder({ dir, appDb, migrations }: DataFolder, nowMs: number): void {
  if (!existsSync(dir)) mkdirSync(dir, { recursive: true, mode: 0o700 })
  closeSync(openSync(appDb, 'a', 0o600))
  chmodSync(appDb, 0o600)
  const db = openDatabase(appDb)
  try {
    migrate(db, migrations, nowMs)
  } finally {
    db.close()
  }
}
