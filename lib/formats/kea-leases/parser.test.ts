import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readWhole } from '../test-support'

test('leases in force tell names for their time, and every row is accounted for', async () => {
  const log = await readWhole(readFileSync(new URL('./fixtures/kea-leases4.csv', import.meta.url)))
  expect(log.outcome.format).toBe('kea-leases')
  expect(log.leases).toEqual([
    { address: '10.0.0.5', name: 'laptop-7.corp.example', at: 1795251602000, until: 1795255202000 },
    { address: '10.0.0.7', name: 'front, desk', at: 1795251700000, until: 1795255300000 },
  ])
  expect([log.records, log.events]).toEqual([7, []])
  expect(log.skipped).toEqual({ header: 1, 'address-lease': 2, 'lease-without-name': 1, 'no-lease': 2 })
  expect(log.rejected).toEqual({ 'bad-address': 1 })
})

test('delegated prefixes are no hosts', async () => {
  const header =
    'address,duid,valid_lifetime,expire,subnet_id,pref_lifetime,lease_type,iaid,prefix_len,fqdn_fwd,fqdn_rev,hostname,hwaddr,state\n'
  const row = (type: number) => `2001:db8::5,00:01,3600,1795255202,1,1800,${type},1,128,0,0,host6,,0\n`
  const log = await readWhole(header + row(0) + row(2))
  expect([log.leases, log.skipped['no-lease']]).toMatchObject([[{ address: '2001:db8::5', name: 'host6' }], 1])
})
