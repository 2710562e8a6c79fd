import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { NOW_MS, readWhole } from '@/lib/formats/test-support'
import { type BulkReply, bulkOf, startTestServer, statusesOf, type TestServer } from './fixtures/test-server'

const LATER = NOW_MS + 60 * 86_400_000
const fixture = (path: string): string => readFileSync(fileURLToPath(new URL(`../../formats/${path}`, import.meta.url)), 'utf8')
const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '')

let server: TestServer
beforeEach(async () => {
  server = await startTestServer({ now: () => LATER })
})
afterEach(() => server.close())

const send = async (documents: readonly unknown[]): Promise<BulkReply> => (await server.bulk(bulkOf(documents))).json()
const idsOf = (events: readonly { readonly id: number }[]) => events.map((event) => event.id).toSorted((a, b) => a - b)
const storedIds = () => idsOf([...server.lookups(), ...server.starts()])

describe('documents are read as the files of their format are', () => {
  test.each([
    'ecs/fixtures/documents.ndjson',
    'winlogbeat/fixtures/events.ndjson',
    'windows-event/fixtures/events.ndjson',
    'zeek-json/fixtures/dns.ndjson',
    'suricata-eve/fixtures/eve.json',
    'route53-resolver/fixtures/queries.ndjson',
    'gcp-dns/fixtures/queries.ndjson',
    'cloudflare-gateway/fixtures/gateway.ndjson',
    'microsoft-dnsserver/fixtures/events.ndjson',
    'ocsf/fixtures/activity.ndjson',
  ])('%s', async (path) => {
    // A document without a time is of the moment it comes in; a file's is refused.
    const lines = linesOf(fixture(path)).filter((line) => path !== 'ecs/fixtures/documents.ndjson' || line.includes('@timestamp'))
    const file = await readWhole(lines.join('\n'), { nowMs: LATER })
    const reply = await send(lines)
    expect(reply.items).toHaveLength(lines.length)
    expect(file.events.length).toBeGreaterThan(0)
    expect(storedIds()).toEqual(idsOf(file.events))
    await send(lines)
    expect(storedIds()).toEqual(idsOf(file.events))
  })

  test('kinds mixed in one request do not disturb each other', async () => {
    const files = ['ecs/fixtures/documents.ndjson', 'winlogbeat/fixtures/events.ndjson', 'zeek-json/fixtures/dns.ndjson'].map((path) =>
      linesOf(fixture(path)).filter((line) => path !== 'ecs/fixtures/documents.ndjson' || line.includes('@timestamp')),
    )
    const ids = []
    for (const lines of files) ids.push(...(await readWhole(lines.join('\n'), { nowMs: LATER })).events)
    const longest = Math.max(...files.map((lines) => lines.length))
    const shuffled = Array.from({ length: longest }, (_, at) => files.flatMap((lines) => lines[at] ?? [])).flat()
    await send(shuffled)
    expect(storedIds()).toEqual(idsOf(ids))
  })
})

describe('log lines in documents', () => {
  test.each([
    ['bind/fixtures/query.log', 'bind'],
    ['unbound/fixtures/queries-replies.log', 'unbound'],
    ['dnsmasq/fixtures/extra.log', 'dnsmasq'],
    ['coredns/fixtures/plain.log', 'coredns'],
    ['powerdns/fixtures/recursor.log', 'powerdns'],
    ['zeek-tsv/fixtures/dns.log', 'zeek-tsv'],
    ['windows-dns-debug/fixtures/dns.log', 'windows-dns-debug'],
  ])('%s as Filebeat ships it', async (path, format) => {
    const lines = linesOf(fixture(path))
    const file = await readWhole(lines.join('\n'), { nowMs: LATER, format })
    const shipped = lines.map((message, offset) => ({
      '@timestamp': '2026-11-21T20:00:00.000Z',
      agent: { type: 'filebeat', version: '8.15.2' },
      host: { name: 'ns1' },
      log: { offset, file: { path: '/var/log/dns.log' } },
      message,
    }))
    await send(shipped)
    expect(server.lookups().length).toBe(file.lookups.length)
    expect(new Set(server.lookups().map((event) => event.qname))).toEqual(new Set(file.lookups.map((event) => event.qname)))
    expect(new Set(server.lookups().map((event) => event.format))).toEqual(new Set([format]))
  })

  test.each(['go on', 'restart'])("a table's header holds for the requests that follow, engines that %s", async (how) => {
    const lines = linesOf(fixture('zeek-tsv/fixtures/dns.log'))
    const file = await readWhole(lines.join('\n'), { nowMs: LATER })
    for (const message of lines) {
      await send([{ message, log: { file: { path: '/zeek/dns.log' } } }])
      if (how === 'restart') server.restartEngine()
    }
    expect(storedIds()).toEqual(idsOf(file.events))
  })

  // The same query, as four shippers split it into fields.
  const message = 'client @0x7f1 10.0.0.5#40001 (a.t.example): query: a.t.example IN TXT +E(0)K (10.0.0.53)'
  test.each([
    ['rsyslog', { '@timestamp': '2026-11-21T20:00:00.250Z', syslogtag: 'named[812]:', host: 'ns1', message: ` queries: info: ${message}` }],
    ['syslog-ng', { ISODATE: '2026-11-21T20:00:00.250+00:00', PROGRAM: 'named', PID: '812', HOST: 'ns1', MESSAGE: message }],
    ['Fluent Bit', { '@timestamp': '2026-11-21T20:00:00.250Z', ident: 'named', pid: '812', host: 'ns1', message }],
    ['Filebeat', { '@timestamp': '2026-11-21T20:00:00.250Z', process: { name: 'named', pid: 812 }, host: { hostname: 'ns1' }, message }],
  ])('a syslog message without its header, from %s', async (_, document) => {
    expect(statusesOf(await send([document]))).toEqual([201])
    expect(server.lookups()).toMatchObject([
      {
        qname: 'a.t.example',
        qtype: 'TXT',
        source: '10.0.0.5',
        clientPort: 40_001,
        at: Date.UTC(2026, 10, 21, 20, 0, 0, 250),
        timeQuality: 'exact',
      },
    ])
  })

  test('dnsmasq behind syslog', async () => {
    const at = { '@timestamp': '2026-11-21T20:00:00.250Z', programname: 'dnsmasq', procid: '7', hostname: 'gw' }
    await send([
      { ...at, message: 'query[A] x.example.org from 10.0.0.9' },
      { ...at, message: 'reply x.example.org is 192.0.2.1' },
    ])
    expect(server.lookups()).toMatchObject([{ qname: 'x.example.org', source: '10.0.0.9', rcode: 'NOERROR', answerCount: 1, sensor: 'gw' }])
  })

  test('JSON in a message', async () => {
    const [line = ''] = linesOf(fixture('zeek-json/fixtures/dns.ndjson'))
    await send([{ '@timestamp': '2026-11-21T20:00:00Z', event: { dataset: 'zeek.dns' }, message: line }, { log: line }])
    const file = await readWhole(`${line}\n`, { nowMs: LATER })
    expect(server.lookups()[0]?.id).toBe(file.lookups[0]?.id)
  })

  test('other logs are counted and acknowledged', async () => {
    const reply = await send([{ '@timestamp': '2026-11-21T20:00:00Z', message: '10.0.0.1 - - "GET / HTTP/1.1" 200' }, { metric: 1 }])
    expect(statusesOf(reply)).toEqual([201, 201])
    expect(server.deliveries[0]?.batch).toMatchObject({ events: [], records: 2, skipped: { 'other-event': 2 } })
  })
})

describe("records that Filebeat's modules took apart", () => {
  // Shapes of x-pack/filebeat/module/{zeek/dns,suricata/eve}/config in elastic/beats.
  test('Zeek', async () => {
    await send([
      {
        '@timestamp': '2026-11-21T20:00:09.000Z',
        event: { created: '2026-11-21T20:00:00.500Z', dataset: 'zeek.dns', module: 'zeek' },
        source: { address: '10.0.0.5', port: 4_000 },
        destination: { address: '10.0.0.53', port: 53 },
        network: { transport: 'udp' },
        zeek: {
          session_id: 'CAcJw21',
          dns: { trans_id: 7, query: 'a.t.example', qtype_name: 'TXT', rcode_name: 'NOERROR', answers: ['TXT 3 abc'] },
        },
      },
    ])
    expect(server.lookups()).toMatchObject([
      {
        qname: 'a.t.example',
        source: '10.0.0.5',
        clientPort: 4_000,
        serverIp: '10.0.0.53',
        rcode: 'NOERROR',
        at: Date.UTC(2026, 10, 21, 20, 0, 0, 500),
      },
    ])
  })

  test('Suricata: query and answer are one lookup, asked by the client', async () => {
    const base = { event: { module: 'suricata', dataset: 'suricata.eve' }, network: { transport: 'udp', protocol: 'dns' } }
    const client = { address: '10.0.0.5', ip: '10.0.0.5', port: 4_000 }
    const resolver = { address: '10.0.0.53', ip: '10.0.0.53', port: 53 }
    const eve = { flow_id: 1, event_type: 'dns' }
    const question = { id: 7, rrname: 'a.t.example', rrtype: 'TXT' }
    await send([
      {
        ...base,
        '@timestamp': '2026-11-21T20:00:00.100Z',
        source: client,
        destination: resolver,
        suricata: { eve: { ...eve, dns: { type: 'query', ...question } } },
      },
      {
        ...base,
        '@timestamp': '2026-11-21T20:00:00.120Z',
        source: resolver,
        destination: client,
        suricata: { eve: { ...eve, dns: { type: 'answer', version: 2, rcode: 'NOERROR', ...question } } },
      },
    ])
    expect(server.lookups()).toMatchObject([{ qname: 'a.t.example', source: '10.0.0.5', rcode: 'NOERROR' }])
    expect(server.lookups()).toHaveLength(1)
  })
})

describe('a lookup in two documents counts once', () => {
  const half = (action: string, ms: string, more: object = {}) => ({
    '@timestamp': `2026-11-21T20:00:00.${ms}Z`,
    agent: { type: 'endpoint' },
    event: { action, category: ['network'], dataset: 'endpoint.events.network', kind: 'event' },
    network: { protocol: 'dns' },
    host: { id: 'h1', name: 'pc7', ip: ['10.0.0.7'] },
    process: { name: 'powershell.exe', pid: 4_242 },
    dns: { question: { name: 'a.t.example', type: 'TXT' }, ...more },
  })
  const query = half('lookup_requested', '100')
  const answer = half('lookup_result', '150', { Ext: { status: 0 }, answers: { data: 'x', type: 'TXT' } })

  test('in one request', async () => {
    await send([query, answer])
    expect(server.lookups()).toMatchObject([{ qname: 'a.t.example', rcode: 'NOERROR' }])
    expect(server.lookups()).toHaveLength(1)
  })

  test('in two requests, and when both are sent again', async () => {
    for (const document of [query, answer, query, answer]) await send([document])
    expect(server.lookups()).toHaveLength(1)
  })
})

describe('time', () => {
  const document = { dns: { question: { name: 'now.example', type: 'A' } }, source: { ip: '10.0.0.1' }, network: { protocol: 'dns' } }

  test('a document without one is of the moment it came in, and of the same moment when its body comes again', async () => {
    await server.close()
    let now = LATER
    server = await startTestServer({ now: () => now })
    const body = bulkOf([document])
    await server.bulk(body)
    now += 5_000
    await server.bulk(body)
    expect(server.lookups()).toMatchObject([{ at: LATER, timeQuality: 'ingest' }])
    expect(server.lookups()).toHaveLength(1)
  })

  test('milliseconds are a date too', async () => {
    await send([{ ...document, '@timestamp': NOW_MS }])
    expect(server.lookups()).toMatchObject([{ at: NOW_MS }])
  })

  test.each(['yesterday', '2026-13-40T00:00:00Z', '1970-01-01T00:00:00Z', '2100-01-01T00:00:00Z', true])(
    '%s is refused by itself',
    async (stamp) => {
      const reply = await send([
        { ...document, '@timestamp': stamp },
        { ...document, '@timestamp': NOW_MS },
      ])
      expect(statusesOf(reply)).toEqual([400, 201])
      expect(server.lookups()).toHaveLength(1)
    },
  )
})
