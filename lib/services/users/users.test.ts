import { verifyPassword } from 'better-auth/crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { createFirstAdmin } from './create-first-admin'
import { createUser } from './create-user'
import { getMe } from './get-me'
import { listUsers } from './list-users'
import { updateUser } from './update-user'

let temporary: TemporaryContext
beforeEach(() => {
  temporary = temporaryContext()
})
afterEach(() => temporary.dispose())

const PASSWORD = 'correct horse battery'
const first = { name: 'Root', email: 'Root@Example.com', password: PASSWORD }
const ana = { name: 'Ana', email: 'ana@example.com', role: 'analyst', password: PASSWORD } as const

describe('the first admin', () => {
  it('is created once, even when two ask at the same time', async () => {
    const ctx = temporary.as('analyst')
    const outcomes = await Promise.allSettled([createFirstAdmin(ctx, first), createFirstAdmin(ctx, { ...first, email: 'two@example.com' })])
    expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(createFirstAdmin(ctx, first)).rejects.toMatchObject({ code: 'conflict' })
    const { users } = await listUsers(temporary.as('admin'))
    expect(users).toMatchObject([{ role: 'admin', disabled: false, createdAt: NOON }])
  })

  it('has a hashed password and a lower-case address', async () => {
    const { user } = await createFirstAdmin(temporary.as('analyst'), first)
    expect(user.email).toBe('root@example.com')
    const account = await temporary.stores.appDb.account.findFirstOrThrow({ where: { userId: user.id } })
    expect(account.password).not.toContain(PASSWORD)
    expect(await verifyPassword({ hash: account.password ?? '', password: PASSWORD })).toBe(true)
  })
})

describe('users', () => {
  it('are created by an admin, one an address', async () => {
    const admin = temporary.as('admin')
    const { user } = await createUser(admin, ana)
    expect(user).toEqual({ id: user.id, name: 'Ana', email: 'ana@example.com', role: 'analyst', disabled: false, createdAt: NOON })
    await expect(createUser(admin, { ...ana, email: 'ANA@example.com' })).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ path: 'email' }],
    })
    const { rows } = await temporary.stores.audit.list(10, null)
    expect(rows).toMatchObject([{ action: 'user.created', detail: 'ana@example.com, analyst' }])
  })

  it('lose their sessions when they are disabled', async () => {
    const admin = temporary.as('admin')
    await createFirstAdmin(admin, first)
    const { user } = await createUser(admin, ana)
    const now = new Date(NOON)
    await temporary.stores.appDb.session.create({
      data: { id: 's', token: 't', expiresAt: now, createdAt: now, updatedAt: now, userId: user.id },
    })
    expect((await updateUser(admin, { userId: user.id, disabled: true })).user.disabled).toBe(true)
    expect(await temporary.stores.appDb.session.count()).toBe(0)
    expect((await updateUser(admin, { userId: user.id, disabled: false, role: 'manager' })).user).toMatchObject({
      disabled: false,
      role: 'manager',
    })
  })

  it.each([{ disabled: true }, { role: 'analyst' as const }])('keep their last active admin: %o', async (change) => {
    const admin = temporary.as('admin')
    const { user } = await createFirstAdmin(admin, first)
    await expect(updateUser(admin, { userId: user.id, ...change })).rejects.toMatchObject({ code: 'invalid' })
    const { user: second } = await createUser(admin, { ...ana, role: 'admin' })
    await updateUser(admin, { userId: second.id, disabled: true })
    await expect(updateUser(admin, { userId: user.id, ...change })).rejects.toMatchObject({ code: 'invalid' })
    await updateUser(admin, { userId: second.id, disabled: false })
    await expect(updateUser(admin, { userId: user.id, ...change })).resolves.toMatchObject({ user: change })
  })

  it('that do not exist are named', async () => {
    await expect(updateUser(temporary.as('admin'), { userId: 'nobody', disabled: true })).rejects.toMatchObject({ code: 'not-found' })
    await expect(getMe(temporary.as('analyst'))).rejects.toMatchObject({ code: 'unauthenticated' })
  })
})
