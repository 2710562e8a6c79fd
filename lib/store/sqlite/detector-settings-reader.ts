import { parseDetectorSettings, settingKeyOf } from '@/lib/domain/detector-settings'
import type { DetectorSettingsReader } from '@/lib/store/ports'
import { openDatabase } from './open-database'

const PREFIX = settingKeyOf('')

/** @param path - app.db, migrated. */
export function createSqliteDetectorSettingsReader(path: string): DetectorSettingsReader {
  const db = openDatabase(path)
  const rows = db.prepare<{ prefix: string }, { key: string; value: string }>(
    'SELECT key, value FROM "Setting" WHERE substr(key, 1, length(:prefix)) = :prefix ORDER BY key',
  )
  return {
    all: () =>
      Object.fromEntries(rows.all({ prefix: PREFIX }).map(({ key, value }) => [key.slice(PREFIX.length), parseDetectorSettings(value)])),
    close: () => db.close(),
  }
}
