import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAssetLookup } from '@/lib/domain/asset-lookup'
import type { DnsEvent } from '@/lib/domain/dns-event'
import type { NameSpan } from '@/lib/domain/host-name'
import type { ProcessEvent } from '@/lib/domain/process-event'
import { lookup, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { createSqliteHostNameWriter } from '@/lib/store/sqlite/host-name-writer'
import { createSqliteIntakeLog, openIntakeDatabase } from '@/lib/store/sqlite/intake-log'
import { createEngine } from './engine'
import { createHostNameLearner, type HostNameLearner } from './host-names'
import { createMemoryAlarmSink } from './memory-alarm-sink'

const AT = Date.UTC(2026, 10, 21, 9, 0, 30)
const MINUTE = Date.UTC(2026, 10, 21, 9)
let id = 0
const answered = (qname: string, qtype: string | null, ...answers: [name: string | null, type: string | null, data: string][]): DnsEvent =>
  lookup({
    ...{ id: ++id, at: AT, qname, qtype },
    answers: answers.map(([name, type, data]) => ({ name, type, data, ttlSeconds: 60, bytes: null })),
  })

const zones = createAssetLookup([{ key: 'corp.example', name: '', roles: ['own-zone'] }])

let stored: NameSpan[][]
let learner: HostNameLearner
let failing = false
beforeEach(() => {
  stored = []
  failing = false
  learner = createHostNameLearner({
    writer: {
      learn: (spans) => {
        if (failing) throw new Error('database is locked')
        stored.push([...spans])
      },
      removeDemo: () => {},
    },
    ownZoneOf: zones.ownZoneOf,
    onFailure: () => {},
  })
})

/** `origin address name` of what the event tells. */
function told(event: DnsEvent | ProcessEvent): string[] {
  learner.learn({ events: [event] }, false)
  return stored.flat().map(({ origin, address, name }) => `${origin} ${address} ${name}`)
}

describe('an answer of the reverse tree', () => {
  it.each<[string, DnsEvent, string[]]>([
    [
      'names an internal address',
      answered('5.0.0.10.in-addr.arpa', 'PTR', [null, 'PTR', 'LAPTOP-7.corp.example.']),
      ['ptr 10.0.0.5 laptop-7.corp.example'],
    ],
    ['of a log that names no types', answered('5.0.0.10.in-addr.arpa', 'PTR', [null, null, 'pc.lan']), ['ptr 10.0.0.5 pc.lan']],
    [
      'behind an alias (RFC 2317)',
      answered('5.0.0.10.in-addr.arpa', 'PTR', [null, 'CNAME', '5.0-25.0.0.10.in-addr.arpa'], [null, 'PTR', 'pc.lan']),
      ['ptr 10.0.0.5 pc.lan'],
    ],
    [
      'of IPv6 in private use',
      answered('5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa', 'PTR', [null, 'PTR', 'pc.lan']),
      ['ptr fd00::5 pc.lan'],
    ],
    ['of a public address is not believed', answered('5.2.0.192.in-addr.arpa', 'PTR', [null, 'PTR', 'trusted.example']), []],
    [
      'of a public address below an own zone is',
      answered('5.2.0.192.in-addr.arpa', 'PTR', [null, 'PTR', 'www.corp.example']),
      ['ptr 192.0.2.5 www.corp.example'],
    ],
    ['that only repeats the address says nothing', answered('5.0.0.10.in-addr.arpa', 'PTR', [null, 'PTR', 'ip-10-0-0-5.internal']), []],
    [
      'from a public resolver is not believed',
      { ...answered('5.0.0.10.in-addr.arpa', 'PTR', [null, 'PTR', 'pc.lan']), serverIp: '8.8.8.8' },
      [],
    ],
    ['without an answer', answered('5.0.0.10.in-addr.arpa', 'PTR'), []],
    ['of a network', answered('0.0.10.in-addr.arpa', 'SOA', [null, 'SOA', 'ns.lan admin.lan']), []],
    ['heard on multicast', { ...answered('5.0.0.10.in-addr.arpa', 'PTR', [null, 'PTR', 'pc.local']), scope: 'local-multicast' }, []],
  ])('%s', (_, event, names) => expect(told(event)).toEqual(names))
})

describe('an address in an answer', () => {
  it.each<[string, DnsEvent, string[]]>([
    ['below an own zone names it', answered('files.corp.example', 'A', [null, 'A', '10.0.0.9']), ['zone 10.0.0.9 files.corp.example']],
    [
      'by the owner of the record',
      answered('www.corp.example', 'A', ['www.corp.example', 'CNAME', 'web1.corp.example'], ['web1.corp.example', 'A', '10.0.0.9']),
      ['zone 10.0.0.9 web1.corp.example'],
    ],
    [
      'behind an alias in a log without owners is nobody’s',
      answered('www.corp.example', 'A', [null, null, 'cdn.example.net'], [null, 'A', '192.0.2.9']),
      [],
    ],
    ['of the zone itself is of all its servers', answered('corp.example', 'A', [null, 'A', '10.0.0.9']), []],
    ['below another zone says nothing', answered('evilcorp.example', 'A', [null, 'A', '10.0.0.9']), []],
  ])('%s', (_, event, names) => expect(told(event)).toEqual(names))
})

it('an agent names its host’s addresses, but not those that every host has', () => {
  const nobody = { pid: null, executable: null, name: null, commandLine: null, args: [], entityId: null }
  const start: ProcessEvent = {
    ...{ kind: 'process', id: 1, at: AT, timeQuality: 'exact', category: [], type: [], action: null, hostId: 'h', hostName: 'WS-12' },
    hostIps: ['10.0.0.12', 'fe80::1', '127.0.0.1', '169.254.3.4', '::1', 'x', 'fd00:0::12'],
    user: { name: null, domain: null, id: null },
    process: { ...nobody, originalFileName: null } as unknown as ProcessEvent['process'],
    parent: nobody as unknown as ProcessEvent['parent'],
    ...{ sensor: null, format: 'ecs', recordNo: 1 },
  }
  expect(told(start)).toEqual(['endpoint 10.0.0.12 ws-12', 'endpoint fd00::12 ws-12'])
})

describe('what is stored', () => {
  const lease = (at: number, name = 'pc') => ({ address: '10.0.0.5', name, at, until: at + 1_000 })

  it('is the minute of a sign, the exact time of a lease, and nothing for what is known', () => {
    learner.learn({ events: [answered('5.0.0.10.in-addr.arpa', 'PTR', [null, 'PTR', 'pc.lan'])], leases: [lease(AT)] }, false)
    expect(stored).toEqual([
      [
        { address: '10.0.0.5', origin: 'dhcp', name: 'pc', firstSeenAt: AT, lastSeenAt: AT + 1_000, demo: false },
        { address: '10.0.0.5', origin: 'ptr', name: 'pc.lan', firstSeenAt: MINUTE, lastSeenAt: MINUTE + 59_999, demo: false },
      ],
    ])
    learner.learn({ events: [answered('5.0.0.10.in-addr.arpa', 'PTR', [null, 'PTR', 'pc.lan'])], leases: [lease(AT)] }, false)
    expect(stored).toHaveLength(1)
    learner.learn({ events: [], leases: [lease(AT)] }, true)
    expect(stored[1]).toMatchObject([{ name: 'pc', demo: true }])
  })

  it('waits for a store that is locked, and throws nothing', () => {
    failing = true
    learner.learn({ events: [], leases: [lease(AT)] }, false)
    failing = false
    learner.learn({ events: [], leases: [lease(AT, 'other')] }, false)
    expect(stored.flat().map(({ name }) => name)).toEqual(['pc', 'other'])
  })
})

describe('an engine', () => {
  let temporary: TemporaryContext
  let folder: string
  beforeEach(() => {
    temporary = temporaryContext()
    folder = mkdtempSync(join(tmpdir(), 'dowser-names-engine-'))
  })
  afterEach(async () => {
    await temporary.dispose()
    rmSync(folder, { recursive: true, force: true })
  })

  it('learns from imports and from senders that stay, the same however often, and forgets the demonstration', async () => {
    const events = createSqliteEventStore({ dir: folder })
    const intakes = createSqliteIntakeLog(openIntakeDatabase(folder))
    const hostNames = createSqliteHostNameWriter(join(temporary.dataDir, 'app.db'))
    let ids = 0
    const engine = createEngine({
      ...{ events, intakes, sink: createMemoryAlarmSink(), detectors: [], hostNames },
      now: () => AT + 3_600_000,
      newId: () => `i${++ids}`,
      pause: () => Promise.resolve(),
      pid: 1,
      isAlive: () => false,
    })
    const line = (host: string) => `Nov 21 09:00:02 gw dhcpd[812]: DHCPACK on 10.0.0.5 to 02:00:5e:00:53:05 (${host}) via eth1\n`
    async function* bytes(text: string) {
      yield Buffer.from(text)
    }
    const meta = { via: 'upload', name: 'dhcpd.log', bytesTotal: null, demo: false }
    const names = async () => (await temporary.stores.hostNames.ofAddresses(['10.0.0.5'])).get('10.0.0.5')?.map(({ name }) => name)

    const intake = await engine.import(bytes(line('laptop-7')), meta)
    expect(intake).toMatchObject({ state: 'done', records: 1, dnsEvents: 0, skipped: { 'address-lease': 1 }, rejected: 0 })
    await engine.import(bytes(line('laptop-7')), meta)
    expect(await names()).toEqual(['laptop-7'])

    engine.stream.accept({
      logSourceId: 'a',
      batch: {
        events: [],
        rejects: [],
        skipped: {},
        records: 1,
        bytesRead: 0,
        leases: [{ address: '10.0.0.5', name: 'Live', at: AT, until: null }],
      },
      place: null,
    })
    await engine.import(bytes(line('demo-host')), { ...meta, demo: true })
    expect((await names())?.toSorted()).toEqual(['demo-host', 'laptop-7', 'live'])
    await engine.removeDemo()
    expect((await names())?.toSorted()).toEqual(['laptop-7', 'live'])

    engine.close()
    events.close()
    intakes.close()
    hostNames.close()
  })
})
