import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Auth, createAuth } from '@/lib/server/auth'
import { createAuthHandler } from '@/lib/server/auth-handler'
import { parseEnv, trustedOrigins } from '@/lib/server/env'
import { NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { runCommandLine } from './run-command-line'

const root = fileURLToPath(new URL('../../', import.meta.url))
const settings = parseEnv({})
const GENERATED = /^Password, shown only now: (\S{23})$/m
const CHOSEN = 'correct horse battery'

let temporary: TemporaryContext
let auth: Auth
beforeEach(() => {
  temporary = temporaryContext()
  auth = createAuth({ appDb: temporary.stores.appDb, settings, secret: 's'.repeat(43) })
})
afterEach(() => temporary.dispose())

async function user(args: readonly string[], { stdin = '', isTyping = false, dataDir = temporary.dataDir } = {}) {
  let out = ''
  let err = ''
  const code = await runCommandLine(['user', ...args], {
    env: { DOWSER_DATA: dataDir },
    cwd: temporary.dataDir,
    stdin: (async function* () {
      if (isTyping) throw new Error('read from a terminal')
      yield Buffer.from(stdin)
    })(),
    isStdinInteractive: isTyping,
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
  return { code, out, err, password: GENERATED.exec(out)?.[1] ?? '' }
}

const add = (email: string, role: string, options: Parameters<typeof user>[1] = {}) =>
  user(['add', '--name', 'Ana Lyst', '--email', email, '--role', role], options)

/** Through everything a browser's sign-in goes through. */
async function signIn(email: string, password: string) {
  const { signInFailures } = temporary.stores
  const handler = createAuthHandler({
    ...{ handle: (request) => auth.handler(request), failures: signInFailures, trustedOrigins: trustedOrigins(settings), now: () => NOON },
  })
  const headers = { 'content-type': 'application/json', origin: settings.url }
  const body = JSON.stringify({ email, password })
  const response = await handler(new Request(`${settings.url}/api/auth/sign-in/email`, { method: 'POST', headers, body }))
  return { status: response.status, cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '' }
}

const roleOf = async (cookie: string) => (await auth.api.getSession({ headers: new Headers({ cookie }) }))?.user.role
const audit = async () =>
  (await temporary.stores.audit.list(10, null)).rows.map(({ byName, action, detail }) => ({ byName, action, detail }))

describe('add', () => {
  test('makes an account that the printed password signs in to', async () => {
    const added = await add('Root@Example.com', 'admin')
    expect(added).toMatchObject({ code: 0, err: '', out: `Added root@example.com, admin.\nPassword, shown only now: ${added.password}\n` })
    const { status, cookie } = await signIn('root@example.com', added.password)
    expect(status).toBe(200)
    expect(await roleOf(cookie)).toBe('admin')
    expect(await audit()).toEqual([{ byName: 'command line', action: 'user.created', detail: 'root@example.com, admin' }])
  })

  test('takes the password on standard input and does not repeat it', async () => {
    expect(await add('root@example.com', 'admin', { stdin: `${CHOSEN}\r\n` })).toEqual({
      ...{ code: 0, out: 'Added root@example.com, admin.\n', err: '', password: '' },
    })
    expect((await signIn('root@example.com', CHOSEN)).status).toBe(200)
  })

  test('makes a password up, another each time, where a person is at the terminal', async () => {
    const first = await add('root@example.com', 'admin', { isTyping: true })
    const second = await add('ana@example.com', 'analyst', { isTyping: true })
    expect(first.password).not.toBe(second.password)
    expect([first.password.length, second.password.length]).toEqual([23, 23])
  })

  test.each([
    ['too short', 'short'],
    ['two lines', `${CHOSEN}\n${CHOSEN}\n`],
    ['a file', 'x'.repeat(5_000)],
  ])('refuses a password that is %s, without showing it', async (_, stdin) => {
    const { code, out, err } = await add('root@example.com', 'admin', { stdin })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('standard input')
    expect(err).not.toContain(stdin.slice(0, 20))
    expect(await temporary.stores.users.any()).toBe(false)
  })

  test('wants an admin first, and each address once', async () => {
    expect(await add('ana@example.com', 'analyst')).toMatchObject({ code: 1, err: 'dowser user: the first account has to be an admin\n' })
    await add('root@example.com', 'admin')
    expect(await add('ROOT@example.com', 'analyst')).toMatchObject({
      code: 1,
      err: 'dowser user: email: belongs to a user already\n',
    })
    expect(await temporary.stores.users.list()).toHaveLength(1)
  })

  test('makes the data folder where there is none', async () => {
    const dataDir = join(temporary.dataDir, 'new')
    expect((await add('root@example.com', 'admin', { dataDir })).code).toBe(0)
    expect((await user(['list'], { dataDir })).out).toContain('root@example.com')
  })
})

describe('reset-password', () => {
  test('ends sessions and the old password, and the printed one signs in', async () => {
    await add('root@example.com', 'admin', { stdin: CHOSEN })
    const { cookie } = await signIn('root@example.com', CHOSEN)
    expect(await roleOf(cookie)).toBe('admin')
    const reset = await user(['reset-password', 'Root@example.com'])
    expect(reset).toMatchObject({ code: 0, out: expect.stringMatching(/^New password set for root@example\.com; sessions ended\.\n/) })
    expect(await roleOf(cookie)).toBeUndefined()
    expect((await signIn('root@example.com', CHOSEN)).status).toBe(401)
    expect((await signIn('root@example.com', reset.password)).status).toBe(200)
    expect((await audit())[0]).toEqual({ byName: 'command line', action: 'user.password-reset', detail: 'root@example.com' })
  })

  test('lets an account in that was blocked for failed sign-ins', async () => {
    await add('root@example.com', 'admin', { stdin: CHOSEN })
    for (let n = 0; n < 10; n++) await temporary.stores.signInFailures.reserve('root@example.com', NOON)
    expect((await signIn('root@example.com', CHOSEN)).status).toBe(429)
    const { password } = await user(['reset-password', 'root@example.com'])
    expect((await signIn('root@example.com', password)).status).toBe(200)
  })
})

describe('disable and enable', () => {
  test('end the sessions and refuse sign-in, until it is enabled again', async () => {
    await add('root@example.com', 'admin', { stdin: CHOSEN })
    await add('ana@example.com', 'analyst', { stdin: CHOSEN })
    const { cookie } = await signIn('ana@example.com', CHOSEN)
    expect(await user(['disable', 'ana@example.com'])).toMatchObject({ code: 0, out: 'Disabled ana@example.com; sessions ended.\n' })
    expect(await roleOf(cookie)).toBeUndefined()
    expect((await signIn('ana@example.com', CHOSEN)).status).toBe(403)
    expect((await user(['list'])).out).toMatch(/^ana@example\.com +Ana Lyst +analyst +disabled +2026-11-21T12:00:00\.000Z$/m)
    expect((await user(['enable', 'ana@example.com'])).code).toBe(0)
    expect((await signIn('ana@example.com', CHOSEN)).status).toBe(200)
    expect((await audit()).slice(0, 2)).toEqual([
      { byName: 'command line', action: 'user.updated', detail: 'ana@example.com: analyst' },
      { byName: 'command line', action: 'user.updated', detail: 'ana@example.com: analyst, disabled' },
    ])
  })

  test('refuse to leave nobody in charge', async () => {
    await add('root@example.com', 'admin', { stdin: CHOSEN })
    const { code, err } = await user(['disable', 'root@example.com'])
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('the last active admin') })
    expect((await signIn('root@example.com', CHOSEN)).status).toBe(200)
  })
})

describe('refusals', () => {
  test.each([
    [[]],
    [['frobnicate']],
    [['list', 'x']],
    [['disable']],
    [['add', '--name', 'A', '--email', 'nobody', '--role', 'admin']],
    [['add', '--name', 'A', '--email', 'a@example.com', '--role', 'root']],
    [['add', '--email', 'a@example.com', '--role', 'admin']],
    [['add', '--name', 'A', '--email', 'a@example.com', '--role', 'admin', CHOSEN]],
    [['reset-password', 'a@example.com', CHOSEN]],
    [['add', '--name', 'A', '--email', 'a@example.com', '--role', 'admin', '--password', CHOSEN]],
  ])('%j is wrong usage', async (args) => {
    const { code, out, err } = await user(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('Usage: dowser user')
  })

  test('somebody unknown, a folder that is none', async () => {
    expect(await user(['disable', 'nobody@example.com'])).toMatchObject({ code: 1, err: expect.stringContaining('nobody@example.com') })
    rmSync(join(temporary.dataDir, 'gone'), { recursive: true, force: true })
    expect(await user(['list'], { dataDir: join(temporary.dataDir, 'gone') })).toMatchObject({
      ...{ code: 1, err: expect.stringContaining('no Dowser data') },
    })
  })
})
