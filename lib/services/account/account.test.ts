import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import type { ServiceContext } from '@/lib/services/context'
import { createUser } from '@/lib/services/users/create-user'
import { endMySessions } from './end-my-sessions'
import { listMySessions } from './list-my-sessions'
import { renameMe } from './rename-me'

let temporary: TemporaryContext
let ana: ServiceContext

const person = (name: string) => ({ name, email: `${name}@example.com`, role: 'analyst', password: 'correct horse battery' }) as const

beforeEach(async () => {
  temporary = temporaryContext()
  const { user } = await createUser(temporary.as('admin'), person('Ana'))
  ana = { ...temporary.as('analyst'), actor: { userId: user.id, name: 'Ana', role: 'analyst' }, sessionId: 'here' }
})
afterEach(() => temporary.dispose())

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const signedIn = (id: string, userId: string, { at = NOON, life = HOUR, userAgent = FIREFOX } = {}) =>
  temporary.stores.appDb.session.create({
    data: { id, token: `token-${id}`, userId, userAgent, createdAt: new Date(at), updatedAt: new Date(at), expiresAt: new Date(at + life) },
  })

describe('the person’s own account', () => {
  it('takes a new name, and the audit log says from what', async () => {
    const { user } = await renameMe(ana, { name: 'Ana Ruiz' })
    expect(user.name).toBe('Ana Ruiz')
    expect((await temporary.stores.audit.list(1, null)).rows).toMatchObject([
      { action: 'user.renamed', detail: 'ana@example.com: Ana is Ana Ruiz now' },
    ])
  })

  it('lists its sign-ins that hold, last seen first, and says which one asks', async () => {
    const { userId } = ana.actor
    await signedIn('here', userId)
    await signedIn('later', userId, { at: NOON + 1_000, userAgent: 'curl/8.0' })
    await signedIn('over', userId, { at: NOON - 2 * HOUR })
    await signedIn('of-another', (await createUser(temporary.as('admin'), person('Ben'))).user.id)
    expect((await listMySessions(ana)).sessions).toEqual([
      { id: 'later', device: 'An unknown program', startedAt: NOON + 1_000, lastSeenAt: NOON + 1_000, current: false },
      { id: 'here', device: 'Firefox on Linux', startedAt: NOON, lastSeenAt: NOON, current: true },
    ])
  })

  it('ends another of its sign-ins, or all the others, never its own and never another person’s', async () => {
    const { userId } = ana.actor
    for (const id of ['here', 'a', 'b', 'c']) await signedIn(id, userId)
    await signedIn('of-another', (await createUser(temporary.as('admin'), person('Ben'))).user.id)
    expect(await endMySessions(ana, { sessionId: 'a' })).toEqual({ ended: 1 })
    await expect(endMySessions(ana, { sessionId: 'a' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(endMySessions(ana, { sessionId: 'of-another' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(endMySessions(ana, { sessionId: 'here' })).rejects.toMatchObject({ code: 'invalid' })
    expect(await endMySessions(ana, { sessionId: null })).toEqual({ ended: 2 })
    expect((await temporary.stores.appDb.session.findMany()).map(({ id }) => id).toSorted()).toEqual(['here', 'of-another'])
  })
})
