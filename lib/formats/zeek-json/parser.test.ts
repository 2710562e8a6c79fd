import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readWhole } from '../test-support'

const fixture = readFileSync(new URL('./fixtures/dns.ndjson', import.meta.url), 'utf8')
const log = await readWhole(fixture)
const [first = ''] = fixture.split('\n')

describe('dhcp.log', () => {
  const row = {
    ...{ ts: 1795284517.5, uids: ['Ca'], server_addr: '10.0.0.1', mac: '02:00:5e:00:53:05', assigned_addr: '10.0.0.5' },
    ...{ host_name: 'laptop-7', lease_time: 3600, msg_types: ['REQUEST', 'ACK'], duration: 0.1 },
  }
  const lines = (...rows: object[]) => rows.map((one) => `${JSON.stringify(one)}\n`).join('')

  test('alone is known and tells names; every record is accounted for', async () => {
    const { host_name, ...nameless } = row
    const rows = [row, { ...nameless, client_fqdn: 'pc.corp.example' }, nameless, { ...row, msg_types: ['DISCOVER', 'OFFER'] }]
    const whole = await readWhole(lines(...rows, { ...row, assigned_addr: 7 }))
    expect(whole.outcome.format).toBe('zeek-json')
    expect(whole.leases).toEqual([
      { address: '10.0.0.5', name: host_name, at: 1795284517500, until: 1795288117500 },
      { address: '10.0.0.5', name: 'pc.corp.example', at: 1795284517500, until: 1795288117500 },
    ])
    expect([whole.records, whole.events]).toEqual([5, []])
    expect(whole.skipped).toEqual({ 'address-lease': 2, 'lease-without-name': 1, 'no-lease': 2 })
  })

  test('between lookups leaves them as they are', async () => {
    const mixed = await readWhole(`${first}\n${lines(row)}`)
    expect([mixed.lookups.length, mixed.leases.length]).toEqual([1, 1])
  })
})

describe('Zeek JSON', () => {
  test('accounts for every record', () => {
    expect(log.records).toBe(7)
    expect(log.rejected).toEqual({ 'not-json': 1 })
    expect(log.skipped).toEqual({ 'no-name': 1, 'not-dns': 1 })
    expect(log.lookups).toHaveLength(4)
  })

  test('a tunnel lookup of dnscat2', () => {
    expect(log.lookups[0]).toMatchObject({
      at: 1795284517279,
      clientIp: '10.9.0.20',
      qtype: 'TXT',
      rcode: 'NOERROR',
      answers: [{ name: null, type: 'TXT', ttlSeconds: 60, data: '302f017537c68f5169', bytes: 19 }],
    })
  })

  test('ROCK keys, a numeric type, no answer', () => {
    expect(log.lookups[1]).toMatchObject({ clientIp: '10.9.0.21', qtype: 'AAAA', rcode: null, sensor: 'sensor-a', at: 1795284518500 })
  })

  test('Corelight: ISO time, nested id, sensor, escaped bytes', () => {
    expect(log.lookups[2]).toMatchObject({
      at: 1795284519145,
      clientIp: '2001:db8::1',
      transport: 'tcp',
      sensor: 'sensor-b',
      qname: 'b\\000c.example.com',
      rcode: 'NXDOMAIN',
      answerCount: 0,
    })
  })

  test('a record inside a Splunk export, with epoch milliseconds', () => {
    expect(log.lookups[3]).toMatchObject({ at: 1795284520000, scope: 'local-multicast' })
  })

  test('microseconds survive the conversion to milliseconds for every last digit', async () => {
    const records = Array.from(
      { length: 500 },
      (_, index) =>
        `{"ts":1795284517.${String(index * 1999 + 1).padStart(6, '0')},"id.orig_h":"10.0.0.1","id.orig_p":${index},"trans_id":1,"query":"a.example.com","qtype_name":"A"}`,
    )
    const times = (await readWhole(records.join('\n'))).lookups.map((event) => event.at)
    expect(times).toEqual(records.map((_, index) => 1795284517000 + Math.floor((index * 1999 + 1) / 1000)))
  })

  test.each([
    ['one a line', (record: string) => `${record}\n${record}\n`],
    ['without a last newline', (record: string) => `${record}\r\n${record}`],
    ['concatenated', (record: string) => `${record}${record}`],
    ['an array', (record: string) => `[${record},\n${record}]`],
    ['pretty-printed one after the other', (record: string) => `${JSON.stringify(JSON.parse(record), null, 2)}\n`.repeat(2)],
    ['a pretty-printed array', (record: string) => JSON.stringify([JSON.parse(record), JSON.parse(record)], null, 2)],
    ['under events, on one line', (record: string) => `{"events":[${record},${record}]}`],
    [
      'under Records, pretty-printed',
      (record: string) => JSON.stringify({ Records: [JSON.parse(record), JSON.parse(record)], next: 'x' }, null, 2),
    ],
    ['under value', (record: string) => `{"@context":"x","value":[${record},${record}]}`],
    ['under expected', (record: string) => `{\n"expected": [\n${record},\n${record}\n]\n}`],
    [
      'search hits',
      (record: string) => `{"took":1,"hits":{"total":2,"hits":[{"_index":"i","_source":${record}},{"_index":"i","_source":${record}}]}}`,
    ],
    [
      'search hits, pretty-printed',
      (record: string) =>
        JSON.stringify(
          { took: 1, hits: { total: { value: 2 }, hits: [{ _source: JSON.parse(record) }, { _source: JSON.parse(record) }] } },
          null,
          2,
        ),
    ],
    ['a container log', (record: string) => `${JSON.stringify({ log: record, time: 'x' })}\n`.repeat(2)],
    ['with a byte order mark', (record: string) => `\uFEFF${record}\n${record}\n`],
  ])('layout: %s', async (_, layout) => {
    const result = await readWhole(layout(first))
    expect(result.outcome.format).toBe('zeek-json')
    expect(result.rejected).toEqual({})
    expect(result.records).toBe(2)
    // Both records are the same lookup asked twice.
    expect(result.lookups.map((event) => event.attempts)).toEqual([2])
  })

  test('layouts give the same in chunks of every size', async () => {
    const text = JSON.stringify(
      { took: 1, hits: { hits: [{ _source: JSON.parse(first) }, { _source: { ...JSON.parse(first), trans_id: 1 } }] } },
      null,
      1,
    )
    const whole = await readWhole(text)
    for (let chunk = 1; chunk < 40; chunk++) expect((await readWhole(text, {}, chunk)).events).toEqual(whole.events)
    expect(whole.lookups).toHaveLength(2)
  })

  test('a bad line does not harm the next', async () => {
    const result = await readWhole(`${first}\n{"ts":1,"query":"unclosed\n[[[{{{"\n"text"\n${first.replace('42937', '1')}\n`, {
      format: 'zeek-json',
    })
    expect(result.lookups).toHaveLength(2)
    expect(result.rejected).toEqual({ 'not-json': 2, 'not-an-object': 1 })
  })

  test('a file cut inside its last record says so', async () => {
    expect((await readWhole(`${first}\n${first.slice(0, 90)}`)).rejected).toEqual({ truncated: 1 })
    expect((await readWhole(`[${first},${first.slice(0, 90)}`)).rejected).toEqual({ truncated: 1 })
  })

  test('a record over the limit inside an array is skipped to its end', async () => {
    const huge = `{"ts":1795284517.5,"id.orig_h":"10.0.0.1","query":"${'x'.repeat(5_000)}"}`
    const result = await readWhole(`[${huge},${first}]`, { maxRecordBytes: 3_000, format: 'zeek-json' })
    expect(result.rejected).toEqual({ 'line-too-long': 1 })
    expect(result.lookups).toHaveLength(1)
  })
})
