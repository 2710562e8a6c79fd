import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readWhole } from '../test-support'

const log = await readWhole(readFileSync(new URL('./fixtures/queries.csv', import.meta.url)))

const FIRST = {
  at: Date.UTC(2026, 10, 20, 9, 0, 0, 76),
  timeQuality: 'exact',
  clientIp: '10.0.0.1',
  clientPort: 62241,
  transport: 'udp',
  transactionId: 65237,
  qname: 'www.example.com',
  qtype: 'AAAA',
  rcode: 'NOERROR',
  queryBytes: 90,
  responseBytes: 380,
  sensor: 'fw-01',
}

test('a row is a lookup; a failed exchange has no answer', () => {
  expect(log.outcome.format).toBe('azure-firewall-dns')
  expect(log.skipped).toEqual({ header: 1 })
  expect(log.rejected).toEqual({ 'unknown-line': 1 })
  expect(log.lookups).toMatchObject([FIRST, { qname: 'silent.example.com', qtype: 'A', rcode: null, responseBytes: null }])
})

test('the same as JSON', async () => {
  const record = {
    TimeGenerated: '2026-11-20T09:00:00.0766240Z',
    SourceIp: '10.0.0.1',
    SourcePort: 62241,
    QueryId: 65237,
    QueryType: 'AAAA',
    QueryName: 'www.example.com.',
    Protocol: 'udp',
    RequestSize: 90,
    ResponseCode: 'NOERROR',
    ResponseSize: 380,
    _ResourceId: '/x/fw-01',
  }
  const json = await readWhole(`${JSON.stringify([record])}\n`)
  expect(json.lookups).toMatchObject([FIRST])
})
