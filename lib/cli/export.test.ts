import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LogEvent } from '@/lib/domain/log-event'
import { DAY, draft, HOUR, lookup, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { addEntry } from '@/lib/services/allowlist/add-entry'
import { listEntries } from '@/lib/services/allowlist/list-entries'
import { removeEntry } from '@/lib/services/allowlist/remove-entry'
import { processStart } from '@/lib/store/contract/sample-events'
import { runCommandLine } from './run-command-line'
import { tableOf, writeTable } from './table'
import { parseInstant } from './time-range'

const root = fileURLToPath(new URL('../../', import.meta.url))

let temporary: TemporaryContext
beforeEach(() => {
  temporary = temporaryContext()
})
afterEach(() => temporary.dispose())

async function run(args: readonly string[], dataDir = temporary.dataDir) {
  let out = ''
  let err = ''
  const code = await runCommandLine(['export', ...args], {
    env: { DOWSER_DATA: dataDir },
    cwd: temporary.dataDir,
    stdin: (async function* () {})(),
    isStdinInteractive: false,
    out: async (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    isInteractive: false,
    now: () => NOON,
    programDir: root,
  })
  return { code, out, err }
}

const csvRows = ({ out }: { out: string }): string[][] =>
  out
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','))
const objects = <Row>({ out }: { out: string }): Row[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)

describe('events', () => {
  const stored: readonly LogEvent[] = [
    lookup({ id: 1, at: NOON - DAY, qname: 'a.t.example', qnameRaw: 'A.t.example' }),
    processStart({ id: 2, at: NOON - HOUR }),
    lookup({ id: 3, at: NOON, qname: '=cmd|x.t.example' }),
  ]
  beforeEach(() => {
    temporary.stores.events.append(stored, 'intake-1')
  })

  test('as NDJSON they are whole, in order of time, across days', async () => {
    expect(objects(await run(['events', '--as', 'ndjson']))).toEqual(stored)
  })

  test('as CSV a name that is a formula stays text, and each row has all columns', async () => {
    const [head = [], first = [], start = [], last = []] = csvRows(await run(['events']))
    const cell = (row: string[], column: string) => row[head.indexOf(column)]
    expect(new Set([head, first, start, last].map((row) => row.length))).toEqual(new Set([head.length]))
    expect([cell(first, 'kind'), cell(first, 'at'), cell(first, 'qname')]).toEqual(['dns', '2026-11-20T12:00:00.000Z', 'A.t.example'])
    expect([cell(start, 'kind'), cell(start, 'qname'), cell(start, 'processName')]).toEqual(['process', '', 'nslookup.exe'])
    expect(cell(last, 'qname')).toBe("'=cmd|x.t.example")
  })

  test.each([
    [
      ['--from', '2026-11-21'],
      [2, 3],
    ],
    [
      ['--to', '2026-11-21T12:00:00Z'],
      [1, 2],
    ],
    [
      ['--to', '2026-11-21T12:00:00.001Z'],
      [1, 2, 3],
    ],
    [['--from', '2026-11-21T13:00+01:00'], [3]],
    [['--from=2026-11-20T12:00', '--to=2026-11-21T11:00'], [1]],
    [['--from', '2027-01-01'], []],
  ])('%j', async (args, ids) => {
    const { out, code } = await run(['events', '--as', 'ndjson', ...args])
    expect(code).toBe(0)
    expect(out === '' ? [] : objects<{ id: number }>({ out }).map((event) => event.id)).toEqual(ids)
  })
})

test('the allowlist with its removed entries', async () => {
  const admin = temporary.as('admin', 'Root, the')
  const entry = { domain: 't.example', source: null, detector: null, reason: '=1+1', family: null, days: 1 }
  const added = await addEntry(admin, entry)
  await removeEntry(admin, { entryId: added.entry.id })
  await addEntry(admin, { ...entry, domain: 'u.example' })
  const { entries } = await listEntries(admin, { includeRemoved: true })
  expect(entries).toHaveLength(2)
  expect(objects(await run(['allowlist', '--as', 'ndjson']))).toEqual(entries)
  const { out } = await run(['allowlist'])
  expect(out.split('\r\n')[0]).toMatch(/^id,domain,source,detector,reason,/)
  expect(out).toContain(
    `,t.example,,,'=1+1,,2026-11-21T12:00:00.000Z,"Root, the",2026-11-22T12:00:00.000Z,2026-11-21T12:00:00.000Z,"Root, the",0,,`,
  )
})

test('coverage counts the alarms of a technique by detector', async () => {
  temporary.stores.alarmSink.upsert([draft({ id: 'a1' }), draft({ id: 'a2', zone: 'u.example' })], NOON)
  const rows = objects<{ technique: string; detector: string; alarms: number; open: number }>(await run(['coverage', '--as', 'ndjson']))
  expect(rows.find((row) => row.technique === 'T1071.004' && row.detector === 'dns_lookup_tunneling')).toMatchObject({
    ...{ name: 'Application Layer Protocol: DNS', tactics: ['command-and-control'], alarms: 2, open: 2, truePositive: 0 },
  })
  const [head, ...csv] = csvRows(await run(['coverage']))
  expect(head?.slice(0, 3)).toEqual(['technique', 'name', 'tactics'])
  expect(csv).toHaveLength(rows.length)
})

test.each(['alarms', 'events', 'allowlist'])('%s of an empty store: the columns alone, or nothing', async (what) => {
  expect((await run([what])).out).toMatch(/^[a-zA-Z,]+\r\n$/)
  expect(await run([what, '--as', 'ndjson'])).toEqual({ code: 0, out: '', err: '' })
})

test.each([
  [['everything']],
  [['toString']],
  [['events', 'alarms']],
  [['alarms', '--from', '2026-11-21']],
  [['events', '--from', 'yesterday']],
  [['events', '--from', '2026-02-30']],
  [['events', '--from', '2026-11-21 09:30']],
  [['events', '--from', '2026-11-22', '--to', '2026-11-21']],
])('%j is wrong usage', async (args) => {
  const { code, out, err } = await run(args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain('Usage: dowser export')
})

test.each(['alarms', 'events', 'allowlist', 'coverage'])('%s without a data folder', async (what) => {
  expect(await run([what], `${temporary.dataDir}/none`)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('no Dowser data') })
})

test.each([
  ['2026-11-21', Date.UTC(2026, 10, 21)],
  ['2026-11-21T09:30', Date.UTC(2026, 10, 21, 9, 30)],
  ['2026-11-21T09:30:15.5Z', Date.UTC(2026, 10, 21, 9, 30, 15, 500)],
  ['2026-11-21T00:30:00+02:00', Date.UTC(2026, 10, 20, 22, 30)],
])('%s is the same instant in every time zone', (text, at) => {
  expect(parseInstant(text, 'from')).toBe(at)
})

test('rows are read no faster than they are written', async () => {
  let read = 0
  const rows = function* () {
    for (; read < 100_000; read++) yield { text: 'x'.repeat(100) }
  }
  let behind = 0
  let written = 0
  const out = async (text: string) => {
    written += text.split('\r\n').length - 1
    behind = Math.max(behind, read - written)
  }
  await writeTable(tableOf<{ text: string }>({ text: (row) => row.text }), rows(), { as: 'csv', out })
  // Rows and the line of columns.
  expect(written).toBe(100_001)
  expect(behind).toBeLessThanOrEqual(1_000)
})
