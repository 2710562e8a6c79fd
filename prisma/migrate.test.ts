import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from './migrate'
import { schemaDiff } from './schema-diff'

const here = dirname(fileURLToPath(import.meta.url))
let scratch: string
let dir: string
let db: Database.Database

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'dowser-migrate-'))
  dir = join(scratch, 'migrations')
  db = new Database(join(scratch, 'app.db'))
})

afterEach(() => {
  db.close()
  rmSync(scratch, { recursive: true, force: true })
})

function write(name: string, sql: string): void {
  mkdirSync(join(dir, name), { recursive: true })
  writeFileSync(join(dir, name, 'migration.sql'), sql)
}

describe('the migration runner', () => {
  it('applies what is new in order of name, once', () => {
    write('0002_b', 'ALTER TABLE a ADD COLUMN y TEXT;')
    write('0001_a', 'CREATE TABLE a (x TEXT);')
    expect(migrate(db, dir, 1)).toEqual(['0001_a', '0002_b'])
    expect(migrate(db, dir, 2)).toEqual([])
    write('0003_c', 'CREATE TABLE c (z TEXT);')
    expect(migrate(db, dir, 3)).toEqual(['0003_c'])
  })

  it('refuses a migration that was edited after it ran, but not one whose line ends changed', () => {
    write('0001_a', 'CREATE TABLE a (x TEXT);\n')
    migrate(db, dir, 1)
    write('0001_a', 'CREATE TABLE a (x TEXT);\r\n')
    expect(migrate(db, dir, 2)).toEqual([])
    write('0001_a', 'CREATE TABLE a (x INTEGER);\n')
    expect(() => migrate(db, dir, 3)).toThrow('0001_a was edited after it was applied')
  })

  it('refuses a database that a newer program migrated', () => {
    write('0001_a', 'CREATE TABLE a (x TEXT);')
    write('0002_b', 'CREATE TABLE b (x TEXT);')
    migrate(db, dir, 1)
    rmSync(join(dir, '0002_b'), { recursive: true })
    expect(() => migrate(db, dir, 2)).toThrow('newer than this program; it knows 0002_b')
  })

  it('rolls back a migration that leaves a dangling reference', () => {
    write('0001_a', 'CREATE TABLE p (id TEXT PRIMARY KEY); CREATE TABLE c (p TEXT REFERENCES p (id));')
    migrate(db, dir, 1)
    write('0002_b', "INSERT INTO c VALUES ('nobody');")
    expect(() => migrate(db, dir, 2)).toThrow('0002_b leaves 1 dangling references')
    expect(db.prepare('SELECT count(*) AS n FROM c').get()).toEqual({ n: 0 })
  })

  it('keeps child rows when a parent table is rebuilt', () => {
    write('0001_a', 'CREATE TABLE p (id TEXT PRIMARY KEY); CREATE TABLE c (p TEXT REFERENCES p (id) ON DELETE CASCADE);')
    migrate(db, dir, 1)
    db.exec("INSERT INTO p VALUES ('1'); INSERT INTO c VALUES ('1');")
    write(
      '0002_b',
      'CREATE TABLE q (id TEXT PRIMARY KEY, n TEXT); INSERT INTO q SELECT id, NULL FROM p; DROP TABLE p; ALTER TABLE q RENAME TO p;',
    )
    migrate(db, dir, 2)
    expect(db.prepare('SELECT count(*) AS n FROM c').get()).toEqual({ n: 1 })
  })
})

describe('schema.prisma', () => {
  it('says what the migrations make', async () => {
    migrate(db, join(here, 'migrations'), 1)
    expect(await schemaDiff(`file:${join(scratch, 'app.db')}`, join(here, 'schema.prisma'))).toBe('')
  })

  it('differs as soon as a column is missing', async () => {
    cpSync(join(here, 'migrations'), dir, { recursive: true })
    migrate(db, dir, 1)
    db.exec('ALTER TABLE "AuditLine" DROP COLUMN "detail"')
    expect(await schemaDiff(`file:${join(scratch, 'app.db')}`, join(here, 'schema.prisma'))).toContain('"detail" TEXT')
  })

  it('makes no table that raw SQL would fill with the text of a date', async () => {
    const sql = await schemaDiff(null, join(here, 'schema.prisma'))
    expect(sql).toContain('CREATE TABLE "Alarm"')
    expect(sql).not.toContain('CURRENT_TIMESTAMP')
  })
})
