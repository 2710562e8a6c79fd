import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AlarmDraft } from '@/lib/domain/alarm'
import { DAY, draft, HOUR, lookup, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import type { ServiceContext } from '@/lib/services/context'
import { alarmChanges } from './alarm-changes'
import { closeAlarm } from './close-alarm'
import { type ListAlarms, listAlarms } from './list-alarms'
import { listAskingSources } from './list-asking-sources'
import { listRelatedAlarms } from './list-related-alarms'

let temporary: TemporaryContext
let ctx: ServiceContext

beforeEach(() => {
  temporary = temporaryContext()
  ctx = temporary.as('analyst')
})
afterEach(() => temporary.dispose())

const raise = (...drafts: readonly AlarmDraft[]) => temporary.stores.alarmSink.upsert(drafts, NOON)
const list = (fields: Partial<ListAlarms> = {}) => listAlarms(ctx, { sort: 'worst', limit: 50, cursor: null, ...fields })
const idsOf = async (fields: Partial<ListAlarms>) => (await list(fields)).rows.map((row) => row.id)

const MIXED: readonly AlarmDraft[] = [
  draft({ id: 'A', severity: 'medium', score: 50, lastSeenAt: NOON - 1 }),
  draft({ id: 'B', severity: 'critical', score: 99, lastSeenAt: NOON - 5 }),
  draft({ id: 'C', severity: 'high', score: 80, lastSeenAt: NOON - 3 }),
  // The band is never below the rule's own severity, so rank beats score.
  draft({ id: 'D', severity: 'high', score: 40, lastSeenAt: NOON - 2 }),
  draft({ id: 'E', severity: 'high', score: 80, lastSeenAt: NOON - 3 }),
  draft({ id: 'F', severity: 'low', score: 80.5, lastSeenAt: NOON - 4 }),
]

describe('sorting and paging', () => {
  it.each([
    ['worst', ['B', 'E', 'C', 'D', 'A', 'F']],
    ['newest', ['A', 'D', 'E', 'C', 'F', 'B']],
    ['oldest', ['B', 'F', 'C', 'E', 'D', 'A']],
  ] as const)('%s first, the same whatever the size of the page', async (sort, expected) => {
    raise(...MIXED)
    for (const limit of [1, 2, 4, 6, 7]) {
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<typeof list>> = await list({ sort, limit, cursor })
        seen.push(...page.rows.map((row) => row.id))
        expect(page.total).toBe(6)
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(seen).toEqual(expected)
    }
  })

  it('neither repeats nor skips when alarms are raised between two pages', async () => {
    raise(...MIXED)
    const first = await list({ sort: 'worst', limit: 3 })
    raise(draft({ id: 'NEW', severity: 'critical', score: 100 }))
    expect(await idsOf({ sort: 'worst', limit: 10, cursor: first.nextCursor })).toEqual(['D', 'A', 'F'])
  })

  it.each([
    ['no base64', '%%%'],
    ['no JSON', Buffer.from('hello').toString('base64url')],
    ['another list', Buffer.from('["audit",1]').toString('base64url')],
    ['another sort', Buffer.from('["newest",1,"A"]').toString('base64url')],
    ['wrong types', Buffer.from('["worst","1","2","3",4]').toString('base64url')],
    ['numbers that are none', Buffer.from('["worst",1e999,1,1,"A"]').toString('base64url')],
  ])('refuses a cursor of %s as a bad field', async (_name, cursor) => {
    await expect(list({ cursor })).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'cursor' }] })
  })
})

describe('filters', () => {
  beforeEach(() => {
    raise(
      draft({ id: 'ALM-1', zone: 'mcafee.com', source: '10.0.0.5', hostName: 'WS-17', techniques: [{ id: 'T1071.004', because: 'x' }] }),
      draft({ id: 'ALM-2', zone: 'evilmcafee.com', source: 'srv_1', userName: 'ana', techniques: [{ id: 'T1048', because: 'x' }] }),
      draft({ id: 'ALM-3', zone: 'b.mcafee.com', source: 'srvx1', hostId: 'h-1', severity: 'low', detector: 'dns_tunneling_ml' }),
      draft({ id: 'ALM-4', zone: null, source: 'ws-9', firstSeenAt: NOON - 3 * DAY, lastSeenAt: NOON - 2 * DAY, summary: '100% of names' }),
    )
  })

  it.each([
    ['a zone and what lies below it, on label boundaries', { zone: 'mcafee.com' }, ['ALM-1', 'ALM-3']],
    ['a source', { source: '10.0.0.5' }, ['ALM-1']],
    ['a host', { hostId: 'h-1' }, ['ALM-3']],
    ['several severities', { severity: ['low', 'medium'] }, ['ALM-3']],
    ['a detector', { detector: ['dns_tunneling_ml'] }, ['ALM-3']],
    ['a technique with its sub-techniques', { technique: 'T1071' }, ['ALM-1', 'ALM-3', 'ALM-4']],
    ['a sub-technique', { technique: 'T1071.004' }, ['ALM-1', 'ALM-3', 'ALM-4']],
    ['no longer id that begins alike', { technique: 'T107' }, []],
    ['text over the host, whatever its case', { text: 'ws-17' }, ['ALM-1']],
    ['every word of the text', { text: 'srv evil' }, ['ALM-2']],
    ['an underscore as itself', { text: 'srv_1' }, ['ALM-2']],
    ['a per cent sign as itself', { text: '100%' }, ['ALM-4']],
    ['a quote as itself', { text: `'; DROP TABLE "Alarm"; --` }, []],
    ['a time range that overlaps', { from: NOON - 2 * DAY, to: NOON - 2 * DAY + 1 }, ['ALM-4']],
    ['the half-open end of a range', { from: NOON - 3 * DAY - HOUR, to: NOON - 3 * DAY }, []],
    ['an open-ended range', { from: NOON - DAY }, ['ALM-1', 'ALM-2', 'ALM-3']],
    ['empty text as none', { text: '', zone: '' }, ['ALM-1', 'ALM-2', 'ALM-3', 'ALM-4']],
  ] as const)('by %s', async (_name, filter, expected) => {
    expect((await idsOf(filter)).toSorted()).toEqual(expected)
  })

  it('count each field without its own condition', async () => {
    await closeAlarm(ctx, { alarmId: 'ALM-1', expectedVersion: 1, reason: 'true-positive', family: null, note: null, allowlist: null })
    const { total, counts } = await list({ status: ['open'], severity: ['high'] })
    expect(total).toBe(2)
    expect(counts).toEqual({
      status: { open: 2, closed: 1 },
      severity: { high: 2, low: 1 },
      detector: { dns_lookup_tunneling: 2 },
    })
  })
})

describe('a row', () => {
  it('holds the alarm without its evidence, with notes counted', async () => {
    raise(draft({ id: 'ALM-1', tool: { name: 'iodine', confidence: 'certain' }, demo: true }))
    const { rows } = await list()
    expect(rows).toMatchObject([
      { id: 'ALM-1', tool: { name: 'iodine' }, queries: 500, noteCount: 0, sparkline: [], demo: true, version: 1 },
    ])
    expect(Object.keys(rows[0] ?? {})).not.toContain('evidence')
  })
})

describe('changes', () => {
  it('moves with what the engine and people write, and only then', async () => {
    const before = await alarmChanges(ctx)
    expect(before).toEqual({ changeNumber: 0, openAlarms: 0 })
    raise(draft({ id: 'ALM-1' }))
    const raised = await alarmChanges(ctx)
    expect(raised.openAlarms).toBe(1)
    expect(raised.changeNumber).toBeGreaterThan(before.changeNumber)
    raise(draft({ id: 'ALM-1' }))
    expect(await alarmChanges(ctx)).toEqual(raised)
    await closeAlarm(ctx, { alarmId: 'ALM-1', expectedVersion: 1, reason: 'true-positive', family: null, note: null, allowlist: null })
    const closed = await alarmChanges(ctx)
    expect(closed.openAlarms).toBe(0)
    expect(closed.changeNumber).toBeGreaterThan(raised.changeNumber)
  })
})

describe('related alarms', () => {
  it('are those of the same zone, source, host or user within 48 hours, and say why', async () => {
    const at = { firstSeenAt: NOON, lastSeenAt: NOON + 1 }
    raise(
      draft({ id: 'ME', zone: 'a.example', source: 's1', hostId: 'h1', userName: 'u1', ...at }),
      draft({ id: 'ZONE', zone: 'a.example', source: 's2', firstSeenAt: NOON + 48 * HOUR, lastSeenAt: NOON + 49 * HOUR }),
      draft({ id: 'LATE', zone: 'a.example', source: 's2', firstSeenAt: NOON + 48 * HOUR + 1, lastSeenAt: NOON + 49 * HOUR }),
      draft({ id: 'MANY', zone: 'b.example', source: 's1', hostId: 'h1', userName: 'u1', ...at }),
      draft({ id: 'NONE', zone: 'c.example', source: 's3', ...at }),
    )
    const { rows } = await listRelatedAlarms(ctx, { alarmId: 'ME' })
    expect(Object.fromEntries(rows.map((row) => [row.alarm.id, row.because]))).toEqual({
      ZONE: ['same-zone'],
      MANY: ['same-source', 'same-host', 'same-user'],
    })
  })
})

describe('who else asked', () => {
  it('counts stored lookups of the zone by source within 30 days, with the open alarms of each', async () => {
    raise(draft({ id: 'ALM-1', zone: 'a.example', source: 's1' }), draft({ id: 'ALM-2', zone: null }))
    temporary.stores.events.append(
      [
        lookup({ id: 1, at: NOON - 30 * DAY - 2 * HOUR, qname: 'old.a.example', source: 's0' }),
        lookup({ id: 2, at: NOON - 2 * DAY, qname: 'x.a.example', source: 's2' }),
        lookup({ id: 3, at: NOON - HOUR, qname: 'y.a.example', source: 's1' }),
        lookup({ id: 4, at: NOON, qname: 'z.a.example', source: 's1' }),
        lookup({ id: 5, at: NOON, qname: 'z.b.example', source: 's9' }),
      ],
      'intake-1',
    )
    expect(await listAskingSources(ctx, { alarmId: 'ALM-2' })).toMatchObject({ sources: [] })
    expect(await listAskingSources(ctx, { alarmId: 'ALM-1' })).toMatchObject({
      sources: [
        { source: 's1', queries: 2, firstSeenAt: NOON - HOUR, lastSeenAt: NOON, openAlarms: 1 },
        { source: 's2', queries: 1, firstSeenAt: NOON - 2 * DAY, lastSeenAt: NOON - 2 * DAY, openAlarms: 0 },
      ],
    })
  })
})
