import { statSync } from 'node:fs'
import { join } from 'node:path'
import { hashPassword } from 'better-auth/crypto'
import { getAuthTables } from 'better-auth/db'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '@/lib/domain/permission'
import { updateUser } from '@/lib/services/users/update-user'
import { type Auth, authOptions, createAuth } from './auth'
import { createAuthHandler } from './auth-handler'
import { parseEnv, trustedOrigins } from './env'
import { NOON, type TemporaryContext, temporaryContext } from './testing/temporary-context'

const URL_BASE = 'http://localhost:3000'
const PASSWORD = 'correct horse battery'
const settings = parseEnv({})

let temporary: TemporaryContext
let auth: Auth
let now: number
/** Whose own password change was told. */
let changed: string[]
let handler: (request: Request) => Promise<Response>

beforeEach(async () => {
  temporary = temporaryContext()
  now = NOON
  auth = createAuth({ appDb: temporary.stores.appDb, settings, secret: 's'.repeat(43) })
  handler = createAuthHandler({
    handle: (request) => auth.handler(request),
    failures: temporary.stores.signInFailures,
    trustedOrigins: trustedOrigins(settings),
    now: () => now,
    onPasswordChange: ({ id }) => {
      changed.push(id)
      return Promise.resolve()
    },
  })
  changed = []
  await addUser('Root', 'root@example.com', 'admin')
  await addUser('Ana', 'ana@example.com', 'analyst')
})
afterEach(() => temporary.dispose())

// Hashing is slow on purpose; once is enough for all tests.
let hash: string
beforeAll(async () => {
  hash = await hashPassword(PASSWORD)
})

async function addUser(name: string, email: string, role: Role): Promise<void> {
  const times = { createdAt: new Date(NOON), updatedAt: new Date(NOON) }
  const account = { id: `account-${name}`, accountId: name, providerId: 'credential', password: hash, ...times }
  await temporary.stores.appDb.user.create({
    data: { id: name, name, email, emailVerified: true, role, banned: false, ...times, accounts: { create: account } },
  })
}

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const all = { 'content-type': 'application/json', origin: URL_BASE, ...headers }
  return handler(new Request(`${URL_BASE}/api/auth${path}`, { method: 'POST', headers: all, body: JSON.stringify(body) }))
}

const signIn = (email: string, password: string, headers?: Record<string, string>) => post('/sign-in/email', { email, password }, headers)
const cookieOf = (response: Response): string => (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
const sessionOf = (cookie: string) => auth.api.getSession({ headers: new Headers({ cookie }) })

describe('signing in', () => {
  it('gives a session that knows the role, in a cookie scripts cannot read', async () => {
    const response = await signIn('Ana@Example.com', PASSWORD)
    expect(response.status).toBe(200)
    expect(response.headers.get('set-cookie')).toMatch(/^dowser\.session_token=.*HttpOnly.*SameSite=Lax/i)
    expect((await sessionOf(cookieOf(response)))?.user).toMatchObject({ name: 'Ana', role: 'analyst' })
  })

  it('says the same for a wrong password and for nobody', async () => {
    const [wrong, nobody] = await Promise.all([signIn('ana@example.com', 'x'.repeat(12)), signIn('nobody@example.com', PASSWORD)])
    expect([wrong.status, nobody.status]).toEqual([401, 401])
    expect(await wrong.text()).toBe(await nobody.text())
  })

  it('is refused to a disabled account, whose sessions are over', async () => {
    const cookie = cookieOf(await signIn('ana@example.com', PASSWORD))
    const session = await sessionOf(cookie)
    await updateUser(temporary.as('admin'), { userId: session?.user.id ?? '', disabled: true })
    expect(await sessionOf(cookie)).toBeNull()
    expect((await signIn('ana@example.com', PASSWORD)).status).toBe(403)
  })

  it('ends with signing out', async () => {
    const cookie = cookieOf(await signIn('ana@example.com', PASSWORD))
    expect((await post('/sign-out', {}, { cookie })).status).toBe(200)
    expect(await sessionOf(cookie)).toBeNull()
  })

  it.each([
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['the origin of a sandbox', { origin: 'null' }],
  ])('is refused from %s, without counting against the account', async (_name, headers) => {
    for (let i = 0; i < 11; i++) {
      const response = await signIn('ana@example.com', 'x'.repeat(12), headers)
      expect(response.status).toBe(403)
      expect(await response.json()).toMatchObject({ code: expect.stringContaining('ORIGIN') })
    }
    expect((await signIn('ana@example.com', PASSWORD)).status).toBe(200)
  })

  it.each([{}, { email: 1 }, { email: 'x'.repeat(1_000) }])('refuses the body %o', async (body) => {
    expect((await post('/sign-in/email', body)).status).toBe(400)
  })
})

describe('guessing', () => {
  /** The count in front of the password check; the check itself, slow on purpose, is stood in for. */
  const counting = (): ((email: string, password: string, address?: number) => Promise<Response>) => {
    const isRight = async (request: Request) => ((await request.json()) as { password: string }).password === PASSWORD
    const checked = createAuthHandler({
      handle: async (request) => new Response(null, { status: (await isRight(request)) ? 200 : 401 }),
      failures: temporary.stores.signInFailures,
      trustedOrigins: trustedOrigins(settings),
      now: () => now,
    })
    return (email, password, address = 1) => {
      const headers = { 'content-type': 'application/json', origin: URL_BASE, 'x-forwarded-for': `192.0.2.${address}` }
      const body = JSON.stringify({ email, password })
      return checked(new Request(`${URL_BASE}/api/auth/sign-in/email`, { method: 'POST', headers, body }))
    }
  }
  const statusesOf = async (responses: readonly Promise<Response>[]) => (await Promise.all(responses)).map((response) => response.status)

  it('blocks the account after ten failures, from however many addresses, for a quarter of an hour', async () => {
    const attempt = counting()
    for (let i = 0; i < 10; i++) expect((await attempt('ana@example.com', 'wrong', i)).status).toBe(401)
    expect((await attempt('ana@example.com', 'wrong', 99)).status).toBe(429)
    const blocked = await attempt('ANA@example.com ', PASSWORD)
    expect(blocked.status).toBe(429)
    expect(blocked.headers.get('retry-after')).toBe('900')
    expect((await attempt('root@example.com', PASSWORD)).status).toBe(200)
    now += 15 * 60_000
    expect((await attempt('ana@example.com', PASSWORD)).status).toBe(200)
  })

  it('lets no more through when all guesses come at once', async () => {
    const attempt = counting()
    const statuses = await statusesOf(Array.from({ length: 25 }, (_, i) => attempt('ana@example.com', 'wrong', i)))
    expect(statuses.filter((status) => status === 401)).toHaveLength(10)
  })

  it('is forgotten when the right password comes, and after a quiet quarter of an hour', async () => {
    const attempt = counting()
    for (let i = 0; i < 9; i++) await attempt('ana@example.com', 'wrong')
    expect((await attempt('ana@example.com', PASSWORD)).status).toBe(200)
    for (let i = 0; i < 9; i++) await attempt('ana@example.com', 'wrong')
    now += 15 * 60_000
    expect((await attempt('ana@example.com', 'wrong')).status).toBe(401)
    expect((await attempt('ana@example.com', PASSWORD)).status).toBe(200)
  })

  it('leaves no address that was typed in the database', async () => {
    await counting()('my-password-by-mistake', 'wrong')
    const rows = await temporary.stores.appDb.signInFailure.findMany()
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain('mistake')
  })

  it('hides the address a client invented from the shared limit', async () => {
    const seen: (string | null)[] = []
    const observing = createAuthHandler({
      handle: (request) => {
        seen.push(request.headers.get('x-forwarded-for'))
        return Promise.resolve(new Response())
      },
      failures: temporary.stores.signInFailures,
      trustedOrigins: trustedOrigins(settings),
      now: () => now,
    })
    await observing(new Request(`${URL_BASE}/api/auth/get-session`, { headers: { 'x-forwarded-for': '192.0.2.7' } }))
    expect(seen).toEqual([null])
  })
})

describe('what is not offered', () => {
  it.each([
    ['/sign-up/email', { name: 'x', email: 'x@example.com', password: PASSWORD }],
    ['/admin/create-user', { name: 'x', email: 'x@example.com', password: PASSWORD, role: 'admin' }],
    ['/admin/set-role', { userId: 'x', role: 'admin' }],
    ['/admin/impersonate-user', { userId: 'x' }],
    ['/update-user', { role: 'admin' }],
    ['/delete-user', {}],
    ['/request-password-reset', { email: 'ana@example.com' }],
    ['/sign-in/../admin/create-user', {}],
    ['/sign-in/email/', {}],
  ])('%s, not even to an admin', async (path, body) => {
    const cookie = cookieOf(await signIn('root@example.com', PASSWORD))
    expect((await post(path, body, { cookie })).status).toBe(404)
    expect(await temporary.stores.users.list()).toHaveLength(2)
  })

  it('signing up, even where the paths are not closed', async () => {
    const body = JSON.stringify({ name: 'x', email: 'x@example.com', password: PASSWORD })
    const headers = { 'content-type': 'application/json', origin: URL_BASE }
    const response = await auth.handler(new Request(`${URL_BASE}/api/auth/sign-up/email`, { method: 'POST', headers, body }))
    expect(response.status).toBe(400)
  })
})

describe('the tables', () => {
  it('have every column that the library asks for', async () => {
    const options = authOptions({ appDb: temporary.stores.appDb, settings, secret: 's'.repeat(43) })
    const tables = getAuthTables(options)
    for (const { modelName, fields } of Object.values(tables)) {
      const columns = await temporary.stores.appDb.$queryRawUnsafe<{ name: string }[]>(`PRAGMA table_info("${modelName}")`)
      expect(columns.map((column) => column.name)).toEqual(expect.arrayContaining(['id', ...Object.keys(fields)]))
    }
    expect(Object.keys(tables)).toEqual(expect.arrayContaining(['user', 'session', 'account', 'verification', 'rateLimit']))
  })

  it('lie in a file for its owner alone', () => {
    for (const name of ['app.db', 'app.db-wal']) expect(statSync(join(temporary.dataDir, name)).mode & 0o777).toBe(0o600)
  })
})

describe('changing one’s own password', () => {
  const NEW = 'another correct horse'
  const change = (cookie: string, currentPassword: string, newPassword = NEW) =>
    post('/change-password', { currentPassword, newPassword, revokeOtherSessions: true }, { cookie })

  it('needs the password one has, ends the other sessions, and is told', async () => {
    const other = cookieOf(await signIn('ana@example.com', PASSWORD))
    const cookie = cookieOf(await signIn('ana@example.com', PASSWORD))
    expect((await change(cookie, 'not the password')).status).toBe(400)
    expect(changed).toEqual([])
    expect((await change(cookie, PASSWORD)).status).toBe(200)
    expect(changed).toEqual(['Ana'])
    expect(await sessionOf(other)).toBeNull()
    expect([(await signIn('ana@example.com', PASSWORD)).status, (await signIn('ana@example.com', NEW)).status]).toEqual([401, 200])
  })

  it('is refused to nobody’s session and for a short password', async () => {
    const cookie = cookieOf(await signIn('ana@example.com', PASSWORD))
    expect((await change('', PASSWORD)).status).toBe(401)
    expect((await change(cookie, PASSWORD, 'short')).status).toBe(400)
    expect(changed).toEqual([])
  })
})
