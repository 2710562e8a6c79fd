import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { NOW_MS, readWhole } from '../test-support'

const read = (file: string) => readFileSync(new URL(`./fixtures/${file}`, import.meta.url))
const plain = await readWhole(read('plain.log'))
const containers = await readWhole(read('containers.ndjson'))

describe('plain lines', () => {
  test('accounts for every line', () => {
    expect(plain.outcome.format).toBe('coredns')
    expect(plain.records).toBe(7)
    expect(plain.rejects).toEqual([])
    expect(plain.skipped).toEqual({ 'not-a-lookup': 3 })
    expect(plain.lookups).toHaveLength(4)
  })

  test.each([
    [
      64820,
      {
        at: Date.UTC(2026, 10, 20, 9, 0, 1, 250),
        timeQuality: 'exact',
        clientIp: '10.0.0.1',
        clientPort: 40001,
        transport: 'udp',
        qname: 'host.example.com',
        qtype: 'A',
        rcode: 'NOERROR',
        queryBytes: 57,
        responseBytes: 66,
      },
    ],
    [2, { at: Date.UTC(2026, 10, 20, 16, 0, 2, 250), clientIp: '2001:db8::1', transport: 'tcp', qname: 'a\\000b\\..t.example.com' }],
    [3, { at: NOW_MS, timeQuality: 'ingest', rcode: null, responseBytes: null }],
    [4, { at: Date.UTC(2026, 10, 20, 9, 0, 3, 500), rcode: 'SERVFAIL' }],
  ])('the lookup with id %i', (id, fields) => {
    expect(plain.lookups.find((event) => event.transactionId === id)).toMatchObject(fields)
  })
})

test("a container's time stands in for the missing one", () => {
  expect(containers.lookups).toMatchObject([
    { at: Date.UTC(2026, 10, 20, 9, 0, 0, 903), qname: 'www.example.com.cluster.local', rcode: 'NXDOMAIN' },
    { at: Date.UTC(2026, 10, 20, 9, 0, 1, 13), clientIp: '::1', clientPort: 37915, qtype: 'AAAA', responseBytes: 100 },
  ])
})

test('a line of another kind is refused and does no harm', async () => {
  const log = await readWhole(`hello\n${read('plain.log').toString()}`)
  expect(log.rejected).toEqual({ 'unknown-line': 1 })
  expect(log.lookups).toHaveLength(4)
})
