import { existsSync } from 'node:fs'
import type Database from 'better-sqlite3'
import {
  type LogSource,
  type LogSourceHealth,
  logSourceHealthSchema,
  logSourceSchema,
  logSourceSettingsSchema,
} from '@/lib/domain/log-source'
import type { LogSourceRegistry } from '@/lib/store/ports'
import { openDatabase } from './open-database'

const SCHEMA = 'CREATE TABLE IF NOT EXISTS log_source_health (log_source_id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID'
const HAS_TABLE = `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'LogSource'`
const LIVE = `SELECT id, name, kind, settings, createdAt, createdByName, pausedAt, removedAt FROM "LogSource"
  WHERE removedAt IS NULL AND pausedAt IS NULL ORDER BY name, id`

/**
 * Log sources as the console keeps them, and how they do. A row that cannot be read is left out: one broken source must not
 * keep the others from being opened.
 *
 * @param appDbPath - app.db; may be absent or older than log sources.
 * @param intakes - from `openIntakeDatabase`; taken over.
 */
export function createSqliteLogSourceRegistry(appDbPath: string, intakes: Database.Database): LogSourceRegistry & { close(): void } {
  intakes.exec(SCHEMA)
  const save = intakes.prepare('INSERT INTO log_source_health VALUES (?, ?) ON CONFLICT (log_source_id) DO UPDATE SET json = excluded.json')
  const load = intakes.prepare<[], string>('SELECT json FROM log_source_health ORDER BY log_source_id').pluck()
  const saveAll = intakes.transaction((health: readonly LogSourceHealth[]) => {
    for (const one of health) save.run(one.logSourceId, JSON.stringify(one))
  })
  return {
    live: () => (existsSync(appDbPath) ? readLive(appDbPath) : []),
    saveHealth: (health) => void saveAll.immediate(health),
    loadHealth: () => load.all().flatMap((json) => logSourceHealthSchema.safeParse(JSON.parse(json)).data ?? []),
    close: () => intakes.close(),
  }
}

function readLive(path: string): readonly LogSource[] {
  const db = openDatabase(path, { readonly: true })
  try {
    if (db.prepare<[], number>(HAS_TABLE).pluck().get() === 0) return []
    return db
      .prepare<[], Record<string, unknown>>(LIVE)
      .all()
      .flatMap((row) => toLogSource(row) ?? [])
  } finally {
    db.close()
  }
}

function toLogSource(row: Readonly<Record<string, unknown>>): LogSource | null {
  try {
    const settings = logSourceSettingsSchema.parse(JSON.parse(String(row.settings)))
    return logSourceSchema.parse({ ...row, settings })
  } catch {
    return null
  }
}
