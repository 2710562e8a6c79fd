import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DAY, draft, HOUR, lookup, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { createSqliteHostNameWriter } from '@/lib/store/sqlite/host-name-writer'
import { getDomain } from '../domains/get-domain'
import { getHost } from '../hosts/get-host'
import { countEvents } from './count-events'
import { exportEvents } from './export-events'
import { searchEvents } from './search-events'

const HOSTILE = '=hyperlink(\\034http://x\\034)\\226\\128\\174.t.example'
const nobody = { name: null, executable: null, args: [], commandLine: null, pid: null, entityId: null }

let temporary: TemporaryContext
beforeEach(() => {
  temporary = temporaryContext()
  temporary.stores.events.append(
    [
      lookup({ id: 1, at: NOON - 2 * DAY, qname: 'a.t.example', source: '10.0.0.9', rcode: 'NXDOMAIN' }),
      lookup({ id: 2, at: NOON - HOUR, qname: HOSTILE, hostName: 'WS-1', userName: '@eve' }),
      lookup({ id: 3, at: NOON - HOUR + 1, qname: 'www.shop.example', qtype: 'A', source: '10.0.0.9' }),
      {
        kind: 'process',
        id: 4,
        at: NOON - HOUR,
        timeQuality: 'exact',
        category: ['process'],
        type: ['start'],
        action: null,
        hostId: 'h-1',
        hostName: 'WS-1',
        hostIps: ['10.0.0.5'],
        user: { name: 'eve', domain: null, id: null },
        process: { ...nobody, name: 'nslookup.exe', commandLine: 'nslookup -q=TXT a.t.example', originalFileName: null },
        parent: { ...nobody, name: 'powershell.exe' },
        sensor: null,
        format: 'sysmon',
        recordNo: 1,
      },
    ],
    'in-1',
  )
})
afterEach(() => temporary.dispose())

const textOf = async ({ pieces }: { pieces: AsyncGenerator<string> }): Promise<string> => {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

describe('a search', () => {
  test('finds lookups newest first over days, with the range it stood for', async () => {
    const found = await searchEvents(temporary.as('analyst'), { kind: 'lookups', q: 'zone:t.example', limit: 10, cursor: null })
    expect(found.rows.map(({ id }) => id)).toEqual([2, 1])
    expect(found.rows[0]).toMatchObject({ zone: 't.example', qname: HOSTILE, userName: '@eve' })
    expect(found.range).toEqual({ from: NOON - 2 * DAY, to: NOON - HOUR + 2 })
    expect(found.nextCursor).toBeNull()
  })

  test('finds process starts by host and by what their command line names', async () => {
    const found = await searchEvents(temporary.as('manager'), { kind: 'processes', q: 'host:ws-1 zone:t.example', limit: 10, cursor: null })
    expect(found.rows).toMatchObject([{ kind: 'process', processName: 'nslookup.exe', parentName: 'powershell.exe' }])
  })

  test('counts by bucket, type and source', async () => {
    const counted = await countEvents(temporary.as('analyst'), { kind: 'lookups', q: '', cursor: null })
    expect(counted).toMatchObject({ total: 3, bucketMs: HOUR, nextCursor: null })
    expect(counted.buckets.map(({ at, by }) => [at, by])).toEqual([
      [NOON - 2 * DAY, { TXT: 1 }],
      [NOON - HOUR, { TXT: 1, A: 1 }],
    ])
    expect(counted.facets.find(({ field }) => field === 'source')?.values).toEqual([
      { value: '10.0.0.9', count: 2 },
      { value: '10.0.0.5', count: 1 },
    ])
  })

  test.each([
    [{ q: 'size:1' }, 'q'],
    [{ q: '', from: 5, to: 5 }, 'to'],
  ])('%j is refused with the field that is wrong', async (input, path) => {
    const asked = searchEvents(temporary.as('analyst'), { kind: 'lookups', limit: 10, cursor: null, ...input })
    await expect(asked).rejects.toMatchObject({ code: 'invalid', fields: [{ path }] })
  })
})

describe('an export', () => {
  test('is text to a spreadsheet, whatever the names are', async () => {
    const writer = createSqliteHostNameWriter(`${temporary.dataDir}/app.db`)
    const seen = { firstSeenAt: NOON - HOUR, lastSeenAt: NOON }
    writer.learn([{ address: '10.0.0.5', origin: 'dhcp', name: '=cmd|x', ...seen, demo: false }])
    writer.close()
    const text = await textOf(await exportEvents(temporary.as('analyst'), { kind: 'lookups', q: 'zone:t.example' }))
    const [header, first] = text.split('\r\n')
    expect(header).toBe('\uFEFFtime,source,host,user,process,name,zone,type,rcode,answers,server,sensor,format,sourceName')
    expect(first).toBe(
      `${new Date(NOON - HOUR).toISOString()},10.0.0.5,WS-1,'@eve,,'${HOSTILE},t.example,TXT,NOERROR,aGVsbG8,10.0.0.53,zeek-1,zeek-json,'=cmd|x`,
    )
  })

  test('says when it stops at its limit, and only then', async () => {
    const lines = async (maxRows: number) =>
      (await textOf(await exportEvents(temporary.as('analyst'), { kind: 'lookups', q: '' }, maxRows))).trimEnd().split('\r\n')
    expect((await lines(2)).at(-1)).toMatch(/^Stopped at 2 rows/)
    expect(await lines(3)).toHaveLength(4)
  })
})

describe('a domain', () => {
  test('tells who asked first, its alarms and what allows it', async () => {
    temporary.stores.alarmSink.upsert([draft({ id: 'ALM-1' })], NOON)
    const domain = await getDomain(temporary.as('analyst'), { name: 'deep.A.T.example.' })
    expect(domain.zone).toBe('t.example')
    expect(domain.seen).toEqual({ queries: 2, sources: 2, firstAt: NOON - 2 * DAY, lastAt: NOON - HOUR })
    expect(domain.hosts.filter(({ first }) => first).map(({ source }) => source)).toEqual(['10.0.0.9'])
    expect(domain.hosts.find(({ source }) => source === '10.0.0.5')?.openAlarms).toBe(1)
    expect(domain.alarms.map(({ id }) => id)).toEqual(['ALM-1'])
    expect(domain.allowlist).toEqual([])
  })

  test('a service of the catalogue is named with its source', async () => {
    const { catalogue, seen } = await getDomain(temporary.as('analyst'), { name: 'mcafee.com' })
    expect(seen).toBeNull()
    expect(catalogue.map(({ suffix }) => suffix)).toContain('avqs.mcafee.com')
  })

  test.each(['com', 'localhost', '10.0.0.1', '5.0.0.10.in-addr.arpa', '..', ' '])('%j is none', async (name) => {
    await expect(getDomain(temporary.as('analyst'), { name })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a host', () => {
  test('by address: users, names, rare domains, alarms, DNS tools', async () => {
    temporary.stores.alarmSink.upsert([draft({ id: 'ALM-1' }), draft({ id: 'ALM-2', source: '10.0.0.9' })], NOON)
    const host = await getHost(temporary.as('analyst'), { id: '10.0.0.5' })
    expect(host).toMatchObject({ searchBy: 'source', names: ['WS-1'], users: ['@eve', 'eve'], lastSeenAt: NOON - HOUR })
    expect(host.alarms.map(({ alarm, recent }) => [alarm.id, recent])).toEqual([['ALM-1', true]])
    expect(host.rare.zones).toEqual([{ zone: 't.example', queries: 1, firstSeenAt: NOON - HOUR, lastSeenAt: NOON - HOUR, otherSources: 1 }])
    expect(host.dnsTools).toMatchObject({ complete: true, starts: [{ processName: 'nslookup.exe' }] })
  })

  test('by host name or id the same machine', async () => {
    for (const id of ['ws-1', 'h-1']) {
      const host = await getHost(temporary.as('analyst'), { id })
      expect(host.addresses).toContain('10.0.0.5')
      expect(host.dnsTools.starts).toHaveLength(1)
    }
  })

  test('one that nothing names is not found', async () => {
    await expect(getHost(temporary.as('analyst'), { id: '<img src=x>' })).rejects.toMatchObject({ code: 'not-found' })
  })
})
