import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ImportAssetsResponse,
  ListAssetsResponse,
  NameHistoryResponse,
  SaveAssetResponse,
  SourceNamesQuery,
  SourceNamesResponse,
} from '@/lib/api/contracts/assets'
import { HOUR, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { createSqliteAssetReader } from '@/lib/store/sqlite/asset-reader'
import { createSqliteHostNameWriter } from '@/lib/store/sqlite/host-name-writer'
import { exportAssets } from './export-assets'
import { importAssets } from './import-assets'
import { listAssets } from './list-assets'
import { listNames } from './list-names'
import { nameSources } from './name-sources'
import { removeAsset } from './remove-asset'
import { saveAsset } from './save-asset'

let temporary: TemporaryContext
let commands: string[]
beforeEach(() => {
  temporary = temporaryContext()
  commands = []
  temporary.engine.commanded = async (name) => {
    commands.push(name)
    return { assets: 0 }
  }
})
afterEach(() => temporary.dispose())

const admin = () => temporary.as('admin', 'Ada')
const take = (csv: string, dryRun = false) => importAssets(admin(), { csv, dryRun })
const all = async () => (await listAssets(temporary.as('analyst'))).assets
const audit = async () =>
  (await temporary.stores.audit.list(20, null)).rows.map(({ action, entityId, detail }) => [action, entityId, detail])

const FILE = 'address,name,roles\r\n10.0.0.53,"dns, first floor",resolver;dns-forwarder\r\n\r\n10.9.0.0/16,,scanner\r\n'

describe('a file of assets', () => {
  it('is stored, told to the engine, readable by it, and audited once', async () => {
    const answer = await take(FILE)
    expect(ImportAssetsResponse.parse(answer)).toEqual(answer)
    expect(answer).toEqual({ added: 2, changed: 0, unchanged: 0, problems: [], problemCount: 0, stored: true, running: true })
    const by = { origin: 'csv', updatedAt: NOON, updatedByName: 'Ada' }
    expect(await all()).toEqual([
      { key: '10.0.0.53', name: 'dns, first floor', roles: ['resolver', 'dns-forwarder'], ...by },
      { key: '10.9.0.0/16', name: '', roles: ['scanner'], ...by },
    ])
    expect(commands).toEqual(['assets.reload'])
    expect(await audit()).toEqual([['asset.imported', 'csv', '2 added, 0 changed']])
    const reader = createSqliteAssetReader(`${temporary.dataDir}/app.db`)
    expect(reader.all().map(({ key }) => key)).toEqual(['10.0.0.53', '10.9.0.0/16'])
    reader.close()
  })

  it('dry: says what would happen and stores nothing', async () => {
    expect(await take(FILE, true)).toMatchObject({ added: 2, stored: false, running: false })
    expect([await all(), commands, await audit()]).toEqual([[], [], []])
  })

  it('taken again changes what differs and leaves the rest', async () => {
    await take(FILE)
    const again = await take('roles;x,address,more,name,roles\n,010,,,\n', true)
    expect(again.problemCount).toBe(1)
    expect(
      await take('name,address,roles\nscan,10.9.3.4/16,scanner monitoring\n"dns, first floor",10.0.0.53,dns-forwarder;resolver\n'),
    ).toMatchObject({
      added: 0,
      changed: 1,
      unchanged: 1,
    })
  })

  it('with bad lines names every one, and nothing of it is stored', async () => {
    const csv = 'address,name,roles\n10.0.0.1,a,resolver\n10.0.0.999,b,\n10.0.0.2,c,boss\n10.0.0.1/32,d,\n10.0.0.3,,\n10.0.0.4,z,own-zone\n'
    const problems = [
      { line: 3, message: 'address: is no address, no network as CIDR and no host name' },
      { line: 4, message: expect.stringContaining('roles: boss is none of resolver') },
      { line: 5, message: 'address: is the same as that of line 2' },
      { line: 6, message: 'says nothing: give a name or a role' },
      { line: 7, message: 'roles: own-zone is for a DNS name' },
    ]
    expect(await take(csv, true)).toMatchObject({ added: 1, problemCount: 5, problems })
    await expect(take(csv)).rejects.toMatchObject({
      code: 'invalid',
      fields: problems.map(({ line, message }) => ({ path: `line ${line}`, message })),
    })
    expect(await all()).toEqual([])
  })

  it.each(['', '10.0.0.1,a,resolver', 'address\n10.0.0.1', '\u0000\uFFFD'])('without its header is refused: %j', async (csv) => {
    expect(await take(csv, true)).toMatchObject({ problems: [{ line: 1 }], added: 0 })
  })

  it('comes back as it went out, and runs no formula in a spreadsheet', async () => {
    await saveAsset(admin(), { address: '10.0.0.1', name: '=HYPERLINK("http://x")', roles: ['monitoring'] })
    const before = await all()
    const { csv } = await exportAssets(temporary.as('analyst'))
    expect(csv.split('\r\n')[1]).toBe(`10.0.0.1,"'=HYPERLINK(""http://x"")",monitoring,page,2026-11-21T12:00:00.000Z,Ada`)
    expect(await take(csv)).toMatchObject({ unchanged: 1, changed: 0 })
    expect(await all()).toEqual(before)
  })

  it('of thousands is stored whole, at once', async () => {
    const lines = Array.from({ length: 1_200 }, (_, i) => `10.3.${i >> 8}.${i & 255},h${i},`)
    expect(await take(`address,name,roles\n${lines.join('\n')}`)).toMatchObject({ added: 1_200 })
    expect(await all()).toHaveLength(1_200)
  })
})

describe('one asset', () => {
  it('is added, changed, removed, each with its audit line', async () => {
    const answer = await saveAsset(admin(), { address: 'MX1.example.', name: ' Mail ', roles: ['mail-server'] })
    expect(SaveAssetResponse.parse(answer)).toEqual(answer)
    expect(answer.asset).toMatchObject({ key: 'mx1.example', name: 'Mail', origin: 'page', updatedByName: 'Ada' })
    await saveAsset(admin(), { address: 'mx1.example', name: '', roles: ['mail-server', 'scanner'] })
    const list = await listAssets(temporary.as('analyst'))
    expect(ListAssetsResponse.parse(list)).toEqual(list)
    await removeAsset(admin(), { key: 'mx1.example' })
    expect(await audit()).toEqual([
      ['asset.removed', 'mx1.example', 'no name, mail-server scanner'],
      ['asset.changed', 'mx1.example', 'Mail, mail-server → no name, mail-server scanner'],
      ['asset.added', 'mx1.example', 'Mail, mail-server'],
    ])
    await expect(removeAsset(admin(), { key: 'mx1.example' })).rejects.toMatchObject({ code: 'not-found' })
    expect(await audit()).toHaveLength(3)
  })

  it('names the bad field', async () => {
    await expect(saveAsset(admin(), { address: '10.0.0.0/4', name: 'x', roles: [] })).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ path: 'address', message: expect.stringContaining('/8') }],
    })
  })

  it('is stored also when the engine is down, and says so', async () => {
    temporary.engine.commanded = () => Promise.reject(new Error('down'))
    expect(await saveAsset(admin(), { address: '10.0.0.1', name: 'x', roles: [] })).toMatchObject({ running: false })
  })
})

describe('names beside addresses', () => {
  const ask = (text: string) => nameSources(temporary.as('analyst'), SourceNamesQuery.parse({ sources: text }))
  const given = { at: null, origin: 'asset', firstSeenAt: null, lastSeenAt: null }
  const span = (address: string, name: string, from: number, to: number) => ({
    ...{ address, name, origin: 'dhcp' as const, demo: false },
    ...{ firstSeenAt: NOON + from * HOUR, lastSeenAt: NOON + to * HOUR },
  })
  const learn = (...spans: ReturnType<typeof span>[]) => {
    const writer = createSqliteHostNameWriter(`${temporary.dataDir}/app.db`)
    writer.learn(spans)
    writer.close()
  }

  it('are those of the address itself, however it is written; a network and an empty name give none', async () => {
    await take('address,name,roles\n10.0.0.53,dns1,\n10.0.0.0/24,floor 1,\n10.0.0.9,,scanner\n2001:db8::1,v6 host,\nmx1,Mail,\n')
    const answer = await ask('10.0.0.53,10.0.0.7,10.0.0.9,2001:db8:0::1,MX1,')
    expect(SourceNamesResponse.parse(answer)).toEqual(answer)
    expect(answer.names).toEqual([
      { ...given, source: '10.0.0.53', name: 'dns1' },
      { ...given, source: '2001:db8:0::1', name: 'v6 host' },
      { ...given, source: 'MX1', name: 'Mail' },
    ])
  })

  it('are those of the instant asked for; without one, of now', async () => {
    learn(span('10.0.0.5', 'old', -9, -5), span('10.0.0.5', 'new', -4, -1))
    const { names } = await ask(`10.0.0.5@${NOON - 6 * HOUR},10.0.0.5,10.0.0.5@${NOON - 3 * HOUR},10.0.0.5@0`)
    expect(names.map(({ at, name, origin }) => [at, name, origin])).toEqual([
      [NOON - 6 * HOUR, 'old', 'dhcp'],
      [null, 'new', 'dhcp'],
      [NOON - 3 * HOUR, 'new', 'dhcp'],
    ])
    await take('address,name,roles\n10.0.0.5,by hand,\n')
    expect((await ask(`10.0.0.5@${NOON - 6 * HOUR}`)).names).toMatchObject([{ name: 'by hand', origin: 'asset' }])
  })

  it.each([
    '',
    ',,',
    '\u0000',
    '\ud800',
    '@5',
    '10.0.0.1@',
    '10.0.0.1@99999999999999999999',
    `${'x'.repeat(300)}`,
    "' OR 1=1 --",
    '%',
    '../..',
  ])('of %j are none, and no error', async (text) => {
    expect((await ask(text)).names).toEqual([])
  })

  it('more than fit one request are refused', () => {
    const many = Array.from({ length: 101 }, (_, i) => `10.0.0.${i}`).join()
    expect(SourceNamesQuery.safeParse({ sources: many }).success).toBe(false)
    expect(SourceNamesQuery.safeParse({ sources: 'x'.repeat(6_001) }).success).toBe(false)
  })

  it('are all told of one address, and all addresses of one name', async () => {
    learn(span('10.0.0.5', 'laptop-7.corp.example', -9, -5), span('10.0.0.5', 'b', -4, -1), span('10.0.0.6', 'laptop-7', -2, -1))
    const history = async (of: string) => {
      const answer = await listNames(temporary.as('analyst'), { of })
      expect(NameHistoryResponse.parse(answer)).toEqual(answer)
      return answer.spans.map(({ address, name }) => `${address} ${name}`)
    }
    expect(await history('10.0.0.5')).toEqual(['10.0.0.5 b', '10.0.0.5 laptop-7.corp.example'])
    expect(await history('LAPTOP-7')).toEqual(['10.0.0.6 laptop-7', '10.0.0.5 laptop-7.corp.example'])
    expect(await history('laptop')).toEqual([])
    expect(await history(' ')).toEqual([])
  })
})
