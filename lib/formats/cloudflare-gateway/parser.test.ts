import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readWhole } from '../test-support'

const log = await readWhole(readFileSync(new URL('./fixtures/gateway.ndjson', import.meta.url)))

test('one record is one lookup; a device is its own source', () => {
  expect(log.outcome.format).toBe('cloudflare-gateway')
  expect(log.rejects).toEqual([])
  expect(log.lookups).toMatchObject([
    {
      at: Date.UTC(2026, 10, 20, 9),
      source: 'ws1',
      clientIp: '198.51.100.1',
      clientPort: null,
      serverPort: 443,
      transport: 'doh',
      qtype: 'A',
      rcode: 'NOERROR',
      queryBytes: 48,
      hostId: '083a8354',
      userName: 'user@example.com',
      answers: [{ type: 'A', data: '192.0.2.1' }, { data: '192.0.2.2' }],
    },
    { at: 1795165201000, source: '198.51.100.2', transport: 'udp', qtype: 'TXT', rcode: 'NXDOMAIN', answerCount: null },
  ])
})
