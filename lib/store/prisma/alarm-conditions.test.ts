import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AlarmFilter } from '@/lib/store/ports'
import { countOfStories, facetSource, whereAlarms } from './alarm-conditions'
import { Prisma } from './client/client'
import { type AppDb, openAppDb, prepareAppDb } from './open-app-db'

let dir: string
let db: AppDb

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'dowser-conditions-'))
  prepareAppDb(join(dir, 'app.db'), 'prisma/migrations', 1)
  db = openAppDb(join(dir, 'app.db'))
})
afterAll(async () => {
  await db.$disconnect()
  rmSync(dir, { recursive: true })
})

/** What SQLite means to do, line by line. */
async function plan(sql: Prisma.Sql): Promise<string> {
  const lines = await db.$queryRaw<{ detail: string }[]>`EXPLAIN QUERY PLAN ${sql}`
  return lines.map((line) => line.detail).join('\n')
}

describe('a filter of the queue', () => {
  it.each<[string, AlarmFilter]>([
    ['words', { status: ['open'], text: 'Tunnel EXAMPLE' }],
    ['a technique', { status: ['open'], technique: 'T1071' }],
  ])('finds %s in an index that has all it needs, without reading alarms', async (_, filter) => {
    const found = await plan(Prisma.sql`SELECT id FROM "Alarm" WHERE ${whereAlarms(filter)} ORDER BY score LIMIT 50`)
    expect(found).toMatch(/COVERING INDEX Alarm_(words|technique)_idx/)
  })

  it.each<[string, AlarmFilter]>([
    ['nothing', {}],
    ['no owner', { owner: 'none' }],
    ['a technique', { technique: 'T1071' }],
  ])('counts the filter bar under %s from an index alone, in the order it groups by', async (_, filter) => {
    const { from, where } = facetSource(filter)
    const found = await plan(
      Prisma.sql`SELECT status, severityRank, detector, count(*) FROM ${from} WHERE ${where} GROUP BY status, detector, severityRank`,
    )
    expect(found).toContain('COVERING INDEX')
    expect(found).not.toContain('TEMP B-TREE')
  })

  it('counts open stories from an index alone', async () => {
    expect(await plan(countOfStories({ status: ['open'] }))).toContain('COVERING INDEX Alarm_story_idx')
  })

  it('walks open alarms worst first without sorting them', async () => {
    const found = await plan(
      Prisma.sql`SELECT id, story FROM "Alarm" WHERE ${whereAlarms({ status: ['open'], owner: 'none', detector: ['nslookup_dns_tunnel'] })}
        ORDER BY severityRank DESC, score DESC, lastSeenAt DESC, id DESC LIMIT 51`,
    )
    expect(found).toContain('COVERING INDEX Alarm_worst_idx')
    expect(found).not.toContain('TEMP B-TREE')
  })
})
