import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NameSpan } from '@/lib/domain/host-name'
import { DAY, draft, HOUR, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { createSqliteHostNameWriter } from '@/lib/store/sqlite/host-name-writer'
import { listAlarms } from './list-alarms'
import { listStories } from './list-stories'

let temporary: TemporaryContext

const learnt = (fields: Partial<NameSpan>): NameSpan => ({
  address: '10.0.0.7',
  origin: 'dhcp',
  name: 'ws-12.corp.example',
  firstSeenAt: NOON - 2 * HOUR,
  lastSeenAt: NOON,
  demo: false,
  ...fields,
})

beforeEach(async () => {
  temporary = temporaryContext()
  temporary.stores.alarmSink.upsert(
    [
      draft({ id: 'ALM-AGENT', zone: 'a.example', source: '10.0.0.5', hostName: 'WS-12' }),
      draft({ id: 'ALM-LEASED', zone: 'b.example', source: '10.0.0.7' }),
      draft({ id: 'ALM-YEAR-AGO', zone: 'c.example', source: '10.0.0.7', firstSeenAt: NOON - 365 * DAY, lastSeenAt: NOON - 364 * DAY }),
      draft({ id: 'ALM-WRITTEN', zone: 'd.example', source: '10.0.0.8' }),
      draft({ id: 'ALM-OTHER', zone: 'e.example', source: '10.0.0.9' }),
    ],
    NOON,
  )
  const writer = createSqliteHostNameWriter(join(temporary.dataDir, 'app.db'))
  writer.learn([learnt({}), learnt({ address: '10.0.0.9', name: 'ws-123.corp.example' })])
  writer.close()
  const { actor } = temporary.as('admin')
  await temporary.stores.assets.save(
    [{ key: '10.0.0.8', name: 'Printer.corp.example', roles: [], origin: 'page', updatedAt: NOON, updatedByName: 'ada' }],
    { by: actor, at: NOON, audit: { action: 'asset.saved', entityId: '10.0.0.8', detail: '' } },
  )
})
afterEach(() => temporary.dispose())

describe('alarms of a host', () => {
  it.each([
    ['a name, on the host and on the address that was given it', 'ws-12', ['ALM-AGENT', 'ALM-LEASED']],
    ['a full name, whatever its case', 'WS-12.corp.example', ['ALM-LEASED']],
    ['a name that a person gave', 'printer', ['ALM-WRITTEN']],
    ['an address, named or not', '10.0.0.7', ['ALM-LEASED', 'ALM-YEAR-AGO']],
    ['no other name that begins alike', 'ws-1', []],
    ['no pattern', 'ws-1%', []],
  ])('are found by %s', async (_name, host, expected) => {
    const ctx = temporary.as('analyst')
    const { rows } = await listAlarms(ctx, { sort: 'worst', limit: 50, cursor: null, host })
    expect(rows.map(({ id }) => id).toSorted()).toEqual(expected)
    const { stories } = await listStories(ctx, { limit: 50, cursor: null, host })
    expect(stories).toHaveLength(expected.length)
  })
})
