import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readWhole } from '../test-support'

const log = await readWhole(readFileSync(new URL('./fixtures/dns.csv', import.meta.url)))

test('each row is a lookup, even an equal one', () => {
  expect(log.outcome.format).toBe('cisco-umbrella')
  expect(log.lookups).toMatchObject([
    {
      at: Date.UTC(2026, 10, 20, 9),
      timeQuality: 'second',
      clientIp: '10.0.0.1',
      qname: 'www.example.com',
      qtype: 'A',
      rcode: 'NOERROR',
      userName: 'alice',
      hostName: 'WS1',
    },
    { clientIp: '192.0.2.2', qname: 'a,b.t.example.com', qtype: 'TXT', rcode: 'NXDOMAIN', userName: null },
    { clientIp: '192.0.2.2', qname: 'a,b.t.example.com' },
  ])
})

test('a month that does not exist is refused', () => {
  expect(log.rejected).toEqual({ 'bad-timestamp': 1 })
})

test('a header is no row', async () => {
  const row = '"2026-11-20 09:00:00","a","a","10.0.0.1","","Allowed","1 (A)","NOERROR","x.example.com.",""\n'
  const whole = await readWhole(`Timestamp,Most Granular Identity,Identities\n${row}`)
  expect([whole.lookups.length, whole.skipped]).toEqual([1, { header: 1 }])
})
