/**
 * What taking in dnstap costs: frames over a Unix socket, parsed, put together and stored, beside the parser and correlator
 * alone over the same frames in the same run. The sender is a process of its own.
 *
 *   npx tsx bench/listeners.ts [--lookups 100000]
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StreamIntake } from '@/lib/engine/stream-intake'
import { readLog } from '@/lib/formats/read-log'
import { controlFrame } from '@/lib/intake/dnstap/frame-stream'
import { DnstapListener } from '@/lib/intake/dnstap/listener'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'

const at = process.argv.indexOf('--lookups')
const LOOKUPS = at < 0 ? 100_000 : Number(process.argv[at + 1])
const TYPE = 'protobuf:dnstap.Dnstap'
const START = Math.floor(Date.now() / 1000) - 60

/** A protobuf field of bytes shorter than 128, or a number below 2^28. */
const bytesField = (number: number, bytes: Buffer): Buffer => Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes])
function varintField(number: number, value: number): Buffer {
  const bytes = [number * 8]
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest])
    bytes.push((rest % 128) | 0x80)
  }
}
function fixedField(number: number, value: number): Buffer {
  const bytes = Buffer.alloc(5)
  bytes[0] = number * 8 + 5
  bytes.writeUInt32LE(value, 1)
  return bytes
}

/** A made-up lookup: its query and its answer, a frame each. */
function frames(n: number): Buffer {
  const name = Buffer.concat([`host-${n}`, `zone-${n % 997}`, 'com', ''].map((label) => Buffer.from([label.length, ...Buffer.from(label)])))
  const header = Buffer.from([n >> 8, n, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0])
  const query = Buffer.concat([header, name, Buffer.from([0, 1, 0, 1])])
  const response = Buffer.concat([query, Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7])])
  response[2] = 0x81
  response[3] = 0x80
  response[7] = 1
  const ends = [
    varintField(2, 1),
    varintField(3, 1),
    bytesField(4, Buffer.from([10, 1, n & 255, 7])),
    bytesField(5, Buffer.from([10, 1, 0, 53])),
  ]
  const asked = [
    varintField(6, 1_024 + (n % 60_000)),
    varintField(7, 53),
    varintField(8, START + Math.floor(n / 5_000)),
    fixedField(9, (n % 5_000) * 200_000),
  ]
  const frame = (type: number, more: readonly Buffer[]): Buffer => {
    const message = Buffer.concat([varintField(1, type), ...ends, ...asked, ...more])
    const body = Buffer.concat([
      bytesField(1, Buffer.from('ns1')),
      Buffer.from([14 * 8 + 2, (message.length & 127) | 128, message.length >> 7]),
      message,
      varintField(15, 1),
    ])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length)
    return Buffer.concat([length, body])
  }
  // Type 5 CLIENT_QUERY, 6 CLIENT_RESPONSE; fields 10 and 14 hold the messages.
  return Buffer.concat([frame(5, [bytesField(10, query)]), frame(6, [bytesField(14, response)])])
}

const seconds = (from: number): number => (performance.now() - from) / 1_000
const rate = (taken: number): string => `${Math.round(LOOKUPS / taken).toLocaleString('en')} lookups/s`

async function bare(capture: Buffer): Promise<number> {
  const from = performance.now()
  let events = 0
  const bytes = (async function* () {
    for (let offset = 0; offset < capture.length; offset += 65_536) yield capture.subarray(offset, offset + 65_536)
  })()
  for await (const batch of readLog(bytes, { nowMs: Date.now() })) events += batch.events.length
  if (events !== LOOKUPS) throw new Error(`${events} of ${LOOKUPS} lookups parsed`)
  return seconds(from)
}

async function listened(dir: string, file: string): Promise<number> {
  const events = createSqliteEventStore({ dir })
  const path = join(dir, 'tap.sock')
  let added = 0
  const stream: StreamIntake = {
    accept: ({ batch }) => {
      const receipt = events.append(batch.events, 'bench')
      added += receipt.added
      return receipt
    },
    ...{ place: () => null, note: () => {}, health: () => [] },
  }
  const settings = { address: null, port: null, path, format: null, backfill: false, quietAfterMs: 900_000 }
  const about = { id: 's1', name: 's1', createdAt: 0, createdByName: '', pausedAt: null, removedAt: null }
  const listener = new DnstapListener({ ...about, kind: 'dnstap-unix', settings }, stream, { now: Date.now, holdMs: 250 })
  await listener.start()
  const sender = spawn(process.execPath, ['-e', `fs.createReadStream(${JSON.stringify(file)}).pipe(net.connect(${JSON.stringify(path)}))`])
  while (added === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  const from = performance.now()
  const before = added
  while (added < LOOKUPS) await new Promise((resolve) => setTimeout(resolve, 5))
  const taken = (seconds(from) * LOOKUPS) / (LOOKUPS - before)
  sender.kill()
  await listener.stop()
  events.close()
  return taken
}

const dir = mkdtempSync(join(tmpdir(), 'dowser-bench-'))
try {
  const capture = Buffer.concat([controlFrame(2, TYPE), ...Array.from({ length: LOOKUPS }, (_, n) => frames(n)), controlFrame(3, null)])
  const file = join(dir, 'capture.fstrm')
  writeFileSync(file, capture)
  await bare(capture)
  const parsed = await bare(capture)
  const taken = await listened(dir, file)
  console.log(`dnstap parsed and put together alone: ${rate(parsed)}`)
  console.log(`dnstap over a Unix socket, stored:    ${rate(taken)}, ${(taken / parsed).toFixed(1)} times what parsing takes`)
} finally {
  rmSync(dir, { recursive: true, force: true })
}
