import { afterEach, beforeEach, expect, it } from 'vitest'
import { NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { addLogSource } from '@/lib/services/log-sources/add-log-source'
import { readAgain } from './read-again'

let temporary: TemporaryContext
beforeEach(() => {
  temporary = temporaryContext()
})
afterEach(() => temporary.dispose())

it.each([
  [17, 17],
  [0.2, 1],
  [null, 1],
])('tells the wait that the engine works out from what waits there: %s s is %s s', async (told, expected) => {
  const admin = temporary.as('admin')
  temporary.engine.commanded = () => Promise.resolve(null)
  const settings = { address: '127.0.0.1', port: 5514, path: null, format: null, backfill: false, quietAfterMs: 900_000 }
  const { source } = await addLogSource(admin, { name: 's', kind: 'syslog-udp', acceptsUnauthenticated: false, keyDays: null, settings })
  temporary.engine.commanded = () => Promise.reject(Object.assign(new Error('full'), { code: 'overloaded', retryAfterSeconds: told }))
  await expect(readAgain(admin, { owner: 'log-source', id: source.id, format: null })).rejects.toMatchObject({
    code: 'too-many-requests',
    extra: { retryAfterSeconds: expected },
  })
  expect((await temporary.stores.audit.list(9, null)).rows.map(({ action }) => action)).toEqual(['log-source.added'])
  expect(admin.now()).toBe(NOON)
})
