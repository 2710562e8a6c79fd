import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readWhole } from '../test-support'

const log = await readWhole(readFileSync(new URL('./fixtures/queries.ndjson', import.meta.url)))

test('one record is one lookup with its outcome', () => {
  expect(log.outcome.format).toBe('route53-resolver')
  expect(log.records).toBe(4)
  expect(log.lookups).toMatchObject([
    {
      at: Date.UTC(2026, 10, 20, 9),
      timeQuality: 'second',
      clientIp: '10.0.0.1',
      clientPort: 48701,
      serverIp: null,
      transport: 'udp',
      qname: 'host.example.com',
      qtype: 'PTR',
      rcode: 'NOERROR',
      answers: [{ type: 'PTR', data: 'other.example.com' }],
      hostId: 'i-0123',
      sensor: 'vpc-1',
    },
    { qname: 'nosuch.example.com', transport: 'tcp', rcode: 'NXDOMAIN', answerCount: 0, sensor: '123456789012' },
    { qname: 'watch.example.com', answers: [{ type: 'A', data: '192.0.2.1', bytes: 4 }] },
  ])
})

test('a record without a usable time is refused', () => {
  expect(log.rejected).toEqual({ 'bad-timestamp': 1 })
})
