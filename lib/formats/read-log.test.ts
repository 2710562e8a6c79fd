import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { UnsupportedContainerError } from './container'
import { readLog, UnknownFormatError } from './read-log'
import { NOW_MS, readWhole } from './test-support'

const fixture = readFileSync(new URL('./zeek-tsv/fixtures/dns.log', import.meta.url))
const plain = await readWhole(fixture)
const HEADER = '#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_id\tquery\tqtype_name\n'

const rows = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `${1795284517 + index}.5\t10.0.0.1\t${index}\t10.0.0.53\t53\tudp\t${index % 65536}\tn${(index * 7919) % 100003}.example.com\tA\n`,
  ).join('')

describe('containers', () => {
  test('gzip is read as what is inside', async () => {
    const log = await readWhole(gzipSync(fixture))
    expect(log.outcome).toEqual({ format: 'zeek-tsv', container: 'gzip', problems: [] })
    expect(log.events).toEqual(plain.events)
  })

  test('concatenated gzip members are one log', async () => {
    const text = HEADER + rows(30)
    const [a, b] = [text.slice(0, 700), text.slice(700)]
    const log = await readWhole(Buffer.concat([gzipSync(a), gzipSync(b)]), {}, 11)
    expect(log.lookups).toHaveLength(30)
    expect(log.outcome.problems).toEqual([])
  })

  test('a truncated gzip keeps what was readable and says where it ends', async () => {
    const packed = gzipSync(HEADER + rows(3_000))
    const cut = packed.subarray(0, Math.floor(packed.length / 2))
    const log = await readWhole(cut)
    expect(log.lookups.length).toBeGreaterThan(500)
    expect(log.outcome.problems).toHaveLength(1)
    expect(log.outcome.problems[0]).toContain(`byte ${cut.length}`)
  })

  test('a damaged gzip says between which bytes, however it arrived', async () => {
    const packed = gzipSync(HEADER + rows(9_000))
    packed.fill(0xff, 40_000, 40_050)
    const log = await readWhole(packed)
    expect(log.outcome.problems[0]).toMatch(/^gzip data is damaged between byte \d+ and \d+: /)
    expect(log.lookups.length).toBeGreaterThan(1_000)
    const ids = (events: typeof log.events) => events.map((event) => event.id)
    expect(ids((await readWhole(packed, {}, 1_001)).events)).toEqual(ids(log.events))
  })

  test('what unpacks to far more than any log is stopped', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from(HEADER + rows(3)), Buffer.alloc(80 * 1024 * 1024, 0x20)]))
    const log = await readWhole(bomb)
    expect(log.outcome.problems[0]).toContain('more than 300 times')
    const small = await readWhole(gzipSync(HEADER + rows(50_000)), { maxDecompressedBytes: 100_000 })
    expect(small.outcome.problems[0]).toContain('after 100000 bytes')
  })

  test.each([
    ['zip', [0x50, 0x4b, 0x03, 0x04, 0, 0]],
    ['bzip2', [0x42, 0x5a, 0x68, 0x39, 0, 0]],
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ])('%s is refused with a way out', async (name, bytes) => {
    const reading = readWhole(Buffer.from(bytes))
    await expect(reading).rejects.toThrow(UnsupportedContainerError)
    await expect(reading).rejects.toThrow(new RegExp(`${name}.*unpack`))
  })
})

describe('text encodings', () => {
  const bigEndian = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()

  test.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${HEADER}${rows(3)}`)],
    ['UTF-16, little-endian', Buffer.from(`\uFEFF${HEADER}${rows(3)}`, 'utf16le')],
    ['UTF-16, big-endian', bigEndian(`${HEADER}${rows(3)}`)],
  ])('%s', async (_, bytes) => {
    for (const chunk of [1, 7, 65_536]) expect((await readWhole(bytes, {}, chunk)).lookups).toHaveLength(3)
  })

  test('characters cut between chunks stay whole', async () => {
    const text = HEADER + rows(1).replace(/n0/, 'mü→𝄞')
    const expected = (await readWhole(text)).lookups[0]?.qname
    expect(expected).toBe('m\\195\\188\\226\\134\\146\\240\\157\\132\\158.example.com')
    for (let chunk = 1; chunk < 20; chunk++) {
      expect((await readWhole(text, {}, chunk)).lookups[0]?.qname).toBe(expected)
      expect((await readWhole(Buffer.from(`\uFEFF${text}`, 'utf16le'), {}, chunk)).lookups[0]?.qname).toBe(expected)
    }
  })
})

describe('unknown formats', () => {
  test('say what was tried and show the first line as inert text', async () => {
    const reading = readWhole('\u001b[2J<script>alert(1)</script>\nsecond')
    await expect(reading).rejects.toThrow(UnknownFormatError)
    await expect(reading).rejects.toMatchObject({ code: 'unknown-format', firstLine: '.[2J<script>alert(1)</script>' })
    await expect(reading).rejects.toMatchObject({ tried: expect.arrayContaining([expect.stringContaining('#fields')]) })
  })

  test('a long first line is cut', async () => {
    await expect(readWhole('x'.repeat(5_000))).rejects.toMatchObject({ firstLine: 'x'.repeat(200) })
  })

  test.each([
    ['', /empty/],
    ['\n\n', /no known log format/],
  ])('%j is no log', async (text, message) => {
    await expect(readWhole(text)).rejects.toThrow(message)
  })

  test('a format asked for by name overrides the recogniser; an unknown name lists the known ones', async () => {
    const log = await readWhole(`garbage\n${HEADER}${rows(2)}`, { format: 'zeek-tsv' })
    expect(log.rejected).toEqual({ 'no-header': 1 })
    expect(log.lookups).toHaveLength(2)
    await expect(readWhole(fixture, { format: 'nonsense' })).rejects.toThrow(/"nonsense".*zeek-tsv/)
  })
})

describe('batches', () => {
  const text = HEADER + rows(12_345)

  test('hold at most 5,000 events and lose none', async () => {
    const log = await readWhole(text)
    expect(Math.max(...log.batchSizes)).toBeLessThanOrEqual(5_000)
    expect(log.batchSizes.length).toBeGreaterThan(2)
    expect(log.lookups).toHaveLength(12_345)
    expect(log.records).toBe(12_345)
    expect(log.bytesRead).toBe(Buffer.byteLength(text))
  })

  test('bytesRead counts the packed input', async () => {
    const packed = gzipSync(text)
    expect((await readWhole(packed)).bytesRead).toBe(packed.length)
  })

  test('any chunking gives the same events, ids and order', async () => {
    const whole = await readWhole(text)
    for (const chunk of [997, 4_096, 1_000_000]) expect((await readWhole(text, {}, chunk)).events).toEqual(whole.events)
  })

  test('a time shift moves the times and nothing else', async () => {
    const shifted = await readWhole(fixture, { timeShiftMs: -86_400_000 })
    expect(shifted.events).toEqual(plain.events.map((event) => ({ ...event, at: event.at - 86_400_000 })))
  })

  test('a reader that stops early closes the source', async () => {
    let closed = false
    async function* source() {
      try {
        for (;;) yield Buffer.from(HEADER + rows(20_000))
      } finally {
        closed = true
      }
    }
    const reading = readLog(source(), { nowMs: NOW_MS + 10 * 86_400_000 })
    expect((await reading.next()).done).toBe(false)
    await reading.return({ format: '', container: 'none', problems: [] })
    expect(closed).toBe(true)
  })
})
