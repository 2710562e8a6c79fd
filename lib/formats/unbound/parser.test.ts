import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readWhole } from '../test-support'

const read = (file: string) => readFileSync(new URL(`./fixtures/${file}`, import.meta.url))
const variants = await readWhole(read('variants.log'))

describe.each(['queries-replies.log', 'tagged.log'])('the real log %s', async (file) => {
  const log = await readWhole(read(file))

  test('has a lookup for a query and its reply', () => {
    expect(log.outcome.format).toBe('unbound')
    expect(log.rejects).toEqual([])
    expect(log.lookups).toHaveLength(12)
    expect(log.lookups.filter((event) => event.rcode === null)).toEqual([])
    expect(log.lookups[0]).toMatchObject({
      at: Date.UTC(2026, 10, 21, 18, 7, 57),
      source: '127.0.0.1',
      clientPort: null,
      qname: 'www.lab.test',
      qtype: 'A',
      rcode: 'NOERROR',
      responseBytes: 57,
    })
    expect(log.lookups[1]).toMatchObject({ qname: 'www.lab.test', qnameRaw: 'WwW.LaB.tEsT', qtype: 'AAAA', responseBytes: 69 })
  })

  test('a name with octets Unbound could not print is lossy', () => {
    expect(log.lookups.filter((event) => event.qnameLossy).map((event) => event.qname)).toEqual(['a?b?c?d.t.lab.test'])
  })
})

describe('other layouts', () => {
  test('accounts for every line', () => {
    expect(variants.records).toBe(5)
    expect(variants.rejects).toEqual([])
    expect(variants.skipped).toEqual({ 'no-name': 1, 'not-a-lookup': 1 })
  })

  test.each([
    ['api.example.com', { sensor: 'fw', at: Date.UTC(2026, 10, 20, 9, 0, 2), timeQuality: 'no-year', rcode: null }],
    [
      'v6.example.com',
      { clientIp: '2001:db8::1', serverIp: '2001:db8::53', transport: 'tcp', rcode: 'SERVFAIL', at: Date.UTC(2026, 10, 20, 8, 0, 3, 250) },
    ],
    ['evil?info:?192.0.2.9?x.example.com', { clientIp: '192.0.2.4', qtype: 'NULL', qnameLossy: true, timeQuality: 'second' }],
  ])('%s', (qname, fields) => {
    expect(variants.lookups.find((event) => event.qname === qname)).toMatchObject(fields)
  })

  test('two queries for one name are two lookups', async () => {
    const query = '[1795164007] unbound[1:2] info: 192.0.2.4 a.example.com. A IN\n'
    expect((await readWhole(query + query)).lookups).toHaveLength(2)
  })
})
