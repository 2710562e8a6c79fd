import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LogSourceHealth } from '@/lib/domain/log-source'
import { type EngineHost, startEngineHost } from '@/lib/server/engine-host'
import { openDatabase } from '@/lib/store/sqlite/open-database'
import { migrate } from '@/prisma/migrate'
import { bundleOptions } from '@/scripts/bundle.mjs'
import { until } from './stream/fixtures/test-stream'

const root = fileURLToPath(new URL('../../', import.meta.url))
const fixture = (file: string) => readFileSync(join(root, 'lib', 'formats', file))

let work: string
let host: EngineHost | null = null
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'dowser-kinds-'))
  await build({ ...bundleOptions(join(work, 'dist')), logLevel: 'silent' })
  // The bundle loads its native addon as an installed program does.
  symlinkSync(join(root, 'node_modules'), join(work, 'node_modules'))
  mkdirSync(join(work, 'data'))
  writeFileSync(join(work, 'dns.log'), '')
  const db = openDatabase(join(work, 'data', 'app.db'))
  migrate(db, join(root, 'prisma', 'migrations'), 0)
  const add = db.prepare(`INSERT INTO "LogSource" (id, name, kind, settings, createdAt, createdByName) VALUES (?, ?, ?, ?, 0, 'Ada')`)
  const none = { address: null, port: null, path: null, format: null, backfill: false, quietAfterMs: 60_000 }
  add.run('file', 'file', 'tail', JSON.stringify({ ...none, path: join(work, 'dns.log') }))
  add.run('tap', 'tap', 'dnstap-unix', JSON.stringify({ ...none, path: join(work, 'tap.sock') }))
  add.run('nowhere', 'nowhere', 'syslog-tcp', JSON.stringify({ ...none, address: '192.0.2.1', port: 5_514 }))
  db.close()
}, 90_000)
afterAll(async () => {
  await host?.drain(10_000)
  rmSync(work, { recursive: true, force: true })
})

test('the real worker opens every kind, stores what arrives and says what cannot be opened', { timeout: 90_000 }, async () => {
  const engine = startEngineHost({ enginePath: join(work, 'dist', 'engine.mjs'), settings: { dataDir: join(work, 'data') } })
  host = engine
  let health: readonly LogSourceHealth[] = []
  const of = (id: string) => health.find(({ logSourceId }) => logSourceId === id)
  const seen = async (condition: () => boolean) => {
    for (const deadline = Date.now() + 60_000; !condition(); await new Promise((resolve) => setTimeout(resolve, 100))) {
      if (Date.now() > deadline) throw new Error(`waited in vain: ${JSON.stringify(health)}`)
      health = await engine.command('log-sources.health', {})
    }
  }
  await until(
    () => engine.state() === 'ready',
    () => engine.state(),
    60_000,
  )
  await seen(() => of('nowhere')?.state === 'failed')
  expect(of('nowhere')?.error).toBe('Cannot listen on 192.0.2.1:5514: this machine does not have the address.')

  appendFileSync(join(work, 'dns.log'), fixture('bind/fixtures/query.log'))
  const socket = createConnection(join(work, 'tap.sock'))
  socket.end(fixture('dnstap/fixtures/bind.fstrm'))
  // 16 lookups each, by the tests of these formats.
  await seen(() => of('tap')?.dnsEvents === 16 && of('file')?.dnsEvents === 16)
  expect([of('tap')?.rejected, of('file')?.rejected, of('file')?.state]).toEqual([0, 0, 'receiving'])
})
