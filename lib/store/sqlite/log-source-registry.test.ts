import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LogSourceHealth } from '@/lib/domain/log-source'
import { migrate } from '@/prisma/migrate'
import { openIntakeDatabase } from './intake-log'
import { createSqliteLogSourceRegistry } from './log-source-registry'
import { openDatabase } from './open-database'

const settings = { address: null, port: null, path: '/var/log/dns.log', format: null, backfill: true, quietAfterMs: 60_000 }
const health: LogSourceHealth = {
  ...{
    logSourceId: 'a',
    state: 'receiving',
    error: null,
    lastReceivedAt: 9,
    lastEventAt: 8,
    lagMs: 1,
    eventsPerSecond: 2.5,
    connections: 1,
  },
  ...{ records: 3, dnsEvents: 2, processEvents: 1, duplicates: 0, lateEvents: 0, futureEvents: 0, skipped: { 'not-dns': 1 }, rejected: 0 },
  ...{ rejects: [], gaps: [{ fromMs: 1, toMs: 2 }] },
}

let dir: string
let registry: ReturnType<typeof createSqliteLogSourceRegistry>
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dowser-registry-'))
  registry = createSqliteLogSourceRegistry(join(dir, 'app.db'), openIntakeDatabase(dir))
})
afterEach(() => {
  registry.close()
  rmSync(dir, { recursive: true, force: true })
})

function fill(rows: readonly { id: string; settings: string; pausedAt?: number; removedAt?: number }[]): void {
  const db = openDatabase(join(dir, 'app.db'))
  migrate(db, fileURLToPath(new URL('../../../prisma/migrations', import.meta.url)), 0)
  const insert = db.prepare(
    `INSERT INTO "LogSource" (id, name, kind, settings, createdAt, createdByName, pausedAt, removedAt) VALUES (?, ?, 'tail', ?, 1000, 'Ada', ?, ?)`,
  )
  for (const { id, settings: json, pausedAt = null, removedAt = null } of rows) insert.run(id, `name of ${id}`, json, pausedAt, removedAt)
  db.close()
}

test('without the database, or with one from before log sources, there are none', () => {
  expect(registry.live()).toEqual([])
  openDatabase(join(dir, 'app.db')).close()
  expect(registry.live()).toEqual([])
})

test('live sources are read as they were set up; paused, removed and unreadable ones are left out', () => {
  const json = JSON.stringify(settings)
  fill([
    { id: 'a', settings: json },
    { id: 'paused', settings: json, pausedAt: 5 },
    { id: 'removed', settings: json, removedAt: 5 },
    { id: 'broken', settings: '{' },
    { id: 'odd', settings: '{"port": 99999999}' },
  ])
  expect(registry.live()).toEqual([
    { id: 'a', name: 'name of a', kind: 'tail', settings, createdAt: 1000, createdByName: 'Ada', pausedAt: null, removedAt: null },
  ])
})

test('health is kept beside the events and read back', () => {
  registry.saveHealth([{ ...health, records: 1 }])
  registry.saveHealth([health])
  registry.close()
  registry = createSqliteLogSourceRegistry(join(dir, 'app.db'), openIntakeDatabase(dir))
  expect(registry.loadHealth()).toEqual([health])
})
