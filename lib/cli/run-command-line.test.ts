import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Terminal } from './command'
import { commands, runCommandLine } from './run-command-line'

const root = fileURLToPath(new URL('../../', import.meta.url))
const tunnel = join(root, 'demo', 'iodine.pcap.gz')
const NOW = Date.UTC(2026, 11, 1)

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dowser-cli-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function run(args: readonly string[], stdin: Uint8Array = new Uint8Array()) {
  let out = ''
  let err = ''
  const terminal: Terminal = {
    env: { DOWSER_DATA: join(dir, 'data'), PORT: '1' },
    cwd: dir,
    stdin: once(stdin),
    isStdinInteractive: false,
    out: async (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    isInteractive: false,
    now: () => NOW,
    programDir: root,
  }
  const code = await runCommandLine(args, terminal)
  return { code, out, err }
}

const leftBehind = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('dowser-replay-'))

describe('replay', () => {
  test('what the benign catalogue explains is counted and not printed; without the catalogue it is printed', async () => {
    const alarmsOf = async (args: readonly string[]) => {
      const lines = (await run(['replay', '--json', ...args, tunnel])).out.trim().split('\n')
      return { printed: lines.length - 1, suppressed: (JSON.parse(lines.at(-1) ?? '{}') as { suppressed: number }).suppressed }
    }
    const kept = await alarmsOf([])
    const all = await alarmsOf(['--without-catalogue'])
    expect(kept.suppressed).toBeGreaterThan(0)
    expect(all).toEqual({ printed: kept.printed + kept.suppressed, suppressed: 0 })
  })

  test('--json prints one alarm a line and a summary, as scripts expect them', async () => {
    const { code, out } = await run(['replay', '--json', tunnel])
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(code).toBe(0)
    const alarm = lines.find((line) => line.zone === 'brindlecove.net')
    expect(Object.keys(alarm ?? {})).toEqual([
      ...['type', 'detector', 'severity', 'score', 'zone', 'source', 'openedAt', 'firstSeen', 'lastSeen'],
      ...['queries', 'distinctNames', 'tool', 'techniques', 'summary'],
    ])
    expect(alarm?.openedAt).toMatch(/^2026-11-21T18:\d\d:\d0\.000Z$/)
    const summary = lines.at(-1) ?? {}
    expect(Object.keys(summary)).toEqual([
      'type',
      'files',
      'records',
      'dnsEvents',
      'processEvents',
      'rejected',
      'alarms',
      'suppressed',
      'elapsedMs',
    ])
    expect(summary).toMatchObject({ type: 'summary', files: 1, alarms: lines.length - 1 })
  })

  test('--only runs one detector; standard input is a file; the throw-away store is gone', async () => {
    const before = leftBehind()
    const { code, out } = await run(['replay', '--json', '--only', 'dns_lookup_tunneling', '-'], readFileSync(tunnel))
    expect(code).toBe(0)
    const detectors = out.match(/"detector":"[a-z_]+"/g) ?? []
    expect(new Set(detectors)).toEqual(new Set(['"detector":"dns_lookup_tunneling"']))
    expect(leftBehind().filter((name) => !before.includes(name))).toEqual([])
  })

  test('a file that cannot be read: exit 1, which file and what was looked for; the others are analysed', async () => {
    writeFileSync(join(dir, 'notes.txt'), 'dear diary\n')
    const { code, out, err } = await run(['replay', '--json', 'notes.txt', tunnel])
    expect(code).toBe(1)
    expect(err).toContain('notes.txt')
    expect(err).toContain('dear diary')
    expect(out).toContain('brindlecove.net')
  })

  test('a recognised file whose records are refused is no failure', async () => {
    const line = (ts: unknown) =>
      `${JSON.stringify({ ts, uid: 'C', 'id.orig_h': '10.0.0.1', 'id.resp_h': '10.0.0.2', query: 'a.example.net', qtype_name: 'A' })}\n`
    writeFileSync(join(dir, 'dns.log'), line('never').repeat(3))
    const { code, out } = await run(['replay', '--json', '--format', 'zeek-json', 'dns.log'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ type: 'summary', dnsEvents: 0, rejected: 3 })
  })

  test('the table shows hostile names without their control characters', async () => {
    const { out } = await run(['replay', tunnel])
    expect(out).toContain('ZONE')
    expect(out).toContain('brindlecove.net')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/)
  })
})

describe('import', () => {
  test('fills the data folder; the same file again adds nothing', async () => {
    mkdirSync(join(dir, 'data'))
    const first = await run(['import', tunnel])
    expect(first).toMatchObject({ code: 0 })
    expect(first.out).toMatch(
      /^iodine\.pcap\.gz: \d+ records, [1-9]\d* events added, 0 known before, 0 rejected, [1-9]\d* alarms, [1-9]\d* of them suppressed\n$/,
    )
    const second = await run(['import', tunnel])
    expect(second.out).toMatch(/ 0 events added, [1-9]\d* known before, 0 rejected, 0 alarms\n$/)
    expect(second.err).toContain('nothing was added')
    const { out } = await run(['export', 'alarms'])
    expect(out.split('\r\n')[0]).toMatch(/^id,status,severity,score,detector,zone,source,/)
    expect(out).toContain('brindlecove.net')
    const ndjson = await run(['export', 'alarms', '--as', 'ndjson'])
    const alarms = ndjson.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { zone: string; status: string })
    // The office beside the tunnel has virus scanners, whose look-ups the benign catalogue explains.
    for (const alarm of alarms) {
      const status = alarm.zone === 'brindlecove.net' ? 'open' : 'suppressed'
      expect(alarm).toMatchObject({ status, version: 1, demo: false })
    }
  })

  test('--shift-to-now moves the newest event to now and keeps the distances', async () => {
    copyFileSync(tunnel, join(dir, 'a.pcap.gz'))
    expect((await run(['import', '--demo', '--shift-to-now', 'a.pcap.gz'])).code).toBe(0)
    const { out } = await run(['export', 'alarms', '--as', 'ndjson'])
    const [alarm] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { lastSeenAt: number; demo: boolean })
    expect(alarm?.demo).toBe(true)
    expect(alarm?.lastSeenAt).toBeLessThanOrEqual(NOW)
    expect(alarm?.lastSeenAt).toBeGreaterThan(NOW - 3_600_000)
    const doctor = await run(['doctor'])
    expect(doctor.out).toContain('2026-12-01T00:00:00.000Z')
  })
})

describe('usage', () => {
  test.each([
    [[]],
    [['nonsense']],
    [['replay']],
    [['replay', '--frobnicate', 'x']],
    [['replay', '--only', 'nobody', 'x']],
    [['replay', '--format', 'nothing', 'x']],
    [['replay', '-', '-']],
    [['import']],
    [['import', '--shift-to-now', '-']],
    [['export']],
    [['export', 'alarms', '--as', 'pdf']],
  ])('%j is wrong usage: exit 2 and how it is meant', async (args) => {
    const { code, out, err } = await run(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('Usage: dowser')
  })

  test.each(commands.map((command) => [command.name] as const))('%s --help prints its usage and succeeds', async (name) => {
    expect(await run([name, '--help'])).toMatchObject({ code: 0, out: expect.stringContaining(`Usage: dowser ${name}`), err: '' })
  })

  test('a missing file is named', async () => {
    expect(await run(['replay', 'nowhere.pcap'])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('nowhere.pcap: no such file'),
    })
  })
})
