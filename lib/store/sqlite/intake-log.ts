import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { type Intake, intakeSchema } from '@/lib/domain/intake'
import type { IntakeLog } from '@/lib/store/ports'
import { openDatabase } from './open-database'

const SCHEMA = `
CREATE TABLE IF NOT EXISTS intake (
  no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, started_at INTEGER NOT NULL DEFAULT 0, json TEXT) STRICT;
CREATE TABLE IF NOT EXISTS checkpoint (name TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID;
`

/** Opens `events.db`, which numbers the intakes and keeps their accounting and the engine's checkpoints. */
export function openIntakeDatabase(dir: string, options: { readonly throwAway?: boolean } = {}): Database.Database {
  const db = openDatabase(join(dir, 'events.db'), options)
  db.exec(SCHEMA)
  return db
}

/** The small number that stands for the intake in event rows. */
export function registerIntake(db: Database.Database, id: string): number {
  db.prepare('INSERT OR IGNORE INTO intake (id) VALUES (?)').run(id)
  return db.prepare<[string], number>('SELECT no FROM intake WHERE id = ?').pluck().get(id) ?? 0
}

export function forgetIntakes(db: Database.Database, ids: readonly string[]): void {
  const forget = db.prepare('DELETE FROM intake WHERE id = ?')
  db.transaction(() => {
    for (const id of ids) forget.run(id)
  }).immediate()
}

/** @param db - from `openIntakeDatabase`; taken over. */
export function createSqliteIntakeLog(db: Database.Database): IntakeLog & { close(): void } {
  const save = db.prepare(`INSERT INTO intake (id, started_at, json) VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET started_at = excluded.started_at, json = excluded.json`)
  const find = db.prepare<[string], string>('SELECT json FROM intake WHERE id = ? AND json IS NOT NULL').pluck()
  const list = db
    .prepare<[number], string>('SELECT json FROM intake WHERE json IS NOT NULL ORDER BY started_at DESC, no DESC LIMIT ?')
    .pluck()
  const saveCheckpoint = db.prepare('INSERT INTO checkpoint VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET json = excluded.json')
  const loadCheckpoint = db.prepare<[string], string>('SELECT json FROM checkpoint WHERE name = ?').pluck()
  const toIntake = (json: string): Intake => intakeSchema.parse(JSON.parse(json))
  return {
    save: (intake) => void save.run(intake.id, intake.startedAt, JSON.stringify(intake)),
    find: (id) => {
      const json = find.get(id)
      return json === undefined ? null : toIntake(json)
    },
    list: (limit) => list.all(limit).map(toIntake),
    saveCheckpoint: (name, state) => void saveCheckpoint.run(name, JSON.stringify(state)),
    loadCheckpoint: (name) => {
      const json = loadCheckpoint.get(name)
      return json === undefined ? null : (JSON.parse(json) as unknown)
    },
    close: () => db.close(),
  }
}
