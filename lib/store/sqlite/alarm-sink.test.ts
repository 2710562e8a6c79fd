import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AlarmDraft } from '@/lib/domain/alarm'
import { emptyEvidence } from '@/lib/domain/evidence'
import { alarmSinkContract, draft, NOON } from '@/lib/store/contract/alarm-sink.contract'
import { migrate } from '@/prisma/migrate'
import { sparklineOf } from './alarm-draft-row'
import { createSqliteAlarmSink, type SqliteAlarmSink } from './alarm-sink'
import { openDatabase } from './open-database'

const migrations = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))

function openSink() {
  const dir = mkdtempSync(join(tmpdir(), 'dowser-sink-'))
  const path = join(dir, 'app.db')
  const db = openDatabase(path)
  migrate(db, migrations, 0)
  let id = 0
  const sink = createSqliteAlarmSink(path, () => `event-${++id}`)
  const remove = (): void => {
    sink.close()
    db.close()
    rmSync(dir, { recursive: true, force: true })
  }
  return { db, sink, remove }
}

describe('as a sink', () => {
  alarmSinkContract(openSink)
})

describe('on app.db', () => {
  let db: Database.Database
  let sink: SqliteAlarmSink
  let remove: () => void
  beforeEach(() => {
    const opened = openSink()
    db = opened.db
    sink = opened.sink
    remove = opened.remove
  })
  afterEach(() => remove())

  interface Row {
    readonly status: string
    readonly version: number
    readonly score: number
    readonly queries: number
    readonly changeNumber: number
    readonly suppressedByEntryId: string | null
    readonly summary: string
    readonly decision: string | null
  }
  const row = (id: string): Row | undefined => db.prepare<[string], Row>('SELECT * FROM "Alarm" WHERE id = ?').get(id)
  const history = (id: string): string[] =>
    db.prepare<[string], string>('SELECT action FROM "AlarmEvent" WHERE alarmId = ? ORDER BY seq').pluck().all(id)
  const changes = (): number => db.prepare<[], number>(`SELECT value FROM "ChangeCounter" WHERE name = 'alarms'`).pluck().get() ?? 0
  const allow = (id: string, domain: string, rest: { source?: string; detector?: string; expiresAt?: number } = {}): void => {
    db.prepare(
      `INSERT INTO "AllowlistEntry" (id, domain, source, detector, reason, createdAt, createdByUserId, createdByName, expiresAt)
       VALUES (?, ?, ?, ?, 'known', 0, 'u', 'Kim', ?)`,
    ).run(id, domain, rest.source ?? null, rest.detector ?? null, rest.expiresAt ?? NOON + 1e9)
  }

  describe('what the benign catalogue explains', () => {
    const suppression = 'benign catalogue: look-ups under listed.example explain the names'
    const explained = (fields: Partial<AlarmDraft> = {}) =>
      draft({ id: 'ALM-A', zone: 'listed.example', score: 12, severity: 'low', ...fields, evidence: { ...emptyEvidence, suppression } })
    const reopen = (id: string): void => {
      db.prepare(`UPDATE "Alarm" SET status = 'open', version = version + 1 WHERE id = ?`).run(id)
      db.prepare(
        `INSERT INTO "AlarmEvent" (id, alarmId, at, action, byUserId, byName) VALUES ('by-kim', ?, ?, 'reopened', 'u', 'Kim')`,
      ).run(id, NOON)
    }
    const detail = (id: string): string[] =>
      db.prepare<[string], string>(`SELECT detail FROM "AlarmEvent" WHERE alarmId = ? AND action = 'suppressed'`).pluck().all(id)

    test('is kept suppressed, with the reason in its history', () => {
      sink.upsert([explained()], NOON)
      expect(row('ALM-A')).toMatchObject({ status: 'suppressed', suppressedByEntryId: null })
      expect(sink.hiddenAmong(['ALM-A', 'ALM-NONE'])).toBe(1)
      expect(detail('ALM-A')).toEqual([suppression])
      expect(sink.applyAllowlist(NOON)).toEqual({ hidden: 0, restored: 0 })
      expect(row('ALM-A')?.status).toBe('suppressed')
    })

    test('opens once it is explained no more, and is not taken away again', () => {
      sink.upsert([explained()], NOON)
      sink.upsert([draft({ id: 'ALM-A', score: 64 })], NOON + 1)
      expect(row('ALM-A')).toMatchObject({ status: 'open', score: 64 })
      sink.upsert([explained({ queries: 900 })], NOON + 2)
      expect(row('ALM-A')?.status).toBe('open')
      expect(history('ALM-A')).toEqual(['opened', 'suppressed', 'unsuppressed'])
    })

    test('stays open when a person has reopened it, also after an allowlist entry came and went', () => {
      sink.upsert([explained()], NOON)
      reopen('ALM-A')
      sink.upsert([explained({ queries: 900 })], NOON + 1)
      expect(row('ALM-A')?.status).toBe('open')
      allow('E1', 'listed.example', { expiresAt: NOON + 5 })
      expect(sink.applyAllowlist(NOON + 2).hidden).toBe(1)
      expect(sink.applyAllowlist(NOON + 9).restored).toBe(1)
      expect(row('ALM-A')?.status).toBe('open')
    })

    test('goes back to being explained when an entry that hid it ends', () => {
      sink.upsert([explained()], NOON)
      allow('E1', 'listed.example', { expiresAt: NOON + 5 })
      sink.applyAllowlist(NOON + 2)
      expect(row('ALM-A')).toMatchObject({ status: 'suppressed', suppressedByEntryId: 'E1' })
      expect(sink.applyAllowlist(NOON + 9).restored).toBe(0)
      expect(row('ALM-A')).toMatchObject({ status: 'suppressed', suppressedByEntryId: null })
    })
  })

  test('a new alarm is open, with a line of history and a change number', () => {
    sink.upsert([draft({ id: 'ALM-A' })], NOON)
    expect(row('ALM-A')).toMatchObject({ status: 'open', version: 1, changeNumber: 1, suppressedByEntryId: null })
    expect(sink.hiddenAmong(['ALM-A'])).toBe(0)
    expect(history('ALM-A')).toEqual(['opened'])
  })

  test('the same draft again changes nothing, so no page reloads', () => {
    sink.upsert([draft({ id: 'ALM-A' })], NOON)
    const before = changes()
    sink.upsert([draft({ id: 'ALM-A' })], NOON + 5_000)
    expect(changes()).toBe(before)
  })

  test("a person's part is left alone", () => {
    sink.upsert([draft({ id: 'ALM-A' })], NOON)
    db.prepare(`UPDATE "Alarm" SET status = 'closed', decision = '{"reason":"true-positive"}', version = 4 WHERE id = 'ALM-A'`).run()
    sink.upsert([draft({ id: 'ALM-A', queries: 500, recurrences: 1 })], NOON + 1)
    expect(row('ALM-A')).toMatchObject({ status: 'closed', decision: '{"reason":"true-positive"}', version: 4, queries: 500 })
    expect(history('ALM-A')).toEqual(['opened', 'recurred'])
  })

  test('score and figures only rise, and the explanation stays with the score', () => {
    sink.upsert([draft({ id: 'ALM-A', score: 80, summary: 'worst', queries: 100 })], NOON)
    sink.upsert([draft({ id: 'ALM-A', score: 50, summary: 'milder', queries: 90 })], NOON)
    expect(row('ALM-A')).toMatchObject({ score: 80, summary: 'worst', queries: 100 })
  })

  describe('the allowlist', () => {
    test.each([
      ['the zone itself', 'tunnel.example', {}, true],
      ['a domain above it', 'example', {}, true],
      ['a name that only ends alike', 'nel.example', {}, false],
      ['another source', 'tunnel.example', { source: '10.0.0.6' }, false],
      ['another detector', 'tunnel.example', { detector: 'dns_tunneling_ml' }, false],
      ['an expired entry', 'tunnel.example', { expiresAt: NOON }, false],
    ])('%s', (_, domain, rest, isHidden) => {
      allow('entry', domain, rest)
      sink.upsert([draft({ id: 'ALM-A' })], NOON)
      expect(row('ALM-A')).toMatchObject({ status: isHidden ? 'suppressed' : 'open', suppressedByEntryId: isHidden ? 'entry' : null })
      expect(history('ALM-A')).toEqual(isHidden ? ['opened', 'suppressed'] : ['opened'])
    })

    test('a later entry hides open alarms; when it ends they come back', () => {
      sink.upsert([draft({ id: 'ALM-A' }), draft({ id: 'ALM-B', zone: 'else.example' })], NOON)
      allow('entry', 'tunnel.example', { expiresAt: NOON + 1_000 })
      expect(sink.applyAllowlist(NOON + 1)).toEqual({ hidden: 1, restored: 0 })
      expect(sink.applyAllowlist(NOON + 2)).toEqual({ hidden: 0, restored: 0 })
      expect([row('ALM-A')?.status, row('ALM-B')?.status]).toEqual(['suppressed', 'open'])
      expect(sink.applyAllowlist(NOON + 1_000)).toEqual({ hidden: 0, restored: 1 })
      expect(row('ALM-A')).toMatchObject({ status: 'open', suppressedByEntryId: null, version: 1 })
      expect(history('ALM-A')).toEqual(['opened', 'suppressed', 'unsuppressed'])
    })

    test('an alarm stays hidden when another entry covers it too', () => {
      allow('first', 'tunnel.example')
      sink.upsert([draft({ id: 'ALM-A' })], NOON)
      allow('second', 'example')
      db.prepare(`UPDATE "AllowlistEntry" SET removedAt = ? WHERE id = 'first'`).run(NOON)
      expect(sink.applyAllowlist(NOON + 1)).toEqual({ hidden: 0, restored: 0 })
      expect(row('ALM-A')).toMatchObject({ status: 'suppressed', suppressedByEntryId: 'second' })
    })

    test('what a person escalated or closed is not hidden', () => {
      sink.upsert([draft({ id: 'ALM-A' }), draft({ id: 'ALM-B' })], NOON)
      db.prepare(`UPDATE "Alarm" SET status = CASE id WHEN 'ALM-A' THEN 'escalated' ELSE 'closed' END`).run()
      allow('entry', 'tunnel.example')
      sink.applyAllowlist(NOON)
      sink.upsert([draft({ id: 'ALM-A', queries: 999 })], NOON)
      expect([row('ALM-A')?.status, row('ALM-B')?.status]).toEqual(['escalated', 'closed'])
    })
  })
})

test.each([
  ['nothing', [], []],
  ['one minute', [[0, 7]], [7]],
  [
    'a gap is a zero',
    [
      [0, 1],
      [2, 3],
    ],
    [1, 0, 3],
  ],
  [
    'two hours in sixty slices of two minutes',
    [
      [0, 1],
      [1, 1],
      [119, 5],
    ],
    [2, ...new Array(58).fill(0), 5],
  ],
] as const)('sparkline: %s', (_, minutes, expected) => {
  const evidence = minutes.map(([minute, queries]) => ({
    at: NOON + minute * 60_000,
    queries,
    distinctNames: 0,
    entropyBits: 0,
    length: 0,
    byType: {},
  }))
  expect(sparklineOf(evidence)).toEqual(expected)
})
