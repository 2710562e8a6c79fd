import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'

/** The database was migrated by a newer program, or a migration was changed after it ran. Nothing was applied. */
export class EditedMigrationError extends Error {
  readonly code = 'edited_migration'
}

/**
 * Applies `NNNN_name/migration.sql` in order of name, each in its own transaction.
 *
 * @param nowMs - wall clock that is noted beside each applied migration.
 * @returns the names it applied, empty when the database was up to date.
 * @throws EditedMigrationError; Error naming the migration that leaves a dangling reference (it is rolled back).
 */
export function migrate(db: Database.Database, dir: string, nowMs: number): readonly string[] {
  db.exec('CREATE TABLE IF NOT EXISTS "_migration" (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, appliedAt INTEGER NOT NULL)')
  const folders = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  const rows = db.prepare<[], { name: string; checksum: string }>('SELECT name, checksum FROM _migration').all()
  const applied = new Map(rows.map((row) => [row.name, row.checksum]))
  const unknown = [...applied.keys()].filter((name) => !folders.includes(name))
  if (unknown.length > 0) throw new EditedMigrationError(`The database is newer than this program; it knows ${unknown.join(', ')}.`)
  return folders.filter((name) => {
    const sql = readFileSync(join(dir, name, 'migration.sql'), 'utf8')
    const checksum = createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex')
    const seen = applied.get(name)
    if (seen !== undefined && seen !== checksum) throw new EditedMigrationError(`${name} was edited after it was applied.`)
    return seen === undefined && apply(db, { name, sql, checksum, nowMs })
  })
}

interface Migration {
  readonly name: string
  readonly sql: string
  readonly checksum: string
  readonly nowMs: number
}

/** @returns false when another process was first. */
function apply(db: Database.Database, { name, sql, checksum, nowMs }: Migration): boolean {
  // Has no effect inside a transaction; a table rebuild with it on would cascade into the children.
  db.pragma('foreign_keys = OFF')
  try {
    return db
      .transaction(() => {
        if (db.prepare('SELECT 1 FROM _migration WHERE name = ?').get(name) !== undefined) return false
        db.exec(sql)
        const broken = db.prepare('PRAGMA foreign_key_check').all()
        if (broken.length > 0) throw new Error(`${name} leaves ${broken.length} dangling references.`)
        db.prepare('INSERT INTO _migration VALUES (?, ?, ?)').run(name, checksum, nowMs)
        return true
      })
      .immediate()
  } finally {
    db.pragma('foreign_keys = ON')
  }
}
