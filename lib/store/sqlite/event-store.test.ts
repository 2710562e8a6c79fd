import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { eventStoreContract } from '@/lib/store/contract/event-store.contract'
import { lookup } from '@/lib/store/contract/sample-events'
import { createSqliteEventStore, type EventStoreOptions } from './event-store'

function inTempDir(options: Omit<EventStoreOptions, 'dir'>) {
  const dir = mkdtempSync(join(tmpdir(), 'dowser-store-'))
  return { dir, store: createSqliteEventStore({ dir, ...options }), remove: () => rmSync(dir, { recursive: true, force: true }) }
}

describe('one segment a day', () => {
  eventStoreContract(() => inTempDir({}))
})

describe('one throw-away file', () => {
  eventStoreContract(() => inTempDir({ segmentBy: 'none', throwAway: true }))
})

const segments = (dir: string): string[] =>
  readdirSync(dir)
    .filter((name) => /^events-.*\.db$/.test(name))
    .sort()

test('a segment holds one UTC day', () => {
  const { dir, store, remove } = inTempDir({})
  store.append([lookup({ at: Date.UTC(2026, 1, 28, 23, 59, 59, 999), id: 1 }), lookup({ at: Date.UTC(2026, 2, 1), id: 2 })], 'one')
  expect(segments(dir)).toEqual(['events-20260228.db', 'events-20260301.db'])
  store.close()
  remove()
})

test('more days than files kept open are written and read', () => {
  const { dir, store, remove } = inTempDir({})
  const events = Array.from({ length: 40 }, (_, day) => lookup({ at: Date.UTC(2026, 0, 1 + day), id: day }))
  store.append(events, 'one')
  store.append(events, 'one')
  expect(segments(dir)).toHaveLength(40)
  expect([...store.read({ fromMs: 0, toMs: Date.UTC(2027, 0) })].map((event) => event.id)).toEqual(events.map((event) => event.id))
  store.close()
  remove()
})

test('a segment that a removal emptied is unlinked', () => {
  const { dir, store, remove } = inTempDir({})
  store.append([lookup({ at: Date.UTC(2026, 0, 1), id: 1 })], 'demo')
  store.append([lookup({ at: Date.UTC(2026, 0, 2), id: 2 })], 'real')
  store.removeIntakes(['demo'])
  expect(segments(dir)).toEqual(['events-20260102.db'])
  store.close()
  remove()
})

test('another store on the same folder sees what was written, and a folder that is not there is empty', () => {
  const { dir, store, remove } = inTempDir({})
  const reader = createSqliteEventStore({ dir })
  store.append([lookup({ at: Date.UTC(2026, 0, 1), id: 1 })], 'one')
  expect([...reader.read({ fromMs: 0, toMs: Date.UTC(2027, 0) })]).toHaveLength(1)
  store.close()
  reader.close()
  remove()
  expect(createSqliteEventStore({ dir }).extent()).toBeNull()
  expect(existsSync(dir)).toBe(false)
})
