import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setEnvironmentData } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CREDIT_WINDOW_BYTES } from '@/lib/engine/protocol'
import { type EngineHost, type HostOptions, startEngineHost } from '@/lib/server/engine-host'
import { createAlarmExport } from '@/lib/store/sqlite/alarm-export'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { openDatabase } from '@/lib/store/sqlite/open-database'
import { migrate } from '@/prisma/migrate'
import { bundleOptions } from '@/scripts/bundle.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const tunnel = readFileSync(join(root, 'demo', 'iodine.pcap.gz'))
const meta = (name: string) => ({ via: 'upload', name, bytesTotal: null, demo: false })

let work: string
let dataDir: string
let count = 0
const hosts: EngineHost[] = []

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'dowser-worker-'))
  await build({ ...bundleOptions(join(work, 'dist')), logLevel: 'silent' })
  // The bundle loads its native addon as an installed program does.
  symlinkSync(join(root, 'node_modules'), join(work, 'node_modules'))
}, 60_000)

beforeEach(() => {
  dataDir = join(work, `data-${++count}`)
  mkdirSync(dataDir)
  const db = openDatabase(join(dataDir, 'app.db'))
  migrate(db, join(root, 'prisma', 'migrations'), 0)
  db.close()
})

afterAll(async () => {
  for (const host of hosts) await host.drain(1_000)
  rmSync(work, { recursive: true, force: true })
})

function start(options: Partial<HostOptions> = {}): EngineHost {
  const host = startEngineHost({ enginePath: join(work, 'dist', 'engine.mjs'), settings: { dataDir }, ...options })
  hosts.push(host)
  return host
}

async function* pieces(bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited 15 s in vain')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function storedEvents(): number {
  const store = createSqliteEventStore({ dir: dataDir })
  try {
    return [...store.read({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER })].length
  } finally {
    store.close()
  }
}

/** Zeek JSON, one lookup a line. */
function lines(from: number, to: number): string {
  let text = ''
  for (let n = from; n < to; n++)
    text += `${JSON.stringify({ ts: 1_795_000_000 + n / 100, uid: `C${n}`, 'id.orig_h': '10.0.0.9', 'id.orig_p': 5000 + (n % 50_000), 'id.resp_h': '10.0.0.53', 'id.resp_p': 53, proto: 'udp', trans_id: n % 65_536, query: `w${n % 40}.alpha.com`, qtype: 1, qtype_name: 'A', rcode: 0, rcode_name: 'NOERROR' })}\n`
  return text
}

/** The real worker, whose credits are kept until `release` and then given one at a time; each is counted before it is given. */
function holdCredits() {
  const shared = new Int32Array(new SharedArrayBuffer(8))
  setEnvironmentData('credits', shared)
  const enginePath = join(work, 'dist', 'held-back.mjs')
  writeFileSync(
    enginePath,
    `import { getEnvironmentData, parentPort } from 'node:worker_threads'
     const shared = getEnvironmentData('credits')
     const post = parentPort.postMessage.bind(parentPort)
     const held = []
     parentPort.postMessage = (message) => void (message.type === 'credit' ? held.push(message) : post(message))
     setInterval(() => {
       const next = Atomics.load(shared, 1) === 1 ? held.shift() : undefined
       if (next === undefined) return
       Atomics.add(shared, 0, next.bytes)
       post(next)
     }, 5).unref()
     await import('./engine.mjs')`,
  )
  return { enginePath, given: () => Atomics.load(shared, 0), release: () => void Atomics.store(shared, 1, 1) }
}

describe('a real worker', { timeout: 60_000 }, () => {
  test('takes a capture in, stores it, writes its alarms to app.db', async () => {
    const host = start()
    expect(host.state()).toBe('starting')
    await until(() => host.state() === 'ready')
    const progress: string[] = []
    const intake = await host.import(pieces(tunnel), meta('iodine.pcap.gz'), (state) => progress.push(state.state))
    expect(intake).toMatchObject({ state: 'done', format: 'pcap', error: null })
    expect(progress).toContain('analysing')
    expect(storedEvents()).toBe(intake.dnsEvents)
    const alarms = createAlarmExport(join(dataDir, 'app.db'))
    expect([...alarms.alarms()].map((alarm) => alarm.zone)).toContain('brindlecove.net')
    alarms.close()
  })

  test('hands back the account of a log it cannot read, however much is still to come', async () => {
    const host = start()
    const body = async function* () {
      for (let n = 0; n < 300; n++) yield Buffer.alloc(64 * 1024, 'x')
    }
    const intake = await host.import(body(), meta('noise'))
    expect(intake).toMatchObject({ state: 'failed', format: null })
  })

  test('the sender is never more than the window ahead of a worker that is held back', async () => {
    const credits = holdCredits()
    const host = start({ enginePath: credits.enginePath })
    const text = Buffer.from(lines(0, 60_000))
    const piece = 512 * 1024
    let sent = 0
    let ahead = 0
    const body = async function* () {
      for await (const bytes of pieces(text, piece)) {
        yield bytes
        // Asked for the next piece, the host has posted this one.
        sent += bytes.length
        ahead = Math.max(ahead, sent - credits.given())
      }
    }
    const running = host.import(body(), meta('zeek.json'))
    await until(() => sent >= CREDIT_WINDOW_BYTES)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect({ sent, given: credits.given() }).toEqual({ sent: CREDIT_WINDOW_BYTES, given: 0 })
    credits.release()
    expect(await running).toMatchObject({ state: 'done', dnsEvents: 60_000 })
    expect(text.length).toBeGreaterThan(3 * CREDIT_WINDOW_BYTES)
    expect(ahead).toBe(CREDIT_WINDOW_BYTES)
    expect(credits.given()).toBeGreaterThanOrEqual(text.length - CREDIT_WINDOW_BYTES)
  })

  test('bytes straight from zlib are safe to hand over', async () => {
    const { createGunzip } = await import('node:zlib')
    const host = start()
    const gunzip = createGunzip()
    gunzip.end(gzipSync(lines(0, 5_000)))
    expect(await host.import(gunzip, meta('zeek.json'))).toMatchObject({ state: 'done', dnsEvents: 5_000 })
  })

  test('a sender that breaks off fails alone; the next import works', async () => {
    const host = start()
    const broken = async function* () {
      yield Buffer.from(lines(0, 100))
      throw new Error('client gone')
    }
    await expect(host.import(broken(), meta('broken'))).rejects.toThrow('client gone')
    expect(await host.import(pieces(Buffer.from(lines(0, 200))), meta('whole'))).toMatchObject({ state: 'done', dnsEvents: 200 })
  })

  test('imports at the same time do not mix', async () => {
    const host = start()
    const parts = [0, 1_000, 2_000, 3_000]
    const intakes = await Promise.all(
      parts.map((from) => host.import(pieces(Buffer.from(lines(from, from + 1_000)), 10_000), meta(`part ${from}`))),
    )
    expect(intakes.map((intake) => [intake.name, intake.dnsEvents, intake.rejected])).toEqual(
      parts.map((from) => [`part ${from}`, 1_000, 0]),
    )
    expect(storedEvents()).toBe(4_000)
  })

  test('drain lets an import under way finish and refuses new ones', async () => {
    const host = start()
    await until(() => host.state() === 'ready')
    let release: () => void = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const slow = async function* () {
      yield Buffer.from(lines(0, 500))
      await gate
      yield Buffer.from(lines(500, 1_000))
    }
    const running = host.import(slow(), meta('slow'))
    const drained = host.drain(10_000)
    await expect(host.import(pieces(tunnel), meta('late'))).rejects.toMatchObject({ code: 'unavailable' })
    release()
    expect(await running).toMatchObject({ state: 'done', dnsEvents: 1_000 })
    await drained
    expect(host.state()).toBe('down')
  })
})

describe('a worker that crashes', { timeout: 60_000 }, () => {
  test('fails what was under way with `unavailable`, and is started again', async () => {
    const marker = join(work, `crashed-${count}`)
    const crashing = join(work, 'dist', `crash-once-${count}.mjs`)
    writeFileSync(
      crashing,
      `import { existsSync, writeFileSync } from 'node:fs'
       import { parentPort } from 'node:worker_threads'
       if (existsSync(${JSON.stringify(marker)})) await import('./engine.mjs')
       else {
         parentPort.postMessage({ type: 'ready' })
         parentPort.once('message', () => { writeFileSync(${JSON.stringify(marker)}, ''); process.exit(7) })
       }`,
    )
    const logged: string[] = []
    const host = start({ enginePath: crashing, log: (message) => logged.push(message) })
    await until(() => host.state() === 'ready')
    await expect(host.import(pieces(tunnel), meta('first'))).rejects.toMatchObject({ code: 'unavailable' })
    expect(host.state()).toBe('starting')
    await expect(host.import(pieces(tunnel), meta('too soon'))).rejects.toMatchObject({ code: 'unavailable' })
    await until(() => host.state() === 'ready')
    expect(await host.import(pieces(tunnel), meta('second'))).toMatchObject({ state: 'done' })
    expect(logged).toContain('the engine stopped')
  })
})
