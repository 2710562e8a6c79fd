import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readWhole } from '../test-support'

test('acknowledged leases tell names, and every line is accounted for', async () => {
  const log = await readWhole(readFileSync(new URL('./fixtures/dhcpd.log', import.meta.url)))
  expect(log.outcome.format).toBe('isc-dhcp')
  expect(log.leases).toEqual([
    { address: '10.0.0.5', name: 'laptop-7', at: Date.UTC(2026, 10, 21, 9, 0, 2), until: null },
    {
      address: '10.0.0.7',
      name: 'Reception (front)',
      at: Date.UTC(2026, 10, 21, 9, 6, 0, 250),
      until: Date.UTC(2026, 10, 21, 11, 6, 0, 250),
    },
  ])
  expect([log.records, log.events]).toEqual([7, []])
  expect(log.skipped).toEqual({ 'no-lease': 3, 'lease-without-name': 1, 'address-lease': 2 })
  expect(log.rejected).toEqual({ 'bad-address': 1 })
})

test('a line of another program is refused', async () => {
  const line = 'Nov 21 09:00:02 gw dhcpd[812]: DHCPACK on 10.0.0.5 to 02:00:5e:00:53:05 (laptop-7) via eth1\n'
  const log = await readWhole(`${line}Nov 21 09:00:03 gw sshd[1]: DHCPACK on 10.0.0.5 to 02:00:5e:00:53:05 (evil) via eth1\n`)
  expect([log.leases.length, log.rejected]).toEqual([1, { 'unknown-line': 1 }])
})
