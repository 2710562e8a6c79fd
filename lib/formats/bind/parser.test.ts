import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { NOW_MS, readWhole } from '../test-support'

const read = (file: string) => readFileSync(new URL(`./fixtures/${file}`, import.meta.url))
const lab = await readWhole(read('query.log'))
const variants = await readWhole(read('variants.log'))
const named = (qname: string) => variants.lookups.find((event) => event.qname === qname)

describe('a real query log', () => {
  test('has one lookup a query; refusals belong to theirs', () => {
    expect(lab.records).toBe(18)
    expect(lab.rejects).toEqual([])
    expect(lab.lookups).toHaveLength(16)
    expect(lab.lookups.filter((event) => event.rcode === 'REFUSED').map((event) => event.qname)).toEqual(['outside.example', 'txt'])
  })

  test('names the client, the server, the type and the transport', () => {
    expect(lab.lookups[0]).toMatchObject({
      at: Date.UTC(2026, 10, 21, 18, 8, 25, 147),
      timeQuality: 'assumed-zone',
      source: '127.0.0.1',
      clientPort: 32926,
      serverIp: '127.0.0.1',
      transport: 'udp',
      qname: 'www.lab.test',
      qtype: 'A',
      rcode: null,
    })
    expect(lab.lookups.find((event) => event.qname === 'big.lab.test')).toMatchObject({ transport: 'tcp', qtype: 'TXT' })
  })

  test('keeps case beside the name, and the octets of odd labels', () => {
    expect(lab.lookups[1]).toMatchObject({ qname: 'www.lab.test', qnameRaw: 'WwW.LaB.tEsT', qtype: 'AAAA' })
    expect(lab.lookups[6]).toMatchObject({ qname: 'a\\000b\\255c\\.d.t.lab.test', qnameLossy: false })
  })
})

describe('other layouts', () => {
  test('accounts for every line', () => {
    expect(variants.records).toBe(12)
    expect(variants.skipped).toEqual({ 'not-a-lookup': 2 })
    expect(variants.rejected).toEqual({ 'bad-timestamp': 1 })
    expect(variants.lookups).toHaveLength(8)
  })

  test.each([
    ['old.example.com', { clientIp: '192.0.2.1', clientPort: 1001, serverIp: null, at: NOW_MS, timeQuality: 'ingest' }],
    [
      'v6.example.com',
      {
        clientIp: '2001:db8::1',
        serverIp: '2001:db8::53',
        transport: 'tcp',
        at: Date.UTC(2026, 10, 20, 9, 0, 1, 250),
        timeQuality: 'exact',
      },
    ],
    ['v.example.com', { clientIp: '192.0.2.2', qtype: 'TXT', transport: 'udp' }],
    [
      'k.example.com',
      { sensor: 'ns1', clientPort: 1004, at: Date.UTC(2026, 10, 20, 9, 0, 3), timeQuality: 'no-year', serverIp: '192.0.2.53' },
    ],
    ['resp.example.com', { rcode: 'NXDOMAIN', answerCount: 0, attempts: 1, at: Date.UTC(2026, 10, 20, 9, 0, 4) }],
    ['deny.example.com', { rcode: 'REFUSED', qtype: 'ANY', clientIp: '192.0.2.6' }],
  ])('%s', (qname, fields) => {
    expect(named(qname)).toMatchObject(fields)
  })

  test('an Infoblox response lists its records; a semicolon in quotes is data', () => {
    expect(named('txt.example.com')).toMatchObject({
      at: Date.UTC(2026, 10, 20, 9, 0, 5, 500),
      sensor: 'box',
      rcode: 'NOERROR',
      answerCount: 2,
      answers: [
        { type: 'TXT', ttlSeconds: 60, data: '"k=rsa; p=1" "b"' },
        { type: 'TXT', data: '"c"' },
      ],
    })
  })

  test('a name that reads like a log line stays a name', () => {
    const odd = variants.lookups.find((event) => event.clientPort === 1009)
    expect(odd).toMatchObject({ qtype: 'NULL', clientIp: '192.0.2.7' })
    expect(odd?.qname.endsWith('.t.example.com')).toBe(true)
    expect(named('evil.example.com')).toBeUndefined()
  })

  test('a line of a million bytes is refused quickly', async () => {
    const line = `client 192.0.2.1#1 (${'a)'.repeat(400_000)}: query: x IN A +\n`
    const started = performance.now()
    const log = await readWhole(`client 192.0.2.1#1001: query: a.example.com IN A +\n${line}`, { format: 'bind' })
    expect(log.lookups).toHaveLength(1)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
