import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CommandName } from '@/lib/domain/engine-commands'
import type { LogSourceHealth } from '@/lib/domain/log-source'
import { DAY, HOUR, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import type { ServiceContext } from '@/lib/services/context'
import { type AddLogSource, addLogSource } from './add-log-source'
import { createKey } from './create-key'
import { getLogSource } from './get-log-source'
import { hashIntakeSecret } from './intake-key-secret'
import { listGaps } from './list-gaps'
import { listKeys } from './list-keys'
import { listLogSources } from './list-log-sources'
import { removeLogSource } from './remove-log-source'
import { revokeKey } from './revoke-key'
import { setLogSourceFormat } from './set-log-source-format'
import { setLogSourcePaused } from './set-log-source-paused'

let temporary: TemporaryContext
let admin: ServiceContext
let asked: CommandName[]
let health: LogSourceHealth[]

beforeEach(() => {
  temporary = temporaryContext()
  admin = temporary.as('admin')
  asked = []
  health = []
  temporary.engine.commanded = (name) => {
    asked.push(name)
    return Promise.resolve(name === 'log-sources.health' ? health : null)
  }
})
afterEach(() => temporary.dispose())

const input = (part: Partial<AddLogSource> = {}): AddLogSource => ({
  ...{ name: 'resolver-1', kind: 'elastic', acceptsUnauthenticated: false, keyDays: 365 },
  settings: { address: null, port: null, path: null, format: null, backfill: false, quietAfterMs: 900_000 },
  ...part,
})
const syslog = (name: string, port: number, address = '127.0.0.1'): AddLogSource =>
  input({ name, kind: 'syslog-udp', settings: { ...input().settings, address, port } })

const doing = (logSourceId: string, part: Partial<LogSourceHealth> = {}): LogSourceHealth => ({
  ...{ logSourceId, state: 'receiving', error: null, lastReceivedAt: NOON, lastEventAt: NOON, lagMs: 1_000, eventsPerSecond: 2 },
  ...{ connections: 1, records: 10, dnsEvents: 10, processEvents: 0, duplicates: 0, lateEvents: 0, futureEvents: 0 },
  ...{ skipped: {}, rejected: 0, rejects: [], gaps: [] },
  ...part,
})

const audit = async () =>
  (await temporary.stores.audit.list(20, null)).rows.map(({ action, detail, byName }) => ({ action, detail, byName }))
const engineIsDown = () => Promise.reject(Object.assign(new Error('The engine is restarting.'), { code: 'unavailable' }))

describe('adding', () => {
  it('gives a sender over HTTP its key, whose secret is kept nowhere', async () => {
    const { source, issued } = await addLogSource(admin, input({ name: '  resolver-1 ' }))
    expect(source).toMatchObject({ name: 'resolver-1', kind: 'elastic', createdAt: NOON, createdByName: 'admin' })
    const secret = issued?.secret ?? ''
    expect(secret).toMatch(/^dsk_[A-Za-z0-9_-]{43}$/)
    expect(issued?.key).toMatchObject({ logSourceId: source.id, prefix: secret.slice(0, 8), expiresAt: NOON + 365 * DAY, lastUsedAt: null })
    const hash = createHash('sha256').update(secret).digest('hex')
    expect(hashIntakeSecret(secret)).toBe(hash)
    expect(await temporary.stores.intakeKeys.findLive(hash, NOON)).toMatchObject({ id: issued?.key.id })
    const stored = JSON.stringify([
      await temporary.stores.appDb.intakeKey.findMany(),
      await temporary.stores.appDb.logSource.findMany(),
      await temporary.stores.appDb.auditLine.findMany(),
    ])
    expect(stored).not.toContain(secret)
  })

  it('opens a listener without a key, tells the engine and the audit log', async () => {
    const { source, issued } = await addLogSource(admin, syslog('dhcp', 5514))
    expect({ source, issued }).toMatchObject({ source: { settings: { address: '127.0.0.1', port: 5514, path: null } }, issued: null })
    expect(asked).toEqual(['log-sources.reload'])
    expect(await audit()).toEqual([{ action: 'log-source.added', detail: 'dhcp: syslog-udp 127.0.0.1:5514', byName: 'admin' }])
  })

  it('names every bad field and stores nothing', async () => {
    await expect(
      addLogSource(admin, { ...syslog('', 0, '0.0.0.0'), settings: { ...syslog('', 0, '0.0.0.0').settings, format: 'no-such' } }),
    ).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ path: 'name' }, { path: 'settings.port' }, { path: 'acceptsUnauthenticated' }, { path: 'settings.format' }],
    })
    expect((await listLogSources(admin)).logSources).toEqual([])
    expect(await audit()).toEqual([])
  })

  it('refuses a port that another source has, until that one is removed', async () => {
    const { source } = await addLogSource(admin, syslog('one', 5514))
    await expect(addLogSource(admin, syslog('two', 5514))).rejects.toMatchObject({
      fields: [{ path: 'settings.port', message: 'is in use by the source one' }],
    })
    await removeLogSource(admin, { logSourceId: source.id })
    expect((await addLogSource(admin, syslog('two', 5514))).source.name).toBe('two')
  })

  it('takes an address beyond this machine when it is confirmed', async () => {
    const open = { ...syslog('open', 5514, '0.0.0.0'), acceptsUnauthenticated: true }
    expect((await addLogSource(admin, open)).source.settings.address).toBe('0.0.0.0')
  })

  it('holds while the engine is down, which reads it when it starts', async () => {
    temporary.engine.commanded = engineIsDown
    await addLogSource(admin, input())
    expect(await listLogSources(admin)).toMatchObject({
      engineAnswers: false,
      logSources: [{ source: { name: 'resolver-1' }, health: null }],
    })
  })
})

describe('the list', () => {
  it('has health, live keys and their end, by name', async () => {
    const { source: b } = await addLogSource(admin, input({ name: 'b', keyDays: 30 }))
    await addLogSource(admin, syslog('a', 5514))
    await createKey(admin, { logSourceId: b.id, name: 'second', days: 90 })
    health = [doing(b.id, { eventsPerSecond: 7 })]
    expect((await listLogSources(temporary.as('manager'))).logSources).toMatchObject([
      { source: { name: 'a' }, health: null, liveKeys: 0, keysEndAt: null },
      { source: { name: 'b' }, health: { eventsPerSecond: 7 }, liveKeys: 2, keysEndAt: NOON + 90 * DAY },
    ])
    temporary.pass(31 * DAY)
    expect((await listLogSources(admin)).logSources[1]).toMatchObject({ liveKeys: 1 })
    await createKey(admin, { logSourceId: b.id, name: 'for ever', days: null })
    expect((await listLogSources(admin)).logSources[1]).toMatchObject({ liveKeys: 2, keysEndAt: null })
  })
})

describe('pausing', () => {
  it('is audited once, and undone by resuming', async () => {
    const { source, issued } = await addLogSource(admin, input())
    const hash = hashIntakeSecret(issued?.secret ?? '')
    temporary.pass(HOUR)
    expect((await setLogSourcePaused(admin, { logSourceId: source.id, paused: true })).source.pausedAt).toBe(NOON + HOUR)
    temporary.pass(HOUR)
    expect((await setLogSourcePaused(admin, { logSourceId: source.id, paused: true })).source.pausedAt).toBe(NOON + HOUR)
    expect(await temporary.stores.intakeKeys.findLive(hash, NOON)).toBeNull()
    expect((await setLogSourcePaused(admin, { logSourceId: source.id, paused: false })).source.pausedAt).toBeNull()
    expect((await audit()).map(({ action }) => action)).toEqual(['log-source.resumed', 'log-source.paused', 'log-source.added'])
    expect(asked).toEqual(['log-sources.reload', 'log-sources.reload', 'log-sources.reload'])
  })
})

describe('the format of a source', () => {
  it('is changed, audited once, and followed by the engine', async () => {
    const { source } = await addLogSource(admin, syslog('syslog', 5514))
    asked.length = 0
    expect((await setLogSourceFormat(admin, { logSourceId: source.id, format: 'bind' })).source.settings.format).toBe('bind')
    await setLogSourceFormat(admin, { logSourceId: source.id, format: 'bind' })
    expect((await getLogSource(admin, { logSourceId: source.id })).source.settings).toEqual({ ...source.settings, format: 'bind' })
    expect(asked.filter((command) => command === 'log-sources.reload')).toHaveLength(1)
    const changes = (await audit()).filter(({ action }) => action === 'log-source.format-changed')
    expect(changes).toMatchObject([{ detail: 'syslog: recognised by content became bind' }])
    expect((await setLogSourceFormat(admin, { logSourceId: source.id, format: null })).source.settings.format).toBeNull()
  })

  it('is one that Dowser reads, of a kind that leaves the choice', async () => {
    const { source } = await addLogSource(admin, syslog('syslog', 5514))
    const invalid = { code: 'invalid', fields: [{ path: 'format' }] }
    await expect(setLogSourceFormat(admin, { logSourceId: source.id, format: 'no-such' })).rejects.toMatchObject(invalid)
    const { source: elastic } = await addLogSource(admin, input())
    await expect(setLogSourceFormat(admin, { logSourceId: elastic.id, format: 'bind' })).rejects.toMatchObject(invalid)
    await expect(setLogSourceFormat(admin, { logSourceId: 'none', format: 'bind' })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('removing', () => {
  it('ends the source and its keys, once', async () => {
    const { source, issued } = await addLogSource(admin, input())
    await removeLogSource(admin, { logSourceId: source.id })
    expect(await temporary.stores.intakeKeys.findLive(hashIntakeSecret(issued?.secret ?? ''), NOON)).toBeNull()
    const gone = { code: 'not-found' }
    await expect(removeLogSource(admin, { logSourceId: source.id })).rejects.toMatchObject(gone)
    await expect(getLogSource(admin, { logSourceId: source.id })).rejects.toMatchObject(gone)
    await expect(createKey(admin, { logSourceId: source.id, name: 'x', days: 1 })).rejects.toMatchObject(gone)
    await expect(setLogSourcePaused(admin, { logSourceId: source.id, paused: true })).rejects.toMatchObject(gone)
    expect(await listKeys(admin)).toEqual({ keys: [] })
  })
})

describe('keys', () => {
  it('are refused where the engine itself listens', async () => {
    const { source } = await addLogSource(admin, syslog('a', 5514))
    await expect(createKey(admin, { logSourceId: source.id, name: 'x', days: 1 })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('are revoked by the source they belong to alone, once', async () => {
    const { source, issued } = await addLogSource(admin, input())
    const { source: other } = await addLogSource(admin, input({ name: 'other' }))
    const keyId = issued?.key.id ?? ''
    await expect(revokeKey(admin, { logSourceId: other.id, keyId })).rejects.toMatchObject({ code: 'not-found' })
    expect((await revokeKey(admin, { logSourceId: source.id, keyId })).key.revokedAt).toBe(NOON)
    await expect(revokeKey(admin, { logSourceId: source.id, keyId })).rejects.toMatchObject({ code: 'not-found' })
    expect((await audit())[0]).toMatchObject({
      action: 'log-source.key-revoked',
      detail: `resolver-1: resolver-1 (${issued?.key.prefix}…)`,
    })
    expect((await getLogSource(admin, { logSourceId: source.id })).keys).toMatchObject([{ id: keyId, revokedAt: NOON }])
  })
})

describe('gaps', () => {
  const MINUTE = 60_000
  const gapsOf = async (span: { fromMs: number; toMs: number } | null) =>
    (await listGaps(temporary.as('analyst'), { span })).gaps.map(({ name, fromMs, toMs, error }) => [
      name,
      (fromMs - NOON) / MINUTE,
      toMs === null ? null : (toMs - NOON) / MINUTE,
      error,
    ])
  const at = (from: number, to: number) => ({ fromMs: NOON + from * MINUTE, toMs: NOON + to * MINUTE })

  it('of now are those that last, the longest first', async () => {
    const { source: a } = await addLogSource(admin, input({ name: 'a' }))
    const { source: b } = await addLogSource(admin, input({ name: 'b' }))
    const { source: c } = await addLogSource(admin, input({ name: 'c' }))
    health = [
      doing(a.id, { state: 'quiet', gaps: [{ fromMs: NOON - 20 * MINUTE, toMs: null }, at(-90, -80)] }),
      doing(b.id, { state: 'quiet', gaps: [{ fromMs: NOON - 47 * MINUTE, toMs: null }] }),
      doing(c.id, { gaps: [at(-10, -5)] }),
    ]
    expect(await gapsOf(null)).toEqual([
      ['b', -47, null, null],
      ['a', -20, null, null],
    ])
  })

  it('of a span are those that overlap it', async () => {
    const { source } = await addLogSource(admin, input({ name: 'a' }))
    health = [doing(source.id, { gaps: [at(-30, -20), at(-60, -50)] })]
    expect(await gapsOf(at(-50, -30))).toEqual([])
    expect(await gapsOf(at(-51, -30))).toEqual([['a', -60, -50, null]])
    expect(await gapsOf(at(-25, -24))).toEqual([['a', -30, -20, null]])
  })

  it('begin at once for a source that cannot listen, and say why', async () => {
    const { source } = await addLogSource(admin, syslog('a', 5514))
    health = [doing(source.id, { state: 'failed', error: 'the port is in use', lastReceivedAt: NOON - 3 * MINUTE })]
    expect(await gapsOf(null)).toEqual([['a', -3, null, 'the port is in use']])
  })

  it('are none of a source that somebody paused', async () => {
    const { source } = await addLogSource(admin, input({ name: 'a' }))
    health = [doing(source.id, { state: 'quiet', gaps: [{ fromMs: NOON - 20 * MINUTE, toMs: null }] })]
    await setLogSourcePaused(admin, { logSourceId: source.id, paused: true })
    expect(await gapsOf(null)).toEqual([])
  })

  it('are unknown while the engine is down', async () => {
    temporary.engine.commanded = engineIsDown
    expect(await listGaps(admin, { span: null })).toEqual({ gaps: [], known: false })
  })
})
