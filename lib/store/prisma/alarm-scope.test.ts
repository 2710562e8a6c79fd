import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draft } from '@/lib/server/testing/temporary-context'
import type { AlarmFilter } from '@/lib/store/ports'
import { createSqliteAlarmSink } from '@/lib/store/sqlite/alarm-sink'
import { countFacets } from './alarm-counts'
import { listAlarmPage } from './alarm-list'
import { scopeOf } from './alarm-scope'
import { countStories, listStoryPage } from './alarm-stories'
import { type AppDb, openAppDb, prepareAppDb } from './open-app-db'

/** More than are looked at one by one. */
const MANY = 1_100

let dir: string
let db: AppDb
let sink: ReturnType<typeof createSqliteAlarmSink>

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'dowser-scope-'))
  const path = join(dir, 'app.db')
  prepareAppDb(path, 'prisma/migrations', 1)
  sink = createSqliteAlarmSink(path)
  const of = (n: number, fields: Partial<ReturnType<typeof draft>>) =>
    draft({ id: `ALM-${String(n).padStart(5, '0')}`, score: n % 97, ...fields })
  sink.upsert(
    [
      ...Array.from({ length: MANY }, (_, n) => of(n, { zone: `zone-${n % 3}.example`, userName: 'batch' })),
      ...Array.from({ length: 30 }, (_, n) => of(MANY + n, { zone: `few-${n % 4}.example`, userName: 'few' })),
      of(9_000, { zone: 'plain.example', userName: 'other', summary: '100%_sure\\it is' }),
    ],
    1,
  )
  db = openAppDb(path)
})
afterAll(async () => {
  sink.close()
  await db.$disconnect()
  rmSync(dir, { recursive: true })
})

const allPages = async <Row>(
  page: (cursor: string | null) => Promise<{ readonly rows: readonly Row[]; readonly nextCursor: string | null }>,
) => {
  const rows: Row[] = []
  for (let cursor: string | null = null; ; ) {
    const { rows: more, nextCursor } = await page(cursor)
    rows.push(...more)
    if (nextCursor === null) return rows
    cursor = nextCursor
  }
}

describe('alarms under a selective filter', () => {
  it.each<[string, AlarmFilter, number, number, boolean]>([
    ['few by user', { status: ['open'], user: 'few' }, 30, 4, true],
    ['many by user', { status: ['open'], user: 'batch' }, MANY, 3, false],
    ['few by words', { status: ['open'], text: 'FEW-1' }, 8, 1, true],
    ['many by words', { status: ['open'], text: 'zone- example' }, MANY, 3, false],
    ['few by words and severity', { status: ['open'], severity: ['low'], text: 'few-1' }, 0, 0, true],
    ['none', { status: ['open'], text: 'nowhere' }, 0, 0, true],
    ['signs that mean something to SQL', { text: '100%_SURE\\it' }, 1, 1, true],
    ['an underscore is no wildcard', { text: 'zone_1' }, 0, 0, true],
  ])('%s: rows, stories and counts agree, page after page', async (_, filter, alarms, stories, isFew) => {
    expect((await scopeOf(db, filter, true)).isFew).toBe(isFew)
    for (const sort of ['worst', 'newest'] as const) {
      const rows = await allPages((cursor) => listAlarmPage(db, filter, sort, 90, cursor))
      expect(new Set(rows.map(({ id }) => id)).size).toBe(alarms)
      expect(rows).toHaveLength(alarms)
    }
    const shown = await allPages((cursor) => listStoryPage(db, filter, 3, cursor))
    expect(shown.map(({ key }) => key).toSorted()).toEqual([...new Set(shown.map(({ key }) => key))].toSorted())
    expect([shown.length, await countStories(db, filter)]).toEqual([stories, stories])
    expect(shown.reduce((sum, story) => sum + story.alarms, 0)).toBe(alarms)
    const { severity: _severity, ...others } = filter
    const counted = (await countFacets(db, others)).reduce((sum, { count }) => sum + count, 0)
    expect(counted).toBe(filter.severity ? 8 : alarms)
  })

  it('are looked for again when an alarm has changed since', async () => {
    const filter: AlarmFilter = { status: ['open'], user: 'late' }
    expect((await listAlarmPage(db, filter, 'worst', 10, null)).rows).toEqual([])
    sink.upsert([draft({ id: 'ALM-LATE', userName: 'late' })], 2)
    expect((await listAlarmPage(db, filter, 'worst', 10, null)).rows.map(({ id }) => id)).toEqual(['ALM-LATE'])
  })
})
