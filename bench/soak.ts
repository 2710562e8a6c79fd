/**
 * What the live lane keeps and loses: look-ups sent over HTTP to the real worker at a steady rate, with tunnels among
 * them, while the process is killed with SIGKILL every minute. Prints what was lost or stored twice, whether the alarms
 * are those of an analysis of the stored events in order, how long after its event each alarm showed, and memory.
 *
 *   npx tsx bench/soak.ts [--minutes 3] [--rate 500] [--kill-every 60] [--flood 20]
 *
 * `--flood` sends as fast as eight connections can for so many seconds at the end. A line is printed each minute; the last
 * line is the verdict, also when the run is cut off by SIGTERM or SIGINT. Exit code 0: nothing lost, doubled or missing.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { detectors } from '@/lib/detectors/index'
import type { AlarmDraft } from '@/lib/domain/alarm'
import { createAnalyser } from '@/lib/engine/analyse'
import { MAX_HOLD_MS } from '@/lib/engine/live-watermark'
import { pause } from '@/lib/engine/surroundings'
import type { EventStore } from '@/lib/store/ports'
import { createAlarmExport } from '@/lib/store/sqlite/alarm-export'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { openDatabase } from '@/lib/store/sqlite/open-database'
import { migrate } from '@/prisma/migrate'
import { bundleOptions } from '@/scripts/bundle.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const BATCH_EVERY_MS = 500
/** A tunnel of its own zone begins this often and asks five times a second. */
const TUNNEL_EVERY_MS = 45_000
const TUNNEL_PER_BATCH = 3
/** The longest the watermark may be held back, and a margin. */
const SETTLE_MS = 130_000

function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}

interface Served {
  readonly child: ChildProcess
  readonly url: string
}

class Soak {
  private served: Promise<Served>
  private nextId = 0
  acknowledged = 0
  sent = 0
  refused = 0
  resent = 0
  peakRss = 0
  kills = 0
  isOver = false

  constructor(
    private readonly dist: string,
    readonly dataDir: string,
  ) {
    this.served = this.serve()
  }

  private serve(): Promise<Served> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(this.dist, 'serve.mjs'), join(this.dist, 'engine.mjs'), this.dataDir], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      child.stdout?.once('data', (port: Buffer) => resolve({ child, url: `http://127.0.0.1:${Number(port.toString())}` }))
      child.once('error', reject)
    })
  }

  async kill(): Promise<void> {
    this.kills += 1
    const { child } = await this.served
    const ended = new Promise((resolve) => child.once('close', resolve))
    child.kill('SIGKILL')
    await ended
    this.served = this.serve()
  }

  async stop(): Promise<void> {
    const { child } = await this.served
    const ended = new Promise((resolve) => child.once('close', resolve))
    child.kill('SIGTERM')
    await ended
  }

  async noteMemory(): Promise<void> {
    const { child } = await this.served
    try {
      const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]
      this.peakRss = Math.max(this.peakRss, Number(kib ?? 0) * 1024)
    } catch {
      // Killed a moment ago, or a system without /proc.
    }
  }

  /** Sends a batch until it is acknowledged. */
  async send(lines: readonly string[]): Promise<void> {
    this.sent += lines.length
    const body = `${lines.join('\n')}\n`
    while (!this.isOver) {
      try {
        const { url } = await this.served
        const response = await fetch(url, { method: 'POST', body })
        await response.text()
        if (response.ok) {
          this.acknowledged += lines.length
          return
        }
        if (response.status === 429) this.refused += 1
      } catch {
        // Killed before it answered.
      }
      this.resent += 1
      await pause(200)
    }
  }

  line(atMs: number, source: string, query: string, qtype: string): string {
    const n = this.nextId++
    return JSON.stringify({
      ...{ ts: atMs / 1000, uid: `S${n.toString(36)}`, 'id.orig_h': source, 'id.orig_p': 1024 + (n % 60_000) },
      ...{ 'id.resp_h': '10.0.0.53', 'id.resp_p': 53, proto: 'udp', trans_id: n & 65_535, query, qtype: qtype === 'TXT' ? 16 : 1 },
      ...{ qtype_name: qtype, rcode: 0, rcode_name: 'NOERROR', answers: ['203.0.113.7'], TTLs: [300] },
    })
  }

  batch(nowMs: number, startedAt: number, events: number): string[] {
    const lines: string[] = []
    const tunnel = Math.floor((nowMs - startedAt) / TUNNEL_EVERY_MS)
    for (let i = 0; i < events; i++) {
      const at = nowMs - Math.floor(Math.random() * 8_000)
      const client = `10.1.0.${i % 200}`
      if (i < TUNNEL_PER_BATCH) {
        const payload = createHash('sha256').update(`${this.nextId}`).digest('hex').slice(0, 44)
        lines.push(this.line(at, '10.9.0.9', `${payload}.tunnel-${tunnel}.net`, 'TXT'))
      } else lines.push(this.line(at, client, `www.zone-${Math.floor(3_000 * Math.random() ** 3)}.com`, 'A'))
    }
    return lines
  }
}

const alarmsOf = (dataDir: string): AlarmDraft[] => {
  const stored = createAlarmExport(join(dataDir, 'app.db'))
  const alarms = [...stored.alarms()]
  stored.close()
  return alarms
}

async function run(soak: Soak): Promise<ReadonlyMap<string, number>> {
  const startedAt = Date.now()
  const [minutes, rate, killEvery] = [option('minutes', 3), option('rate', 500), option('kill-every', 60) * 1_000]
  const seenAfter = new Map<string, number>()
  const sending = new Set<Promise<void>>()
  let killAt = startedAt + killEvery
  const end = startedAt + minutes * 60_000
  let tellAt = startedAt + 60_000
  for (let next = startedAt; !soak.isOver && Date.now() < end + SETTLE_MS; next += BATCH_EVERY_MS) {
    await pause(Math.max(0, next - Date.now()))
    const now = Date.now()
    if (now < end) {
      const done = soak.send(soak.batch(now, startedAt, Math.round((rate * BATCH_EVERY_MS) / 1000)))
      sending.add(done)
      void done.then(() => sending.delete(done))
    }
    if (now >= killAt && now < end) {
      killAt += killEvery
      await soak.kill()
    }
    await soak.noteMemory()
    for (const { id, openedAt } of alarmsOf(soak.dataDir)) if (!seenAfter.has(id)) seenAfter.set(id, Date.now() - openedAt)
    if (Date.now() >= tellAt) {
      tellAt += 60_000
      tell(soak, startedAt, [...seenAfter.values()])
    }
  }
  await Promise.all(sending)
  console.log(`${minutes} min at ${rate} look-ups/s, ${soak.kills} kills, ${soak.resent} deliveries sent again`)
  return seenAfter
}

/** One line a minute: a run that is cut off has told how far it came. */
function tell(soak: Soak, startedAt: number, seenAfter: readonly number[]): void {
  const minute = Math.round((Date.now() - startedAt) / 60_000)
  const { acknowledged, sent, resent, refused, kills } = soak
  const slowest = Math.max(0, ...seenAfter) / 1_000
  console.log(
    `minute ${minute}: ${acknowledged} of ${sent} acknowledged, ${kills} kills, ${resent} sent again, ${refused} refused, ${seenAfter.length} alarms, slowest after ${slowest.toFixed(1)} s, peak memory ${mebibytes(soak.peakRss)}`,
  )
}

async function flood(soak: Soak, seconds: number): Promise<void> {
  soak.peakRss = 0
  const [startedAt, before] = [Date.now(), soak.acknowledged]
  const end = startedAt + seconds * 1_000
  const sender = async (): Promise<void> => {
    while (Date.now() < end) await soak.send(soak.batch(Date.now(), startedAt, 20_000))
  }
  const watch = setInterval(() => void soak.noteMemory(), 200)
  await Promise.all(Array.from({ length: 8 }, sender))
  clearInterval(watch)
  const perSecond = Math.round((soak.acknowledged - before) / ((Date.now() - startedAt) / 1000))
  console.log(
    `flood of ${seconds} s over 8 connections: ${perSecond.toLocaleString('en')} look-ups/s taken, ${soak.refused} refusals, peak memory ${mebibytes(soak.peakRss)}`,
  )
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`

/** What detectors make of the stored events in order, up to where the live lane has come. */
function alarmsInOrder(events: EventStore): readonly string[] {
  const analyser = createAnalyser({ detectors })
  for (const event of events.readCounted({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER })) analyser.observe(event)
  analyser.advanceTo(Date.now() - MAX_HOLD_MS)
  return [...new Set(analyser.drafts().map(nameOf))]
}

const nameOf = ({ id, detector, zone }: AlarmDraft): string => `${id} ${detector} ${zone}`

/** @param isWhole - false when it was cut off: the live lane had no time to come to an end. @returns the verdict. */
function compare(soak: Soak, isWhole: boolean): string {
  const events = createSqliteEventStore({ dir: soak.dataDir })
  let stored = 0
  for (const _ of events.read({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER })) stored += 1
  const lost = Math.max(0, soak.acknowledged - stored)
  console.log(`${soak.acknowledged} acknowledged, ${stored} stored: ${lost} lost, ${Math.max(0, stored - soak.sent)} doubled`)
  const live = alarmsOf(soak.dataDir).map(nameOf)
  const inOrder = alarmsInOrder(events)
  const missing = inOrder.filter((name) => !live.includes(name))
  const extra = live.filter((name) => !inOrder.includes(name))
  console.log(`${live.length} alarms live, ${inOrder.length} in order: ${missing.length} missing, ${extra.length} more`)
  for (const name of missing) console.log(`  missing ${name}`)
  for (const name of extra) console.log(`  more    ${name}`)
  events.close()
  const doubled = Math.max(0, stored - soak.sent)
  const isGood = lost === 0 && doubled === 0 && (!isWhole || (missing.length === 0 && extra.length === 0))
  const alarms = isWhole ? `${missing.length} alarms missing, ${extra.length} more` : 'cut off: alarms not compared'
  return `VERDICT ${isGood ? 'good' : 'BAD'}: ${lost} lost, ${doubled} doubled, ${alarms}, ${soak.kills} kills, peak memory ${mebibytes(soak.peakRss)}`
}

async function main(): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'dowser-soak-'))
  const dist = join(work, 'dist')
  await build({ ...bundleOptions(dist), logLevel: 'silent' })
  await build({ ...bundleOptions(dist), entryPoints: { serve: 'bench/soak-serve.ts' }, logLevel: 'silent' })
  // The bundles load their native addon as an installed program does.
  symlinkSync(join(root, 'node_modules'), join(work, 'node_modules'))
  const dataDir = join(work, 'data')
  mkdirSync(dataDir)
  const db = openDatabase(join(dataDir, 'app.db'))
  migrate(db, join(root, 'prisma', 'migrations'), 0)
  const settings = { address: null, port: null, path: null, format: null, backfill: false, quietAfterMs: 60_000 }
  db.prepare(
    `INSERT INTO "LogSource" (id, name, kind, settings, createdAt, createdByName) VALUES ('soak', 'soak', 'api', ?, 0, 'soak')`,
  ).run(JSON.stringify(settings))
  db.close()
  const soak = new Soak(dist, dataDir)
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      soak.isOver = true
    })
  try {
    const seenAfter = [...(await run(soak)).values()].sort((a, b) => a - b)
    const median = seenAfter[Math.floor(seenAfter.length / 2)] ?? 0
    console.log(
      `alarms showed ${(median / 1000).toFixed(1)} s after their event (median), ${((seenAfter.at(-1) ?? 0) / 1000).toFixed(1)} s at most; peak memory ${mebibytes(soak.peakRss)}`,
    )
    let verdict = compare(soak, !soak.isOver)
    const steady = soak.peakRss
    if (option('flood', 0) > 0 && !soak.isOver) {
      await flood(soak, option('flood', 0))
      verdict += `, ${mebibytes(soak.peakRss)} in the flood`
    }
    soak.peakRss = Math.max(steady, soak.peakRss)
    await soak.stop()
    console.log(verdict)
    process.exitCode = verdict.startsWith('VERDICT good') ? 0 : 1
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

await main()
