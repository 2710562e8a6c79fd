import { QueryClient } from '@tanstack/react-query'
import { beforeEach, describe, expect, test } from 'vitest'
import { ApiError } from '@/lib/api/client'
import type { ListAlarmsResponse } from '@/lib/api/contracts/alarms'
import type { AlarmRow } from '@/lib/domain/alarm'
import { putBack } from './alarm-cache'
import { conflictOf } from './alarm-conflict'
import { decideOptimistically, rollBack } from './alarm-decisions'
import { type AlarmListFilter, alarmKeys, listQueryString } from './alarms'

const OPEN: AlarmListFilter = { status: ['open'], sort: 'worst' }
const ALL: AlarmListFilter = { sort: 'worst' }

const row = (id: string): AlarmRow => ({
  id,
  detector: 'd1',
  zone: `${id}.example`,
  source: '10.0.0.5',
  hostId: null,
  hostName: null,
  userName: null,
  severity: 'high',
  score: 80,
  ruleSeverity: 'high',
  ruleRisk: 73,
  status: 'open',
  openedAt: 0,
  firstSeenAt: 0,
  lastSeenAt: 0,
  updatedAt: 0,
  queries: 1,
  distinctNames: 1,
  recurrences: 0,
  summary: '',
  tool: null,
  techniques: [],
  decision: null,
  owner: null,
  suppressedByEntryId: null,
  demo: false,
  version: 3,
  noteCount: 0,
  sparkline: [],
})

const page = (ids: readonly string[]): ListAlarmsResponse => ({
  rows: ids.map(row),
  nextCursor: null,
  total: 4,
  counts: { status: { open: 4, closed: 7 }, severity: { high: 4 }, detector: { d1: 4 } },
  changeNumber: 1,
})

let client: QueryClient
const lists = (filter: AlarmListFilter) => client.getQueryData<{ pages: ListAlarmsResponse[] }>(alarmKeys.list(filter))?.pages ?? []
const ids = (filter: AlarmListFilter) => lists(filter).map((each) => each.rows.map(({ id }) => id))
const counts = (filter: AlarmListFilter) => ({ total: lists(filter)[0]?.total, ...lists(filter)[0]?.counts.status })

beforeEach(() => {
  client = new QueryClient()
  for (const filter of [OPEN, ALL]) {
    client.setQueryData(alarmKeys.list(filter), { pages: [page(['a', 'b']), page(['c', 'd'])], pageParams: [null, 'x'] })
  }
})

const close = (id: string) =>
  decideOptimistically(client, {
    alarm: { id, version: 3, status: 'open' },
    decision: { kind: 'close', reason: 'duplicate', family: null, note: null },
  })

describe('an optimistic decision', () => {
  test('takes the row out of lists that no longer show it and marks it where they do', async () => {
    await close('b')
    expect(ids(OPEN)).toEqual([['a'], ['c', 'd']])
    expect(ids(ALL)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
    expect(lists(ALL)[0]?.rows[1]?.status).toBe('closed')
    expect(counts(OPEN)).toEqual({ total: 3, open: 3, closed: 8 })
    expect(counts(ALL)).toEqual({ total: 4, open: 3, closed: 8 })
  })

  test('a rollback restores rows, their order and every counter', async () => {
    const before = [lists(OPEN), lists(ALL)]
    const optimism = await close('c')
    rollBack(client, 'c', optimism)
    expect([lists(OPEN), lists(ALL)]).toEqual(before)
  })

  test('rolling one back leaves another one, decided meanwhile, decided', async () => {
    const first = await close('b')
    await close('c')
    rollBack(client, 'b', first)
    expect(ids(OPEN).flat()).toEqual(['a', 'b', 'd'])
    expect(counts(OPEN)).toEqual({ total: 3, open: 3, closed: 8 })
  })

  test('undo brings the row back with the version the server answered', async () => {
    const { placements } = await close('a')
    putBack(client, placements, { version: 5 })
    expect(ids(OPEN)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
    expect(lists(OPEN)[0]?.rows[0]).toMatchObject({ version: 5, status: 'open' })
  })

  test('the alarm page shows the new status at once and the old one after a rollback', async () => {
    const detail = { alarm: { id: 'a', status: 'open' }, history: [] }
    client.setQueryData(alarmKeys.detail('a'), detail)
    const optimism = await close('a')
    expect(client.getQueryData(alarmKeys.detail('a'))).toMatchObject({ alarm: { status: 'closed' } })
    rollBack(client, 'a', optimism)
    expect(client.getQueryData(alarmKeys.detail('a'))).toEqual(detail)
  })
})

test('lists are comma-joined in the request, absent filters are absent', () => {
  expect(listQueryString({ status: ['open', 'escalated'], zone: 'a b.example', sort: 'worst' }, null)).toBe(
    'status=open%2Cescalated&zone=a+b.example&sort=worst&limit=50',
  )
})

describe('conflictOf', () => {
  const problem = (status: number, extra: object) => new ApiError({ type: '/problems/conflict', title: 'Conflict', status, ...extra })
  const { noteCount: _notes, sparkline: _line, ...rest } = row('a')
  const evidence = {
    metrics: [],
    samples: [],
    minutes: [],
    byType: {},
    byRcode: {},
    sources: [],
    bytesUp: null,
    processTree: [],
    processStarts: [],
    buckets: [],
    notices: [],
  }
  const alarm = { ...rest, scoreTerms: [], evidence }

  test('a 409 tells the alarm as it is now', () => {
    expect(conflictOf(problem(409, { alarm, lastEvent: null }))?.alarm.id).toBe('a')
  })

  test.each([
    ['another status', problem(422, { alarm })],
    ['a 409 without the alarm', problem(409, {})],
    ['anything else', new Error('no')],
  ])('%s is no conflict', (_name, error) => {
    expect(conflictOf(error)).toBeNull()
  })
})
