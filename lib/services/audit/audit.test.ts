import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AuditValuesResponse, ListAuditResponse } from '@/lib/api/contracts/audit'
import { HOUR, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { exportAudit } from './export-audit'
import { listAudit } from './list-audit'
import { listAuditValues } from './list-audit-values'

let temporary: TemporaryContext
beforeEach(async () => {
  temporary = temporaryContext()
  const { audit } = temporary.stores
  const ada = { userId: 'user-ada', name: 'Ada', role: 'admin' } as const
  const line = { entity: 'user', entityId: 'user-1', detail: null }
  await audit.append({ ...line, at: NOON, by: ada, action: 'user.created' })
  await audit.append({ ...line, at: NOON + HOUR, by: null, action: 'user.updated', detail: '=cmd|x, "y"\nz' })
  await audit.append({ ...line, at: NOON + 2 * HOUR, by: ada, action: 'detector.changed', entity: 'detector', entityId: 'd' })
})
afterEach(() => temporary.dispose())

const list = async (filter: Partial<Parameters<typeof listAudit>[1]> = {}) =>
  (await listAudit(temporary.as('manager'), { limit: 10, cursor: null, ...filter })).rows.map(({ action }) => action)

describe('the audit log', () => {
  it('is newest first, a page at a time, without a line twice', async () => {
    const ctx = temporary.as('manager')
    const first = await listAudit(ctx, { limit: 2, cursor: null })
    expect(ListAuditResponse.parse(first)).toEqual(first)
    await temporary.stores.audit.append({ at: NOON, by: null, action: 'late', entity: 'user', entityId: 'x', detail: null })
    const second = await listAudit(ctx, { limit: 2, cursor: first.nextCursor })
    expect([...first.rows, ...second.rows].map(({ action }) => action)).toEqual(['detector.changed', 'user.updated', 'user.created'])
    expect(second.nextCursor).toBeNull()
  })

  it.each<[string, Partial<Parameters<typeof listAudit>[1]>, readonly string[]]>([
    ['person', { byName: 'Ada' }, ['detector.changed', 'user.created']],
    ['action', { action: 'user.updated' }, ['user.updated']],
    ['entity', { entity: 'detector' }, ['detector.changed']],
    ['entity and id', { entity: 'user', entityId: 'user-1' }, ['user.updated', 'user.created']],
    ['time, its end left out', { from: NOON + HOUR, to: NOON + 2 * HOUR }, ['user.updated']],
    ['open start', { to: NOON + HOUR }, ['user.created']],
  ])('is narrowed by %s', async (_, filter, expected) => {
    expect(await list(filter)).toEqual(expected)
  })

  it('tells what it can be narrowed to', async () => {
    const values = await listAuditValues(temporary.as('manager'))
    expect(AuditValuesResponse.parse(values)).toEqual({
      people: ['Ada'],
      actions: ['detector.changed', 'user.created', 'user.updated'],
      entities: ['detector', 'user'],
    })
  })

  it('refuses a cursor of another list', async () => {
    await expect(listAudit(temporary.as('admin'), { limit: 1, cursor: 'bm8' })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('is exported as CSV that no spreadsheet runs', async () => {
    const { pieces } = await exportAudit(temporary.as('manager'), { entity: 'user' })
    let text = ''
    for await (const piece of pieces) text += piece
    expect(text).toBe(
      '\uFEFFtime,who,action,entity,entityId,detail\r\n' +
        `2026-11-21T13:00:00.000Z,,user.updated,user,user-1,"'=cmd|x, ""y""\nz"\r\n` +
        '2026-11-21T12:00:00.000Z,Ada,user.created,user,user-1,\r\n',
    )
  })
})
