import { appendFileSync, copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LogSourceSettings } from '@/lib/domain/log-source'
import { openTestStream, sourceOf, type TestStream, until } from '../stream/fixtures/test-stream'
import { TailListener } from './listener'

const START = Date.UTC(2026, 10, 21, 10)
/** A query of BIND's log, one a millisecond. */
const line = (n: number): string => {
  const clock = new Date(START + n).toISOString().slice(11, 23)
  return `21-Nov-2026 ${clock} queries: info: client @0x7f1 10.0.0.5#${10_000 + (n % 50_000)} (q${n}.t.example): query: q${n}.t.example IN TXT +E(0)K (10.0.0.53)\n`
}
const lines = (from: number, to: number): string => Array.from({ length: to - from }, (_, n) => line(from + n)).join('')

let stream: TestStream
let folder: string
let path: string
let listener: TailListener | null
beforeEach(() => {
  stream = openTestStream()
  folder = join(stream.dir, 'logs')
  mkdirSync(folder)
  path = join(folder, 'dns.log')
  listener = null
})
afterEach(async () => {
  await listener?.stop()
  stream.close()
})

async function follow(settings: Partial<LogSourceSettings> = {}, holdMs = 300): Promise<void> {
  listener = new TailListener(sourceOf('tail', { path, backfill: true, ...settings }), stream, {
    now: Date.now,
    holdMs,
    pollMs: 20,
    lookMs: 40,
    rotatedMs: 1_500,
  })
  await listener.start()
}

/** Ends the listener as a kill would: nothing is stored any more. */
async function kill(): Promise<void> {
  stream.isDead = true
  await listener?.stop()
  listener = null
  stream.isDead = false
}

/** As Windows writes text. */
const ENCODINGS: Readonly<Record<string, { readonly mark: Buffer; readonly encode: (text: string) => Buffer }>> = {
  'UTF-8 with a mark': { mark: Buffer.from([0xef, 0xbb, 0xbf]), encode: (text) => Buffer.from(text) },
  'UTF-16 little-endian': { mark: Buffer.from([0xff, 0xfe]), encode: (text) => Buffer.from(text, 'utf16le') },
  'UTF-16 big-endian': { mark: Buffer.from([0xfe, 0xff]), encode: (text) => Buffer.from(text, 'utf16le').swap16() },
}

const stored = (): number[] =>
  stream
    .lookups()
    .map(({ qname }) => Number(/^q(\d+)\./.exec(qname)?.[1]))
    .sort((a, b) => a - b)
const upTo = (count: number, from = 0): number[] => Array.from({ length: count - from }, (_, n) => from + n)
const arrive = (count: number) =>
  until(
    () => stream.added >= count,
    () => [stream.added, count, stream.rejects.slice(0, 2), stream.notes.at(-1)],
  )

async function expectEachOnce(count: number, from = 0): Promise<void> {
  await arrive(count - from)
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(stored()).toEqual(upTo(count, from))
  expect(stream.rejects).toEqual([])
}

const rotations: Record<string, (n: number) => void> = {
  'rename and create': (n) => {
    renameSync(path, `${path}.${n}`)
    writeFileSync(path, '')
  },
  'rename, and the new file comes later': (n) => renameSync(path, `${path}.${n}`),
  'copy and truncate': (n) => {
    copyFileSync(path, `${path}.${n}`)
    truncateSync(path)
  },
}

describe.each(Object.entries(rotations))('%s', (_name, rotate) => {
  test('under load brings every line once', async () => {
    writeFileSync(path, '')
    await follow()
    let written = 0
    for (let rotation = 1; rotation <= 4; rotation++) {
      for (let part = 0; part < 8; part++) {
        appendFileSync(path, lines(written, written + 100))
        written += 100
        await new Promise((resolve) => setTimeout(resolve, 15))
      }
      rotate(rotation)
    }
    appendFileSync(path, lines(written, written + 100))
    await expectEachOnce(written + 100)
  })

  test('while nobody follows loses nothing, nor does a kill', async () => {
    writeFileSync(path, lines(0, 500))
    await follow()
    await arrive(500)
    appendFileSync(path, lines(500, 900))
    await new Promise((resolve) => setTimeout(resolve, 60))
    await kill()
    appendFileSync(path, lines(900, 1_000))
    rotate(1)
    appendFileSync(path, lines(1_000, 1_200))
    await follow()
    await arrive(1_200)
    await kill()
    await follow()
    await expectEachOnce(1_200)
  })

  test('with a pattern that also fits the rotated names reads nothing twice', async () => {
    path = join(folder, 'dns.log')
    writeFileSync(path, lines(0, 300))
    await follow({ path: join(folder, 'dns*') })
    await arrive(300)
    rotate(1)
    appendFileSync(path, lines(300, 600))
    await expectEachOnce(600)
    expect(stream.duplicates).toBe(0)
  })
})

test('kills in the middle of a busy file lose nothing and double nothing', async () => {
  writeFileSync(path, '')
  let written = 0
  const writer = setInterval(() => {
    appendFileSync(path, lines(written, written + 37))
    written += 37
  }, 10)
  try {
    for (let kills = 0; kills < 5; kills++) {
      await follow({}, 200)
      await new Promise((resolve) => setTimeout(resolve, 400))
      await kill()
    }
  } finally {
    clearInterval(writer)
  }
  await follow()
  await expectEachOnce(written)
})

test('questions and answers of one lookup stay together over a restart between them', async () => {
  const extra = (text: string, second: number) => `Nov 21 10:00:0${second} dnsmasq[10]: 7 10.9.0.20/48988 ${text}\n`
  writeFileSync(path, extra('query[A] www.example.com from 10.9.0.20', 1))
  await follow({}, 5_000)
  await new Promise((resolve) => setTimeout(resolve, 400))
  await listener?.stop()
  expect(stream.added).toBe(0)
  appendFileSync(path, extra('reply www.example.com is 192.0.2.7', 1))
  await follow({}, 3_000)
  await arrive(1)
  expect(stream.lookups()).toMatchObject([{ qname: 'www.example.com', answers: [{ data: '192.0.2.7' }] }])
})

test('lines that are equal to the letter are as many after a kill as in the file', async () => {
  const same = 'Nov 21 10:00:01 gate dnsmasq[412]: query[A] unifi.example from 10.9.0.22\n'
  writeFileSync(path, same.repeat(10))
  await follow()
  await arrive(10)
  await kill()
  appendFileSync(path, same.repeat(7))
  await follow()
  await arrive(17)
  expect(stream.lookups()).toHaveLength(17)
})

test('starts at the end unless it is to read what was there, also after a kill before anything came', async () => {
  writeFileSync(path, lines(0, 100))
  await follow({ backfill: false })
  await kill()
  appendFileSync(path, lines(100, 150))
  await follow({ backfill: false })
  await expectEachOnce(150, 100)
})

test('a line waits for its end, and is one line', async () => {
  writeFileSync(path, lines(0, 3))
  await follow()
  appendFileSync(path, line(3).slice(0, 60))
  await arrive(3)
  await new Promise((resolve) => setTimeout(resolve, 200))
  appendFileSync(path, line(3).slice(60))
  await expectEachOnce(4)
})

test('a file emptied and written anew is read from its beginning, shorter or longer than before', async () => {
  writeFileSync(path, lines(0, 50))
  await follow()
  await arrive(50)
  writeFileSync(path, lines(50, 60))
  await arrive(60)
  writeFileSync(path, lines(60, 200))
  await expectEachOnce(200)
})

test('says that a file is not there, and reads it when it comes', async () => {
  await follow()
  await until(() => stream.notes.some(({ error }) => error?.includes('is not there') === true))
  writeFileSync(path, lines(0, 5))
  await expectEachOnce(5)
  await until(() => stream.notes.at(-1)?.error === null)
  rmSync(path)
  await until(() => stream.notes.at(-1)?.error?.includes('is not there') === true)
  writeFileSync(path, lines(5, 9))
  await expectEachOnce(9)
})

test('says what keeps it from reading a file, and reads the others', async () => {
  writeFileSync(join(folder, 'dns-1.log'), 'no log of anything\n'.repeat(20))
  writeFileSync(join(folder, 'dns-2.log'), lines(0, 20))
  writeFileSync(join(folder, 'dns-3.log.gz'), 'packed')
  await follow({ path: join(folder, 'dns-*') })
  await until(() => stream.notes.some(({ error }) => error?.includes('dns-1.log is not read: its format is not known') === true))
  await expectEachOnce(20)
})

test('a table’s header is known after a restart in the middle of it', async () => {
  const zeek = readFileSync(join(__dirname, '..', '..', 'formats', 'zeek-tsv', 'fixtures', 'dns.log'), 'utf8')
  const all = zeek.split('\n')
  const first = all.findIndex((row) => !row.startsWith('#'))
  const rows = all.slice(first, all.indexOf('', first)).slice(0, 4)
  const header = all.slice(0, first)
  writeFileSync(path, `${header.join('\n')}\n`)
  appendFileSync(path, `${rows.slice(0, 2).join('\n')}\n`)
  await follow()
  await until(() => stream.records >= 2)
  await kill()
  appendFileSync(path, `${rows.slice(2).join('\n')}\n`)
  await follow()
  await until(() => stream.records >= rows.length)
  await new Promise((resolve) => setTimeout(resolve, 800))
  expect(stream.rejects.map(({ reason, sample }) => [reason, sample])).toEqual([])
  expect(stream.added).toBeGreaterThan(0)
})

test('loses nothing while the engine has no room', async () => {
  writeFileSync(path, lines(0, 8_000))
  stream.refusals = 5
  await follow()
  await expectEachOnce(8_000)
})

describe.each(Object.keys(ENCODINGS))('a file in %s', (name) => {
  const { mark, encode } = ENCODINGS[name] ?? { mark: Buffer.alloc(0), encode: Buffer.from }

  test('is read line by line, also where a line is written in pieces', async () => {
    const whole = Buffer.concat([mark, encode(lines(0, 40))])
    writeFileSync(path, whole.subarray(0, 1_001))
    await follow()
    appendFileSync(path, whole.subarray(1_001, 4_003))
    await until(() => stream.records > 0)
    appendFileSync(path, whole.subarray(4_003))
    await arrive(40)
    expect(stored()).toEqual(upTo(40))
    expect(stream.rejects).toEqual([])
  })

  test('is gone on with after a kill, and from its end where nothing of before is wanted', async () => {
    writeFileSync(path, Buffer.concat([mark, encode(lines(0, 10))]))
    await follow({ backfill: false })
    appendFileSync(path, encode(lines(10, 20)))
    await arrive(10)
    await kill()
    appendFileSync(path, encode(lines(20, 30)))
    await follow({ backfill: false })
    await arrive(20)
    expect(stored()).toEqual(upTo(30, 10))
    expect(stream.rejects).toEqual([])
  })
})
