/**
 * Events per second from a file to stored and analysed, with the peak memory of the process that does it. Each log is
 * read by a process of its own; beside it, from the same process, what the machine needs for the bytes alone: reading,
 * cutting lines, and JSON.parse where it is JSON.
 *
 *   npx tsx bench/intake.ts [--events 300000] [--only zeek-tsv] [--day]
 */
import { spawnSync } from 'node:child_process'
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { detectors } from '@/lib/detectors/index'
import { createEngine } from '@/lib/engine/engine'
import { createMemoryAlarmSink } from '@/lib/engine/memory-alarm-sink'
import { pause } from '@/lib/engine/surroundings'
import { createLineReader } from '@/lib/formats/line-reader'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { createSqliteIntakeLog, openIntakeDatabase } from '@/lib/store/sqlite/intake-log'
import { type LogWriter, logWriters, NOW_MS } from './logs'
import { officeLookups } from './traffic'

interface Measured {
  readonly events: number
  readonly wallMs: number
  readonly cpuMs: number
  readonly bareMs: number
  readonly peakMiB: number
  readonly diskMiB: number
}

const option = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise)
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function bareMs(path: string, isJson: boolean): Promise<number> {
  const startedAt = cpuMs()
  let kept = 0
  const line = (text: string) => {
    kept += isJson ? Object.keys(JSON.parse(text)).length : text.length
  }
  const lines = createLineReader({ line, tooLong() {} }, 1024 * 1024)
  for await (const chunk of createReadStream(path)) lines.push(chunk)
  lines.end()
  return cpuMs() - startedAt + (kept < 0 ? 1 : 0)
}

async function importFile(path: string, dir: string, isJson: boolean): Promise<Measured> {
  const bare = await bareMs(path, isJson)
  mkdirSync(dir)
  const events = createSqliteEventStore({ dir })
  const intakes = createSqliteIntakeLog(openIntakeDatabase(dir))
  const sink = createMemoryAlarmSink()
  const engine = createEngine({
    ...{ events, intakes, sink, detectors, pause, pid: process.pid, isAlive: () => false },
    now: () => NOW_MS,
    newId: () => 'bench',
  })
  const startedAt = cpuMs()
  const wallFrom = performance.now()
  const intake = await engine.import(createReadStream(path), { via: 'cli', name: 'bench', bytesTotal: null, demo: false })
  const measured = { wallMs: performance.now() - wallFrom, cpuMs: cpuMs() - startedAt }
  if (intake.error !== null) throw new Error(intake.error)
  events.close()
  intakes.close()
  const diskMiB = statSync(join(dir, 'events-20260105.db')).size / 2 ** 20
  return { ...measured, events: intake.dnsEvents, bareMs: bare, peakMiB: process.resourceUsage().maxRSS / 1024, diskMiB }
}

async function writeLog(writer: LogWriter, path: string, count: number): Promise<void> {
  const file = createWriteStream(path)
  file.write(writer.head)
  let held: Buffer[] = []
  const flush = async () => {
    const all = Buffer.concat(held)
    held = []
    if (!file.write(all)) await new Promise<void>((resolve) => void file.once('drain', resolve))
  }
  for (const lookup of officeLookups(count)) if (held.push(writer.write(lookup)) >= 5_000) await flush()
  await flush()
  await new Promise<void>((resolve) => void file.end(resolve))
}

async function measure(writer: LogWriter, count: number): Promise<Measured> {
  const dir = mkdtempSync(join(tmpdir(), 'dowser-bench-'))
  try {
    const path = join(dir, 'log')
    await writeLog(writer, path, count)
    const args = [...process.execArgv, fileURLToPath(import.meta.url), '--child', path, join(dir, 'data'), writer.isJson ? 'json' : 'other']
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
    return JSON.parse(stdout) as Measured
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const rate = (records: number, ms: number): string =>
  Math.round((records * 1000) / ms)
    .toLocaleString('en')
    .padStart(11)

async function main(): Promise<void> {
  const count = Number(option('events', '300000'))
  const only = option('only', '')
  console.log(`node ${process.version}, ${count.toLocaleString('en')} lookups a log`)
  console.log('format      events/s  events/s of cpu  records/s of cpu   bare/s of cpu  ratio  peak MiB  disk MiB')
  for (const writer of logWriters) {
    if (only !== '' && writer.format !== only) continue
    const { events, wallMs, cpuMs: cpu, bareMs: bare, peakMiB, diskMiB } = await measure(writer, count)
    const records = events * writer.recordsPerLookup
    console.log(
      `${writer.format.padEnd(9)}${rate(events, wallMs)} ${rate(events, cpu)}      ${rate(records, cpu)}       ${rate(records, bare)}  ${(cpu / bare).toFixed(1).padStart(5)} ${peakMiB.toFixed(0).padStart(9)} ${diskMiB.toFixed(0).padStart(9)}`,
    )
  }
}

const child = process.argv.indexOf('--child')
if (child < 0) await main()
else {
  const [path = '', dir = '', kind = ''] = process.argv.slice(child + 1)
  process.stdout.write(JSON.stringify(await importFile(path, dir, kind === 'json')))
}
