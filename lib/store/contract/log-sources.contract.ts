import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { IntakeKey, LogSource } from '@/lib/domain/log-source'
import type { Actor, IntakeKeyStore, LogSourceStore } from '@/lib/store/ports'

const NOON = Date.UTC(2026, 10, 20, 12)
const HOUR = 3_600_000
const ada: Actor = { userId: 'ada', name: 'Ada', role: 'admin' }

const source = (id: string, part: Partial<LogSource> = {}): LogSource => ({
  ...{ id, name: id, kind: 'elastic', createdAt: NOON, createdByName: 'Ada', pausedAt: null, removedAt: null },
  settings: { address: null, port: null, path: null, format: null, backfill: false, quietAfterMs: 900_000 },
  ...part,
})
const listener = (id: string, port: number): LogSource => {
  const plain = source(id, { kind: 'syslog-udp' })
  return { ...plain, settings: { ...plain.settings, address: '127.0.0.1', port } }
}
const key = (id: string, part: Partial<IntakeKey> = {}): IntakeKey => ({
  ...{ id, logSourceId: 'a', name: id, prefix: 'dsk_abcd', createdAt: NOON, createdByName: 'Ada' },
  ...{ expiresAt: NOON + HOUR, revokedAt: null, lastUsedAt: null },
  ...part,
})

interface Opened {
  readonly sources: LogSourceStore
  readonly keys: IntakeKeyStore
  readonly close: () => Promise<void>
}

/** What every pair of `LogSourceStore` and `IntakeKeyStore` over one database does. */
export function logSourcesContract(open: () => Opened): void {
  let opened: Opened
  beforeEach(() => {
    opened = open()
  })
  afterEach(() => opened.close())

  describe('log sources', () => {
    test('come back as they were added, by name', async () => {
      const { sources } = opened
      await sources.add(source('b'), ada)
      await sources.add(listener('a', 514), ada)
      expect(await sources.list({ includeRemoved: false })).toEqual([listener('a', 514), source('b')])
      expect(await sources.find('a')).toEqual(listener('a', 514))
      expect(await sources.find('z')).toBeNull()
    })

    test('share neither a name nor a port while both live', async () => {
      const { sources } = opened
      await sources.add(listener('a', 514), ada)
      expect(await sources.add(source('x', { name: 'A' }), ada)).toBe('taken')
      expect(await sources.add(listener('x', 514), ada)).toBe('taken')
      expect(await sources.add(listener('x', 515), ada)).toMatchObject({ id: 'x' })
      await sources.remove('a', ada, NOON)
      expect(await sources.add({ ...listener('again', 514), name: 'a' }, ada)).toMatchObject({ id: 'again' })
    })

    test('of two that are added at once under one name, one is taken', async () => {
      const { sources } = opened
      const outcomes = await Promise.all([sources.add(source('x', { name: 'one' }), ada), sources.add(source('y', { name: 'one' }), ada)])
      expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(1)
    })

    test('are read as another format, until they are removed', async () => {
      const { sources } = opened
      const added = source('a')
      await sources.add(added, ada)
      const changed = { ...added, settings: { ...added.settings, format: 'bind' } }
      expect(await sources.setFormat('a', 'bind')).toEqual(changed)
      expect(await sources.find('a')).toEqual(changed)
      expect(await sources.setFormat('a', null)).toMatchObject({ settings: { format: null } })
      await sources.remove('a', ada, NOON + 1)
      expect(await sources.setFormat('a', 'bind')).toBeNull()
      expect(await sources.setFormat('never', 'bind')).toBeNull()
    })

    test('are paused and resumed, until they are removed', async () => {
      const { sources } = opened
      await sources.add(source('a'), ada)
      expect(await sources.setPaused('a', NOON)).toMatchObject({ pausedAt: NOON })
      expect(await sources.setPaused('a', null)).toMatchObject({ pausedAt: null })
      expect(await sources.remove('a', ada, NOON + 1)).toMatchObject({ removedAt: NOON + 1 })
      expect(await sources.remove('a', ada, NOON + 2)).toBeNull()
      expect(await sources.setPaused('a', NOON)).toBeNull()
      expect(await sources.list({ includeRemoved: false })).toEqual([])
      expect(await sources.list({ includeRemoved: true })).toMatchObject([{ id: 'a', removedAt: NOON + 1 }])
    })
  })

  describe('intake keys', () => {
    beforeEach(async () => {
      await opened.sources.add(source('a'), ada)
    })

    test('are found by their hash until they expire', async () => {
      const { keys } = opened
      expect(await keys.add(key('k'), 'hash')).toEqual(key('k'))
      expect(await keys.findLive('hash', NOON + HOUR - 1)).toEqual(key('k'))
      expect(await keys.findLive('hash', NOON + HOUR)).toBeNull()
      expect(await keys.findLive('hush', NOON)).toBeNull()
    })

    test('without an end live on', async () => {
      await opened.keys.add(key('k', { expiresAt: null }), 'hash')
      expect(await opened.keys.findLive('hash', NOON + 100 * 365 * 24 * HOUR)).toMatchObject({ id: 'k' })
    })

    test('die when they are revoked, once', async () => {
      const { keys } = opened
      await keys.add(key('k'), 'hash')
      expect(await keys.revoke('k', NOON + 1)).toMatchObject({ revokedAt: NOON + 1 })
      expect(await keys.revoke('k', NOON + 2)).toBeNull()
      expect(await keys.findLive('hash', NOON)).toBeNull()
    })

    test('sleep while their source is paused and die with it', async () => {
      const { sources, keys } = opened
      await keys.add(key('k'), 'hash')
      await sources.setPaused('a', NOON)
      expect(await keys.findLive('hash', NOON)).toBeNull()
      await sources.setPaused('a', null)
      expect(await keys.findLive('hash', NOON)).toMatchObject({ id: 'k' })
      await sources.remove('a', ada, NOON + 5)
      expect(await keys.findLive('hash', NOON)).toBeNull()
      expect(await keys.list('a')).toMatchObject([{ id: 'k', revokedAt: NOON + 5 }])
    })

    test('remember their last use; the list is of one source or of all, newest first', async () => {
      const { sources, keys } = opened
      await sources.add(source('b'), ada)
      await keys.add(key('k1'), 'hash1')
      await keys.add(key('k2', { logSourceId: 'b', createdAt: NOON + 1 }), 'hash2')
      await keys.touch('k1', NOON + 7)
      expect(await keys.list('a')).toEqual([key('k1', { lastUsedAt: NOON + 7 })])
      expect((await keys.list(null)).map(({ id }) => id)).toEqual(['k2', 'k1'])
    })

    test('never share a secret', async () => {
      await opened.keys.add(key('k1'), 'hash')
      await expect(opened.keys.add(key('k2'), 'hash')).rejects.toThrow()
    })
  })
}
