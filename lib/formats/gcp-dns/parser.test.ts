import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readWhole } from '../test-support'

const log = await readWhole(readFileSync(new URL('./fixtures/queries.ndjson', import.meta.url)))

test('one entry is one lookup with its outcome', () => {
  expect(log.outcome.format).toBe('gcp-dns')
  expect(log.rejects).toEqual([])
  expect(log.lookups).toMatchObject([
    {
      at: Date.UTC(2026, 10, 20, 9, 0, 0, 341),
      clientIp: '10.154.0.3',
      hostId: '9007199254740993',
      hostName: 'vm1',
      sensor: 'p',
      transport: 'udp',
      qname: 'www.example.com',
      qtype: 'MX',
      rcode: 'NOERROR',
      answerCount: 2,
      answers: [{ name: 'www.example.com', type: 'MX', ttlSeconds: 300, data: '1 mx1.example.com.' }, { data: '5 mx2.example.com.' }],
    },
    { clientIp: '2001:db8::1', serverIp: '10.0.0.53', transport: 'tcp', answerCount: null },
    { rcode: 'NXDOMAIN', answerCount: 0 },
  ])
})
