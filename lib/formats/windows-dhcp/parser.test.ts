import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readWhole } from '../test-support'

const fixture = readFileSync(new URL('./fixtures/DhcpSrvLog-Sat.log', import.meta.url))

test('leases given out and prolonged tell names, and every line is accounted for', async () => {
  const log = await readWhole(fixture)
  expect(log.outcome.format).toBe('windows-dhcp')
  const lease = { address: '10.0.0.5', name: 'LAPTOP-7.corp.example', until: null }
  expect(log.leases).toEqual([
    { ...lease, at: Date.UTC(2026, 10, 21, 9, 0, 2) },
    { ...lease, at: Date.UTC(2026, 10, 21, 13, 0, 2) },
  ])
  expect([log.records, log.events]).toEqual([14, []])
  expect(log.skipped).toEqual({ header: 7, 'no-lease': 2, 'address-lease': 2, 'lease-without-name': 1 })
  expect(log.rejected).toEqual({ 'bad-timestamp': 1, 'unknown-line': 1 })
})

test('rows without the header, as shippers send them, are known', async () => {
  const log = await readWhole('11,11/21/26,13:00:02,Renew,10.0.0.5,pc,02005E005305,,1,0,,,,,,,,,0\n')
  expect([log.outcome.format, log.leases.length]).toEqual(['windows-dhcp', 1])
})
