import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readWhole } from '../test-support'

const fixture = readFileSync(new URL('./fixtures/dns.log', import.meta.url), 'utf8')
const log = await readWhole(fixture)
const byId = new Map(log.lookups.map((event) => [event.transactionId, event]))
const header =
  '#separator \\x09\n#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_id\tquery\tqtype_name\trcode_name\tanswers\tTTLs\n'

describe('Zeek TSV', () => {
  test('accounts for every row', () => {
    expect(log.records).toBe(11)
    expect(log.rejected).toEqual({ 'bad-timestamp': 1, truncated: 1 })
    expect(log.skipped).toEqual({ 'no-name': 1 })
    expect(log.lookups).toHaveLength(8)
  })

  test('times are cut to milliseconds from the decimal text', () => {
    expect(byId.get(50071)?.at).toBe(1795284517696)
    expect(byId.get(50072)?.at).toBe(1795284518000)
  })

  test('an address says its type, another name does not', () => {
    expect(byId.get(50071)?.answers).toEqual([
      { name: null, type: null, ttlSeconds: 1000, data: 'edge.example.net', bytes: null },
      { name: null, type: 'A', ttlSeconds: 36, data: '192.0.2.36', bytes: 4 },
    ])
  })

  test('an answer is split at commas before its escapes are undone, and TXT strings by their lengths', () => {
    expect(byId.get(50072)?.answers).toEqual([{ name: null, type: 'TXT', ttlSeconds: 60, data: '"a,b c" de', bytes: 9 }])
  })

  test('bytes of a name come back as decimal escapes', () => {
    expect(byId.get(50073)).toMatchObject({ qname: 'a\\000b\\255c.t.example.com', qtype: 'NULL', qnameLossy: false })
  })

  test('a row without rcode is an unanswered query, not NOERROR', () => {
    expect(byId.get(50073)).toMatchObject({ rcode: null, answerCount: null })
  })

  test('original_query keeps the case asked', () => {
    expect(byId.get(50074)).toMatchObject({ qname: 'us.v27.example.net', qnameRaw: 'Us.V27.ExAmPlE.NET' })
  })

  test('an answer without its query has no type; it is never guessed to be A', () => {
    expect(byId.get(50075)).toMatchObject({ qtype: null, rcode: 'NOERROR', qname: 'late.example.com' })
  })

  test('multicast rows are kept out of client scope', () => {
    expect(byId.get(0)).toMatchObject({ scope: 'local-multicast', qname: '_ipp._tcp.local' })
  })

  test('the empty name is the root, and an empty vector is no answer', () => {
    expect(byId.get(7)).toMatchObject({ qname: '.', answerCount: 0, answers: [] })
  })

  test('a new header in the middle is read anew', () => {
    expect(byId.get(9)).toMatchObject({ qname: 'rotated.example.com', qtype: 'AAAA', transport: 'tcp' })
  })

  test('CRLF and another separator are understood', async () => {
    const other = header.replace('\\x09', '\\x7c').replaceAll('\t', '|').replaceAll('\n', '\r\n')
    const row = '1795284517.5|10.0.0.1|1|10.0.0.53|53|udp|1|a.example.com|A|NOERROR|-|-\r\n'
    expect((await readWhole(other + row)).lookups[0]?.qname).toBe('a.example.com')
  })

  test('rows of another log in the same file are skipped', async () => {
    const conn = '#fields\tts\tid.orig_h\n1795284517.5\t10.0.0.1\n'
    expect((await readWhole(header + conn)).skipped).toEqual({ 'not-dns': 1 })
  })

  describe('dhcp.log', () => {
    const dhcp =
      '#separator \\x09\n#set_separator\t,\n#path\tdhcp\n#fields\tts\tuids\tclient_addr\tserver_addr\tmac\thost_name\tclient_fqdn\tdomain\trequested_addr\tassigned_addr\tlease_time\tclient_message\tserver_message\tmsg_types\tduration\n'
    const row = (hostName: string, fqdn: string, address: string, messages: string) =>
      `1795284517.5\tCa\t10.0.0.5\t10.0.0.1\t02:00:5e:00:53:05\t${hostName}\t${fqdn}\t-\t-\t${address}\t3600.000000\t-\t-\t${messages}\t0.1\n`
    const rows = [
      row('laptop-7', '-', '10.0.0.5', 'DISCOVER,OFFER,REQUEST,ACK'),
      row('-', 'tablet.corp.example', '10.0.0.6', 'REQUEST,ACK'),
      row('-', '-', '10.0.0.7', 'REQUEST,ACK'),
      row('offered', '-', '10.0.0.8', 'DISCOVER,OFFER'),
      row('Ren\\xc3\\xa9', '-', '10.0.0.9', 'REQUEST,ACK'),
      row('x', '-', 'nowhere', 'REQUEST,ACK'),
    ]

    test('alone is known by its columns and tells names; every row is accounted for', async () => {
      const log = await readWhole(dhcp + rows.join(''))
      const [at, until] = [1795284517500, 1795288117500]
      expect(log.outcome.format).toBe('zeek-tsv')
      expect(log.leases).toEqual([
        { address: '10.0.0.5', name: 'laptop-7', at, until },
        { address: '10.0.0.6', name: 'tablet.corp.example', at, until },
        { address: '10.0.0.9', name: 'René', at, until },
      ])
      expect([log.records, log.events]).toEqual([6, []])
      expect(log.skipped).toEqual({ 'address-lease': 3, 'lease-without-name': 1, 'no-lease': 1 })
      expect(log.rejected).toEqual({ 'bad-address': 1 })
    })

    test('between lookups is told apart by its header', async () => {
      const lookup = '1795284517.5\t10.0.0.1\t1\t10.0.0.53\t53\tudp\t1\ta.example.com\tA\tNOERROR\t-\t-\n'
      const log = await readWhole(header + lookup + dhcp + rows[0] + header + lookup.replace('a.example', 'b.example'))
      expect([log.lookups.length, log.leases.length, log.records]).toEqual([2, 1, 3])
    })
  })

  test.each([
    ['wrong-columns', 'x\ty\n'],
    ['no-client', '1795284517.5\tnobody\t1\t10.0.0.53\t53\tudp\t1\ta.example.com\tA\t-\t-\t-\n'],
    ['implausible-time', '600000000.0\t10.0.0.1\t1\t10.0.0.53\t53\tudp\t1\ta.example.com\tA\t-\t-\t-\n'],
    ['no-timestamp', '-\t10.0.0.1\t1\t10.0.0.53\t53\tudp\t1\ta.example.com\tA\t-\t-\t-\n'],
    ['unknown-time-unit', '99999999999\t10.0.0.1\t1\t10.0.0.53\t53\tudp\t1\ta.example.com\tA\t-\t-\t-\n'],
  ])('%s is a reject, and the next row is read', async (reason, row) => {
    const good = '1795284517.5\t10.0.0.1\t1\t10.0.0.53\t53\tudp\t1\ta.example.com\tA\t-\t-\t-\n'
    const result = await readWhole(header + row + good)
    expect(result.rejected).toEqual({ [reason]: 1 })
    expect(result.lookups).toHaveLength(1)
  })

  test('a line over the limit is skipped to its end', async () => {
    const good = '1795284517.5\t10.0.0.1\t1\t10.0.0.53\t53\tudp\t1\ta.example.com\tA\t-\t-\t-\n'
    const result = await readWhole(`${header}${'x'.repeat(5_000)}\n${good}`, { maxRecordBytes: 2_000 })
    expect(result.rejected).toEqual({ 'line-too-long': 1 })
    expect(result.rejects[0]?.sample.length).toBeLessThanOrEqual(512)
    expect(result.lookups).toHaveLength(1)
  })

  test('long and v4-mapped addresses are the same client as their short forms', async () => {
    const rows = ['2001:db8:0:0:0:0:0:1', '2001:db8::1', '::ffff:10.0.0.9', '10.0.0.9'].map(
      (address, index) => `1795284517.5\t${address}\t${index}\t10.0.0.53\t53\tudp\t${index}\ta.example.com\tA\t-\t-\t-\n`,
    )
    const sources = (await readWhole(header + rows.join(''))).lookups.map((event) => event.source)
    expect(sources).toEqual(['2001:db8::1', '2001:db8::1', '10.0.0.9', '10.0.0.9'])
  })
})
