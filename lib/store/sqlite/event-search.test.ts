import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DnsEvent } from '@/lib/domain/dns-event'
import { parseEventSearch } from '@/lib/domain/event-search'
import type { ProcessEvent } from '@/lib/domain/process-event'
import { lookup } from '@/lib/server/testing/temporary-context'
import { createSqliteEventSearch } from './event-search'
import { createSqliteEventStore } from './event-store'

const DAY = 86_400_000
const T0 = Date.UTC(2026, 10, 19)
const HOSTILE = "=cmd|\\032\\'/c\\032calc\\'!a0.t.example"
const MANY = 30_000

const dir = mkdtempSync(join(tmpdir(), 'dowser-search-'))
/** Three days: much of one source, and now and then what is looked for. */
const everyday = Array.from({ length: MANY }, (_, i) =>
  lookup({
    id: i,
    at: T0 + Math.floor((i * 3 * DAY) / MANY),
    qname: `www${i % 50}.shop.example`,
    qtype: 'A',
    rcode: i % 10 === 0 ? null : 'NOERROR',
    source: `10.0.0.${i % 20}`,
  }),
)
const odd: readonly DnsEvent[] = [
  lookup({
    id: 900_001,
    at: T0 + 1_000,
    qname: 'aGVsbG8.a.t.example',
    source: '10.9.9.9',
    hostName: 'WS-7',
    userName: 'eve',
    processName: 'x.exe',
  }),
  lookup({ id: 900_002, at: T0 + DAY + 1_000, qname: 'b.t.example', qtype: 'NULL', source: '10.9.9.9' }),
  lookup({ id: 900_003, at: T0 + 2 * DAY + 1_000, qname: HOSTILE, qtype: null, rcode: 'NXDOMAIN', source: '10.0.0.1', sensor: null }),
  lookup({ id: 900_004, at: T0 + 2 * DAY + 2_000, qname: 'evilt.example', qtype: 'TXT', source: '10.0.0.1' }),
]
const nobody = { name: null, executable: null, args: [], commandLine: null, pid: null, entityId: null }
const start = (id: number, fields: Partial<ProcessEvent>, commandLine: string): ProcessEvent => ({
  kind: 'process',
  id,
  at: T0 + id,
  timeQuality: 'exact',
  category: ['process'],
  type: ['start'],
  action: null,
  hostId: 'h-1',
  hostName: 'WS-7',
  hostIps: ['10.9.9.9'],
  user: { name: 'eve', domain: null, id: null },
  process: { ...nobody, name: 'nslookup.exe', commandLine, originalFileName: null },
  parent: nobody,
  sensor: null,
  format: 'sysmon',
  recordNo: 1,
  ...fields,
})

const search = createSqliteEventSearch({ dir, budgetMs: 60_000 })
const query = (text: string, fromMs = T0, toMs = T0 + 3 * DAY) => {
  const { terms, problems } = parseEventSearch(text)
  expect(problems).toEqual([])
  return { terms, range: { fromMs, toMs } }
}
const ids = async (text: string) => (await search.lookups(query(text), 100, null)).rows.map(({ id }) => id)

beforeAll(() => {
  const store = createSqliteEventStore({ dir })
  store.append([...everyday, ...odd], 'in-1')
  store.append(
    [start(1, {}, 'nslookup -q=TXT a.t.example'), start(2, { hostName: 'WS-8', hostId: null, hostIps: [] }, 'nslookup 100% b_c')],
    'in-1',
  )
  store.close()
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('lookups', () => {
  test.each([
    ['zone:t.example', [900_003, 900_002, 900_001]],
    ['zone:a.t.example', [900_001]],
    ['zone:t.example type:TXT', [900_001]],
    ['zone:t.example type:TXT type:NULL', [900_002, 900_001]],
    ['zone:t.example -type:TXT', [900_003, 900_002]],
    ['type:none', [900_003]],
    ['zone:t.example -rcode:NOERROR', [900_003]],
    ['name:agvsbg8', []],
    ['name:t.example -name:evil', [900_003, 900_002, 900_001]],
    ['name:% zone:t.example', []],
    ['host:ws-7', [900_001]],
    ['host:10.9.9.9', [900_002, 900_001]],
    ['user:EVE process:X.exe', [900_001]],
    ['-sensor:zeek-1', [900_003]],
    ['format:sysmon', []],
    ['10.9.9.9 zone:t.example', [900_002, 900_001]],
    [`name:"' OR 1=1 --"`, []],
  ])('%s', async (text, expected) => {
    expect(await ids(text)).toEqual(expected)
  })

  test('a name that was stored is found by its own text, whatever is in it', async () => {
    const { rows } = await search.lookups({ terms: [{ field: 'name', value: HOSTILE, not: false }], range: query('').range }, 10, null)
    expect(rows.map(({ qname }) => qname)).toEqual([HOSTILE])
  })

  test('pages over days are all rows once, newest first', async () => {
    const seen: DnsEvent[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof search.lookups>> = await search.lookups(query('source:10.0.0.1'), 400, cursor)
      seen.push(...page.rows)
      cursor = page.nextCursor
    } while (cursor !== null)
    const expected = [...everyday, ...odd].filter(({ source }) => source === '10.0.0.1').sort((a, b) => b.at - a.at || b.id - a.id)
    expect(seen.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
  })

  test('a range is half-open', async () => {
    const { rows } = await search.lookups(query('zone:t.example', T0 + 1_000, T0 + DAY + 1_000), 10, null)
    expect(rows.map(({ id }) => id)).toEqual([900_001])
  })
})

describe('process starts', () => {
  test.each([
    ['host:ws-7', [1]],
    ['source:10.9.9.9', [1]],
    ['host:h-1', [1]],
    ['name:T.EXAMPLE', [1]],
    ['name:100%', [2]],
    ['type:TXT user:eve', [2, 1]],
  ])('%s', async (text, expected) => {
    const { rows } = await search.processStarts(query(text), 10, null)
    expect(rows.map(({ id }) => id)).toEqual(expected)
  })
})

test('counts by bucket and value are those of the rows', async () => {
  const counted = await search.count('lookups', query(''), DAY, null)
  expect(counted).toMatchObject({ total: MANY + 4, nextCursor: null, countedFrom: T0 })
  expect(counted.buckets.map(({ at, count }) => [at, count])).toEqual([
    [T0, MANY / 3 + 1],
    [T0 + DAY, MANY / 3 + 1],
    [T0 + 2 * DAY, MANY / 3 + 2],
  ])
  expect(counted.buckets[2]?.by).toEqual({ A: MANY / 3, none: 1, TXT: 1 })
  const rcodes = counted.facets.find(({ field }) => field === 'rcode')
  expect(rcodes?.values).toContainEqual({ value: null, count: MANY / 10 })
})

test('many rows are read in turns: a timer beside the search is never kept waiting, and the budget ends the answer', async () => {
  const hasty = createSqliteEventSearch({ dir, budgetMs: 5 })
  let turns = 0
  let done = false
  const tick = (): void => {
    turns += 1
    if (!done) setImmediate(tick)
  }
  setImmediate(tick)
  let cursor: string | null = null
  let pieces = 0
  let total = 0
  let back = Number.POSITIVE_INFINITY
  do {
    const piece: Awaited<ReturnType<typeof hasty.count>> = await hasty.count('lookups', query('-name:nothing'), DAY, cursor)
    total += piece.total
    pieces += 1
    expect(piece.countedFrom).toBeLessThanOrEqual(back)
    back = piece.countedFrom
    cursor = piece.nextCursor
  } while (cursor !== null)
  done = true
  expect(total).toBe(MANY + 4)
  // Whatever the machine's pace: others had a turn at least once in 4,000 rows, each time an answer did not end there.
  expect(turns + pieces).toBeGreaterThanOrEqual(Math.floor(MANY / 4_000))
  expect(pieces).toBeGreaterThan(0)
})

test('a budget of nothing still moves on, and says how far it came', async () => {
  const none = createSqliteEventSearch({ dir, budgetMs: 0 })
  const first = await none.lookups(query('name:agvsbg8x'), 10, null)
  expect(first.rows).toEqual([])
  expect(first.searchedFrom).toBeGreaterThan(T0)
  let cursor = first.nextCursor
  let rounds = 1
  while (cursor !== null && rounds < 100) {
    cursor = (await none.lookups(query('name:agvsbg8x'), 10, cursor)).nextCursor
    rounds += 1
  }
  expect(cursor).toBeNull()
  expect(rounds).toBeGreaterThan(MANY / 4_000 - 1)
})

test('zones that few others asked for, over all days', async () => {
  const { zones, complete } = await search.rareZones('10.9.9.9', { fromMs: T0, toMs: T0 + 3 * DAY }, 1, 10)
  // 10.0.0.1 asked for it on the third day only.
  expect(zones).toEqual([{ zone: 't.example', queries: 2, firstSeenAt: T0 + 1_000, lastSeenAt: T0 + DAY + 1_000, otherSources: 1 }])
  expect(complete).toBe(true)
  expect((await search.rareZones('10.9.9.9', { fromMs: T0, toMs: T0 + 3 * DAY }, 0, 10)).zones).toEqual([])
})

test('a segment without its tables is passed over', async () => {
  writeFileSync(join(dir, 'events-20261122.db'), '')
  expect((await search.lookups(query('zone:t.example', T0, T0 + 10 * DAY), 10, null)).rows).toHaveLength(3)
})
