/**
 * What the engine costs: tallies and detectors, appending, and the whole way from a file to alarms, beside a bare
 * JSON.parse of the same bytes in the same run.
 *
 *   npx tsx bench/engine.ts [--events 300000] [--flood 10000000]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { detectors } from '@/lib/detectors/index'
import type { DnsEvent } from '@/lib/domain/dns-event'
import { createAnalyser } from '@/lib/engine/analyse'
import { createEngine } from '@/lib/engine/engine'
import { createMemoryAlarmSink } from '@/lib/engine/memory-alarm-sink'
import { pause } from '@/lib/engine/surroundings'
import { Tallies } from '@/lib/engine/tallies'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { createSqliteIntakeLog, openIntakeDatabase } from '@/lib/store/sqlite/intake-log'

const START = Date.UTC(2026, 10, 20, 8)
const STEP_MS = 10_000
/** An office: 400 clients, 3,000 zones of falling popularity, 350 lookups a second. */
const CLIENTS = 400
const ZONES = 3_000
const LOOKUPS_PER_SECOND = 350
const HOSTS = ['www', 'api', 'cdn', 'mail', 'static.assets', 'login', 'telemetry.eu-west-1', 'img2']

function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}

/** xorshift32: the same traffic in every run. */
function randomSource(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

function zeekLine(n: number, random: () => number): string {
  const at = START + (n * 1000) / LOOKUPS_PER_SECOND
  const zone = Math.floor(ZONES * random() ** 3)
  const client = Math.floor(CLIENTS * random())
  const host = HOSTS[Math.floor(HOSTS.length * random())]
  return JSON.stringify({
    ts: at / 1000,
    uid: `C${n.toString(36)}`,
    'id.orig_h': `10.1.${client >> 8}.${client & 255}`,
    'id.orig_p': 1024 + (n % 60_000),
    'id.resp_h': '10.1.0.53',
    'id.resp_p': 53,
    proto: 'udp',
    trans_id: n & 65_535,
    query: `${host}.zone-${zone}.com`,
    qclass: 1,
    qclass_name: 'C_INTERNET',
    qtype: 1,
    qtype_name: 'A',
    rcode: 0,
    rcode_name: 'NOERROR',
    AA: false,
    TC: false,
    RD: true,
    RA: true,
    answers: ['203.0.113.7', '203.0.113.8'],
    TTLs: [300, 300],
    rejected: false,
  })
}

/** Processor time of this process so far, ms: what a core is busy with, whatever else the machine does. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function report(label: string, events: number, startedAt: number): void {
  const ms = cpuMs() - startedAt
  console.log(
    `${label.padEnd(52)} ${Math.round((events * 1000) / ms)
      .toLocaleString('en')
      .padStart(10)} /s  ${ms.toFixed(0)} ms`,
  )
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`

async function inTempDir(work: (dir: string) => Promise<void> | void): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'dowser-bench-'))
  try {
    await work(dir)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 256 * 1024) yield bytes.subarray(from, from + 256 * 1024)
}

function benchAnalysis(events: readonly DnsEvent[]): void {
  let startedAt = cpuMs()
  const tallies = new Tallies()
  let stepEnd = START + STEP_MS
  let touched = 0
  for (const event of events) {
    while (event.at >= stepEnd) {
      const keys = tallies.takeTouched()
      const view = tallies.viewAt(stepEnd)
      for (const key of keys) touched += view.tally(key, 300_000)?.queries ?? 0
      stepEnd += STEP_MS
    }
    tallies.add(event)
  }
  report(`tallies, every touched pair asked for (${touched} seen)`, events.length, startedAt)
  startedAt = cpuMs()
  const analyser = createAnalyser({ detectors })
  for (const event of events) analyser.observe(event)
  analyser.finish()
  report(`tallies and ${detectors.length} detectors (${analyser.drafts().length} alarms)`, events.length, startedAt)
}

const BATCH = 5_000

async function benchAppend(events: readonly DnsEvent[]): Promise<void> {
  for (const throwAway of [false, true])
    await inTempDir((dir) => {
      const store = createSqliteEventStore({ dir, segmentBy: throwAway ? 'none' : 'day', throwAway })
      const startedAt = cpuMs()
      for (let from = 0; from < events.length; from += BATCH) store.append(events.slice(from, from + BATCH), 'bench')
      report(`append, ${throwAway ? 'throw-away store' : 'day segments'}`, events.length, startedAt)
      const readAt = cpuMs()
      let read = 0
      for (const _ of store.read({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER })) read += 1
      report('read in order', read, readAt)
      const countedAt = cpuMs()
      let counted = 0
      for (const _ of store.readCounted({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER })) counted += 1
      report('read what is tallied', counted, countedAt)
      store.close()
    })
}

/** @returns the events that were stored. */
async function benchImport(bytes: Uint8Array): Promise<DnsEvent[]> {
  const stored: DnsEvent[] = []
  await inTempDir(async (dir) => {
    const events = createSqliteEventStore({ dir })
    const intakes = createSqliteIntakeLog(openIntakeDatabase(dir))
    const sink = createMemoryAlarmSink()
    const engine = createEngine({
      ...{ events, intakes, sink, detectors, pause, pid: process.pid, isAlive: () => false },
      now: Date.now,
      newId: () => 'bench',
    })
    const startedAt = cpuMs()
    const intake = await engine.import(chunks(bytes), { via: 'cli', name: 'bench', bytesTotal: bytes.length, demo: false })
    report(`file to stored and analysed (${intake.alarms} alarms)`, intake.dnsEvents, startedAt)
    for (const event of events.read({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER })) if (event.kind === 'dns') stored.push(event)
    events.close()
    intakes.close()
  })
  return stored
}

/** Random names below one zone and below random zones: what a hostile client can do to memory. */
function benchFlood(template: DnsEvent, names: number): void {
  const random = randomSource(99)
  const tallies = new Tallies()
  const label = (): string => Math.floor(random() * 36 ** 8).toString(36)
  let peak = 0
  const startedAt = cpuMs()
  for (let n = 0; n < names; n++) {
    const zone = n % 2 === 0 ? 'flooded.com' : `${label()}.com`
    const { kind, qtype, rcode, queryBytes, responseBytes } = template
    const at = START + Math.floor(n / 10)
    tallies.count({
      kind,
      id: n,
      at,
      source: `10.2.${n & 3}.9`,
      zone,
      qname: `${label()}.${zone}`,
      qnameRaw: null,
      qtype,
      rcode,
      queryBytes,
      responseBytes,
    })
    if (n % 100_000 === 0) {
      tallies.takeTouched()
      tallies.viewAt(START + Math.floor(n / 10))
      peak = Math.max(peak, process.memoryUsage().rss)
    }
  }
  report(`flood of ${names.toLocaleString('en')} random names`, names, startedAt)
  console.log(`peak memory ${mebibytes(peak)}, held ${JSON.stringify(tallies.size)}, left out ${JSON.stringify(tallies.evictions)}`)
}

async function main(): Promise<void> {
  const count = option('events', 300_000)
  const random = randomSource(7)
  const lines = Array.from({ length: count }, (_, n) => zeekLine(n, random))
  const bytes = Buffer.from(`${lines.join('\n')}\n`)
  console.log(`${count.toLocaleString('en')} lookups, ${mebibytes(bytes.length)} of Zeek JSON, node ${process.versions.node}`)
  const startedAt = cpuMs()
  let parsed = 0
  for (const line of lines) if ((JSON.parse(line) as { query: string }).query !== '') parsed += 1
  report('bare JSON.parse of the same lines', parsed, startedAt)
  lines.length = 0
  const events = await benchImport(bytes)
  benchAnalysis(events)
  await benchAppend(events)
  const [template] = events
  if (template !== undefined) benchFlood(template, option('flood', 10_000_000))
}

await main()
