import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MAX_COMMAND_BYTES } from '@/lib/engine/protocol'
import { type EngineHost, startEngineHost } from '@/lib/server/engine-host'
import { createAlarmExport } from '@/lib/store/sqlite/alarm-export'
import { openDatabase } from '@/lib/store/sqlite/open-database'
import { migrate } from '@/prisma/migrate'
import { bundleOptions } from '@/scripts/bundle.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const SETTINGS = JSON.stringify({ address: null, port: null, path: null, format: null, backfill: false, quietAfterMs: 60_000 })

let work: string
let dataDir: string
const hosts: EngineHost[] = []

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'dowser-live-worker-'))
  await build({ ...bundleOptions(join(work, 'dist')), logLevel: 'silent' })
  // The bundle loads its native addon as an installed program does.
  symlinkSync(join(root, 'node_modules'), join(work, 'node_modules'))
  dataDir = join(work, 'data')
  mkdirSync(dataDir)
  const db = openDatabase(join(dataDir, 'app.db'))
  migrate(db, join(root, 'prisma', 'migrations'), 0)
  db.prepare(`INSERT INTO "LogSource" (id, name, kind, settings, createdAt, createdByName) VALUES ('s1', 's1', 'api', ?, 0, 'Ada')`).run(
    SETTINGS,
  )
  db.close()
}, 60_000)

afterAll(async () => {
  for (const host of hosts) await host.drain(5_000)
  rmSync(work, { recursive: true, force: true })
})

function start(): EngineHost {
  const host = startEngineHost({ enginePath: join(work, 'dist', 'engine.mjs'), settings: { dataDir } })
  hosts.push(host)
  return host
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 45_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited 45 s in vain')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const alarmZones = (): readonly (string | null)[] => {
  const alarms = createAlarmExport(join(dataDir, 'app.db'))
  const zones = [...alarms.alarms()].map(({ zone }) => zone)
  alarms.close()
  return zones
}

/** A made-up tunnel as Zeek JSON, five look-ups a second. */
function tunnel(fromMs: number, count: number): Buffer {
  const lines = Array.from({ length: count }, (_, n) =>
    JSON.stringify({
      ...{ ts: (fromMs + n * 200) / 1000, uid: `C${n}`, 'id.orig_h': '10.0.0.9', 'id.orig_p': 40_000 + n, 'id.resp_h': '10.0.0.53' },
      ...{ 'id.resp_p': 53, proto: 'udp', trans_id: n, qtype: 16, qtype_name: 'TXT', rcode: 0, rcode_name: 'NOERROR' },
      query: `${createHash('sha256').update(String(n)).digest('hex').slice(0, 40)}.relay-net.com`,
    }),
  )
  return Buffer.from(`${lines.join('\n')}\n`)
}

describe('the live lane in a real worker', { timeout: 90_000 }, () => {
  test('raises the alarm of a tunnel that a keyed sender posts, tells its health, and goes on after a stop', async () => {
    const host = start()
    await until(() => host.state() === 'ready')
    // Old enough that the watermark has passed it at once, young enough to be live.
    const bytes = tunnel(Date.now() - 110_000, 300)
    const params = { logSourceId: 's1', format: 'zeek-json' }
    expect(await host.command('log-sources.accept-log', params, bytes)).toEqual({ added: 300, duplicates: 0, rejected: 0, rejects: [] })
    await until(() => alarmZones().includes('relay-net.com'))
    expect(await host.command('log-sources.health', {})).toMatchObject([{ logSourceId: 's1', state: 'receiving', dnsEvents: 300 }])
    await host.drain(20_000)

    const next = start()
    await until(() => next.state() === 'ready')
    expect(await next.command('log-sources.accept-log', params, bytes)).toMatchObject({ added: 0, duplicates: 300 })
    expect(await next.command('log-sources.health', {})).toMatchObject([{ dnsEvents: 600, duplicates: 300 }])
    expect(alarmZones().filter((zone) => zone === 'relay-net.com').length).toBeGreaterThan(0)
  })

  test('refuses bytes beyond what may be on their way, and takes them again when there is room', async () => {
    const host = start()
    await until(() => host.state() === 'ready')
    const params = { logSourceId: 's1', format: 'zeek-json' }
    const first = host.command('log-sources.accept-log', params, new Uint8Array(MAX_COMMAND_BYTES - 10).fill(10))
    await expect(host.command('log-sources.accept-log', params, tunnel(Date.now(), 10))).rejects.toMatchObject({
      code: 'overloaded',
      retryAfterSeconds: 2,
    })
    await first
    expect(await host.command('log-sources.accept-log', params, tunnel(Date.now(), 10))).toMatchObject({ added: 10 })
  })
})
