import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { migrate } from './migrate'
import { schemaDiff } from './schema-diff'

// npx tsx prisma/new-migration.ts NAME: writes the next migration from the difference between the migrations so far and schema.prisma.
const here = dirname(fileURLToPath(import.meta.url))
const migrations = join(here, 'migrations')
const name = process.argv[2] ?? ''

if (/^[a-z][a-z0-9_]*$/.test(name)) {
  const scratch = mkdtempSync(join(tmpdir(), 'dowser-migration-'))
  const file = join(scratch, 'app.db')
  const db = new Database(file)
  mkdirSync(migrations, { recursive: true })
  migrate(db, migrations, Date.now())
  db.close()
  const sql = await schemaDiff(`file:${file}`, join(here, 'schema.prisma'))
  rmSync(scratch, { recursive: true })
  if (sql === '') {
    process.stdout.write('schema.prisma and the migrations agree: nothing to write.\n')
  } else {
    const number = String(readdirSync(migrations).filter((entry) => existsSync(join(migrations, entry, 'migration.sql'))).length + 1)
    const folder = join(migrations, `${number.padStart(4, '0')}_${name}`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'migration.sql'), sql)
    process.stdout.write(`wrote ${folder}/migration.sql\n`)
  }
} else {
  process.stderr.write('usage: npx tsx prisma/new-migration.ts NAME   (lower case, digits, underscores)\n')
  process.exitCode = 2
}
