import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readWhole } from '../test-support'

const log = await readWhole(readFileSync(new URL('./fixtures/events.ndjson', import.meta.url)))

test("a client's question and answer are one lookup, the server's own another", () => {
  expect(log.outcome.format).toBe('microsoft-dnsserver')
  expect(log.rejects).toEqual([])
  expect(log.skipped).toEqual({ 'other-event': 1 })
  expect(log.lookups).toMatchObject([
    {
      at: Date.UTC(2026, 10, 20, 9, 0, 0, 100),
      scope: 'client',
      clientIp: '10.0.0.21',
      clientPort: 59560,
      serverIp: '10.0.0.53',
      transport: 'udp',
      transactionId: 7,
      qname: 'www.example.com',
      qtype: 'A',
      rcode: 'NOERROR',
      queryBytes: 33,
      responseBytes: 49,
      answers: [{ type: 'A', ttlSeconds: 300, data: '192.0.2.10' }],
    },
    { scope: 'upstream', source: null, serverIp: '192.0.2.53', transactionId: 99, rcode: 'NOERROR' },
    { qname: 'nosuch.example.com', transport: 'tcp', qtype: 'TXT', rcode: 'NXDOMAIN', answerCount: null },
  ])
})
