import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DAY, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { addLogSource } from '@/lib/services/log-sources/add-log-source'
import { hashIntakeSecret } from '@/lib/services/log-sources/intake-key-secret'
import { openIntakeDatabase } from '@/lib/store/sqlite/intake-log'
import { createSqliteLogSourceRegistry } from '@/lib/store/sqlite/log-source-registry'
import { runCommandLine } from './run-command-line'

const root = fileURLToPath(new URL('../../', import.meta.url))
const settings = { address: null, port: null, path: null, format: null, backfill: false, quietAfterMs: 900_000 }

let temporary: TemporaryContext
beforeEach(async () => {
  temporary = temporaryContext()
  temporary.engine.commanded = () => Promise.resolve(null)
  const admin = temporary.as('admin')
  await addLogSource(admin, { name: 'windows', kind: 'elastic', settings, acceptsUnauthenticated: false, keyDays: 30 })
  await addLogSource(admin, {
    name: 'firewall',
    kind: 'syslog-udp',
    settings: { ...settings, address: '127.0.0.1', port: 5514 },
    acceptsUnauthenticated: false,
    keyDays: null,
  })
})
afterEach(() => temporary.dispose())

async function run(args: readonly string[], dataDir = temporary.dataDir) {
  let out = ''
  let err = ''
  const code = await runCommandLine(args, {
    env: { DOWSER_DATA: dataDir, PORT: '1' },
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
  return { code, out, err, secret: /^Key, shown only now: (dsk_\S{43})$/m.exec(out)?.[1] ?? '', id: /^ID: (\S+)$/m.exec(out)?.[1] ?? '' }
}

const lives = (secret: string) => temporary.stores.intakeKeys.findLive(hashIntakeSecret(secret), NOON)

describe('create', () => {
  test('prints a key that lets in, once, and says until when', async () => {
    const made = await run(['key', 'create', 'Windows', '--name', 'dc-1', '--days', '7'])
    expect(made).toMatchObject({ code: 0, out: expect.stringContaining('valid until 2026-11-28T12:00:00.000Z') })
    expect(await lives(made.secret)).toMatchObject({ id: made.id, name: 'dc-1', createdByName: 'command line', expiresAt: NOON + 7 * DAY })
    expect((await run(['key', 'list'])).out).not.toContain(made.secret)
    const { rows } = await temporary.stores.audit.list(1, null)
    expect(rows).toMatchObject([{ action: 'log-source.key-created', byName: 'command line' }])
  })

  test('holds a year unless told otherwise', async () => {
    expect((await run(['key', 'create', 'windows'])).out).toContain('valid until 2027-11-21T12:00:00.000Z')
    expect((await run(['key', 'create', 'windows', '--days', 'never'])).out).toContain('valid without an end')
  })

  test('is refused for a source that takes no keys, and for one that is not there', async () => {
    expect(await run(['key', 'create', 'firewall'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('firewall is opened by the engine itself'),
    })
    expect(await run(['key', 'create', 'nobody'])).toMatchObject({ code: 1, err: expect.stringContaining('there are firewall, windows') })
  })
})

describe('list and revoke', () => {
  test('show every key with its state; a revoked one no longer lets in', async () => {
    const made = await run(['key', 'create', 'windows', '--name', 'dc-1'])
    expect((await run(['key', 'list'])).out).toMatch(/^windows +dc-1 +dsk_\S{4} +valid +2027-11-21T12:00:00\.000Z +never +\S+$/m)
    expect(await run(['key', 'revoke', made.id])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Revoked dc-1 \(dsk_\S{4}…\) of windows\.\n$/),
    })
    expect(await lives(made.secret)).toBeNull()
    expect((await run(['key', 'list'])).out).toMatch(/^windows +dc-1 +dsk_\S{4} +revoked /m)
    expect(await run(['key', 'revoke', made.id])).toMatchObject({ code: 1, err: expect.stringContaining('has no key') })
  })

  test('by the characters that the list shows', async () => {
    const made = await run(['key', 'create', 'windows'])
    expect((await run(['key', 'revoke', made.secret.slice(0, 8)])).code).toBe(0)
    expect(await run(['key', 'revoke', 'dsk_nope'])).toMatchObject({ code: 1, err: expect.stringContaining('there is no key dsk_nope') })
  })
})

test.each([
  [[]],
  [['frobnicate']],
  [['list', 'x']],
  [['create']],
  [['create', 'a', 'b']],
  [['create', 'a', '--days', '0']],
  [['create', 'a', '--days', 'soon']],
  [['revoke']],
])('%j is wrong usage', async (args) => {
  const { code, out, err } = await run(['key', ...args])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain('Usage: dowser key')
})

test('a folder that is none is named', async () => {
  expect(await run(['key', 'list'], join(temporary.dataDir, 'gone'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('no Dowser data'),
  })
})

test('the doctor tells how each source does, and that a silent one is wrong', async () => {
  const [firewall, windows] = await temporary.stores.logSources.list({ includeRemoved: false })
  const registry = createSqliteLogSourceRegistry(join(temporary.dataDir, 'app.db'), openIntakeDatabase(temporary.dataDir))
  registry.saveHealth([
    {
      ...{ logSourceId: windows?.id ?? '', state: 'quiet', error: null, lastReceivedAt: NOON, lastEventAt: NOON, lagMs: 1_500 },
      ...{ eventsPerSecond: 0, connections: 0, records: 3, dnsEvents: 3, processEvents: 0, duplicates: 0, lateEvents: 0, futureEvents: 0 },
      ...{ skipped: {}, rejected: 2, rejects: [], gaps: [] },
    },
  ])
  registry.close()
  const { code, out } = await run(['doctor'])
  expect(code).toBe(1)
  expect(out).toMatch(/^WRONG +source +windows \(elastic\): quiet, last received 2026-11-21T12:00:00\.000Z, lag 1\.5 s, 2 rejected$/m)
  expect(out).toMatch(new RegExp(`^ok +source +${firewall?.name} \\(syslog-udp\\): nothing known yet$`, 'm'))
})
