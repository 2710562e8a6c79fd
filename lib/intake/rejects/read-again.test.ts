import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RecordReader } from '@/lib/domain/log-event'
import { type LiveBench, openLive } from '@/lib/engine/fixtures/live-bench'
import { streamCommands } from '@/lib/engine/stream-commands'
import { openIntakeDatabase } from '@/lib/store/sqlite/intake-log'
import { createSqliteRejectStore } from '@/lib/store/sqlite/reject-store'
import { createBulkCommand } from '../elastic/bulk-command'
import { LiveReading } from '../stream/live-reading'
import { SyslogReader } from '../syslog/reader'
import { createReadAgain } from './read-again'
import { readKept } from './read-kept'

const NOW = Date.UTC(2026, 5, 1, 12)
const YEAR = 365 * 86_400_000
let dir: string
let bench: LiveBench
let rejects: ReturnType<typeof createSqliteRejectStore>
let again: ReturnType<typeof createReadAgain>
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dowser-again-'))
  rejects = createSqliteRejectStore(openIntakeDatabase(dir))
  bench = openLive(dir, { clock: { now: NOW }, rejects })
  const { engine, intakes, clock } = bench
  again = createReadAgain({ engine, rejects, intakes, now: () => clock.now, pause: () => Promise.resolve() })
})
afterEach(() => {
  rejects.close()
  bench.kill()
  rmSync(dir, { recursive: true, force: true })
})

const at = (n: number): number => NOW / 1_000 - 60 + n
const zeekJson = (n: number): string =>
  JSON.stringify({
    ts: at(n),
    uid: `C${n}`,
    'id.orig_h': '10.0.0.9',
    'id.orig_p': 40_000 + n,
    query: `n${n}.example.org`,
    trans_id: n,
    rcode_name: 'NOERROR',
  })
const HEADER = '#separator \\x09\n#fields\tts\tid.orig_h\tid.orig_p\tquery\ttrans_id\tqtype_name\trcode_name\n'
const zeekTsv = (n: number): string => `${at(n)}\t10.0.0.9\t${40_000 + n}\tt${n}.example.org\t${n}\tA\tNOERROR`
const lines = (line: (n: number) => string, count: number): string => `${Array.from({ length: count }, (_, n) => line(n)).join('\n')}\n`

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
const load = (text: string, format?: string) =>
  bench.engine.import(bytesOf(text), { via: 'cli', name: 'dns.log', bytesTotal: null, demo: false, ...(format && { format }) })
const names = () =>
  [...bench.events.read({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER })].map((event) => (event.kind === 'dns' ? event.qname : '')).sort()
const health = () => bench.engine.live.health().find(({ logSourceId }) => logSourceId === 's1')

describe('of an import', () => {
  test('read as the wrong format, all is stored once the right one is named, and nothing twice', async () => {
    const wrong = await load(lines(zeekJson, 3), 'bind')
    expect(wrong).toMatchObject({ rejected: 3, dnsEvents: 0 })
    const result = await again({ owner: 'import', id: wrong.id, format: 'zeek-json' })
    expect(result).toMatchObject({ records: 3, added: 3, duplicates: 0, rejected: 0 })
    expect(names()).toEqual(['n0.example.org', 'n1.example.org', 'n2.example.org'])
    expect(bench.intakes.find(wrong.id)).toMatchObject({ rejected: 0, rejects: [], problems: [expect.stringContaining('3 events added')] })
    expect(bench.intakes.find(result.intakeId ?? '')).toMatchObject({
      via: 'read-again',
      name: 'dns.log, read again',
      dnsEvents: 3,
    })
    await expect(again({ owner: 'import', id: wrong.id, format: null })).rejects.toMatchObject({ code: 'not-found' })
    expect(await load(lines(zeekJson, 3))).toMatchObject({ duplicates: 3 })
  })

  test('rows of a table are read with the header they stood under', async () => {
    // The machine's clock was two years behind: every row lay in the future.
    bench.clock.now = NOW - 2 * YEAR
    const early = await load(HEADER + lines(zeekTsv, 2))
    expect(early).toMatchObject({ rejected: 2, rejects: [{ reason: 'implausible-time' }] })
    bench.clock.now = NOW
    expect(await again({ owner: 'import', id: early.id, format: null })).toMatchObject({ added: 2, rejected: 0 })
    expect(names()).toEqual(['t0.example.org', 't1.example.org'])
  })

  test('what still cannot be read stays kept, with the import that tried', async () => {
    const bad = await load(`${zeekJson(0)}\n{"broken\n`)
    const { intakeId } = await again({ owner: 'import', id: bad.id, format: null })
    expect(rejects.kept().get(bad.id)).toBeUndefined()
    expect(rejects.kept().get(intakeId ?? '')).toMatchObject({ records: 1 })
    expect(bench.intakes.find(intakeId ?? '')).toMatchObject({ rejected: 1, rejects: [{ reason: 'not-json' }] })
  })

  test('a record that its file broke off in is not kept: half a name reads like a whole one', async () => {
    const cut = await load(`${HEADER}${zeekTsv(0)}\n${zeekTsv(1).slice(0, 30)}`)
    expect(cut).toMatchObject({ rejected: 1, dnsEvents: 1 })
    expect(rejects.kept().size).toBe(0)
  })
})

describe('of a log source', () => {
  const accept = (text: string, format: string | null) =>
    streamCommands({ live: bench.engine.live, now: () => bench.clock.now, pause: () => Promise.resolve(), onReload: async () => {} })[
      'log-sources.accept-log'
    ]({ logSourceId: 's1', format }, Buffer.from(text))

  test('the counts follow: what was rejected becomes events, the records stay as many', async () => {
    await accept(lines(zeekJson, 4), 'bind')
    expect(health()).toMatchObject({ records: 4, rejected: 4, dnsEvents: 0 })
    expect(await again({ owner: 'log-source', id: 's1', format: 'zeek-json' })).toEqual({
      ...{ records: 4, added: 4, duplicates: 0, rejected: 0, intakeId: null },
    })
    expect(health()).toMatchObject({ records: 4, rejected: 0, rejects: [], dnsEvents: 4 })
    expect(names()).toHaveLength(4)
  })

  test('a second turn over what still cannot be read changes no count', async () => {
    await accept('{"broken\n{"also\n', 'zeek-json')
    for (let turn = 0; turn < 2; turn++)
      expect(await again({ owner: 'log-source', id: 's1', format: null })).toMatchObject({ records: 2, added: 0, rejected: 2 })
    expect(health()).toMatchObject({ records: 2, rejected: 2, rejects: [{ reason: 'not-json', count: 2 }] })
  })

  test('a document of a bulk request is read as a document, also when its sender was told that it is refused', async () => {
    const bulk = createBulkCommand({
      ...{
        intake: bench.engine.live.intake,
        now: () => bench.clock.now,
        newId: () => 'b',
        pause: () => Promise.resolve(),
        isLive: () => true,
      },
    })
    bench.clock.now = NOW - 2 * YEAR
    const document = {
      '@timestamp': new Date(NOW - 5_000).toISOString(),
      'event.kind': 'event',
      'network.protocol': 'dns',
      dns: { question: { name: 'd.example.org', type: 'A' } },
      source: { ip: '10.0.0.9' },
    }
    const body = Buffer.from(`{"create":{}}\n${JSON.stringify(document)}\n`)
    expect(await bulk({ logSourceId: 's1', defaultIndex: 'logs', filterPath: null }, body)).toMatchObject({ errors: true })
    bench.clock.now = NOW
    expect(await again({ owner: 'log-source', id: 's1', format: null })).toMatchObject({ records: 1, added: 1 })
    expect(names()).toEqual(['d.example.org'])
  })

  test('a syslog message is read whole, with the host of its header', async () => {
    const reading = new LiveReading(() => NOW)
    const reader = new SyslogReader(reading, () => NOW, 'zeek-json')
    const message = '<30>1 2026-06-01T11:59:30Z resolver-2 unbound 77 - - [1780315170] unbound[77:0] info: 10.0.0.9 s.example.org. A IN'
    reader.accept(Buffer.from(message), '192.0.2.1')
    reading.end()
    const batch = reading.take()
    expect(batch?.rejects).toMatchObject([{ reason: 'unknown-line' }])
    if (batch) bench.engine.live.intake.store({ logSourceId: 's1', batch, place: null })
    expect(await again({ owner: 'log-source', id: 's1', format: null })).toMatchObject({ records: 1, added: 1 })
    expect([...bench.events.read({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER })]).toMatchObject([
      { qname: 's.example.org', sensor: 'resolver-2' },
    ])
  })
})

test('any bytes, by any reader and as any format, are read without an error', async () => {
  const readers: RecordReader[] = [
    { kind: 'log', format: 'zeek-tsv' },
    { kind: 'log', format: 'gone' },
    { kind: 'syslog', sender: '' },
    { kind: 'document' },
  ]
  const part = fc.record({
    reader: fc.constantFrom(...readers),
    preamble: fc.string(),
    records: fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }),
  })
  const format = fc.constantFrom(null, 'dnstap', 'pcap', 'unbound', 'windows-event')
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 4 }), format, async (parts, readAs) => {
      const kept = parts.map((one, no) => ({ ...one, no, reasons: {} }))
      for await (const { events } of readKept(kept, { nowMs: NOW, format: readAs })) expect(events.length).toBeLessThanOrEqual(5_000)
    }),
    { numRuns: 60 },
  )
})
