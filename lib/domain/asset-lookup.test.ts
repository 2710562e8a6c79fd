import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assetKeyOf } from './asset-key'
import { createAssetLookup } from './asset-lookup'

describe('one text for one asset', () => {
  it.each<[string, string]>([
    [' 10.0.0.53 ', '10.0.0.53'],
    ['10.1.2.3/16', '10.1.0.0/16'],
    ['10.1.2.129/25', '10.1.2.128/25'],
    ['10.1.2.3/32', '10.1.2.3'],
    // RFC 5952 §4: shortest form, lower case.
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:1:2:3::/48', '2001:db8:1::/48'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['fe80::1%eth0', 'fe80::1'],
    ['MX1.Corp.Example.', 'mx1.corp.example'],
    ['3f2504e0-4f89-11d3-9a0c-0305e82c3301', '3f2504e0-4f89-11d3-9a0c-0305e82c3301'],
  ])('%s is %s', (written, key) => {
    expect(assetKeyOf(written)).toMatchObject({ key })
  })

  it.each([
    '',
    '300.1.1.1',
    '10.0.0',
    '010.0.0.1',
    '10.0.0.0/33',
    '0.0.0.0/0',
    '10.0.0.0/8/8',
    'x/8',
    'a b',
    'a..b',
    '=1+1',
    'x'.repeat(254),
  ])('refuses %j', (written) => {
    expect(assetKeyOf(written)).toMatchObject({ kind: 'refused' })
  })

  it('keeps its own keys, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.ipV4Extended(), fc.domain()), (text) => {
        const found = assetKeyOf(text)
        if (found.kind !== 'refused') expect(assetKeyOf(found.key)).toEqual(found)
      }),
    )
  })
})

describe('who has which role', () => {
  const lookup = createAssetLookup([
    { key: '10.0.0.0/8', name: 'site', roles: ['monitoring'] },
    { key: '10.1.0.0/16', name: 'scanners', roles: ['scanner'] },
    { key: '10.1.0.9', name: 'nessus', roles: ['scanner', 'mail-server'] },
    { key: '2001:db8::/32', name: '', roles: ['resolver'] },
    { key: 'corp.example', name: '', roles: ['own-zone'] },
    { key: 'mx1', name: '', roles: ['mail-server'] },
  ])
  const rolesOf = (...ids: (string | null)[]) => lookup.rolesOf(ids).map(({ role, key }) => `${role} by ${key}`)

  it('the narrowest entry that gives it', () => {
    expect(rolesOf('10.1.0.9')).toEqual(['mail-server by 10.1.0.9', 'scanner by 10.1.0.9', 'monitoring by 10.0.0.0/8'])
    expect(rolesOf('10.1.0.8')).toEqual(['scanner by 10.1.0.0/16', 'monitoring by 10.0.0.0/8'])
    expect(rolesOf('10.2.0.8')).toEqual(['monitoring by 10.0.0.0/8'])
    expect(rolesOf('11.0.0.1')).toEqual([])
    expect(rolesOf('2001:db8:ffff::1')).toEqual(['resolver by 2001:db8::/32'])
    expect(rolesOf('2001:db9::1')).toEqual([])
  })

  it('by any id of the host; a zone is nobody', () => {
    expect(rolesOf('192.0.2.1', null, 'MX1')).toEqual(['mail-server by mx1'])
    expect(rolesOf('corp.example')).toEqual([])
  })

  it('a zone holds what is below it on label boundaries', () => {
    expect(
      ['corp.example', 'a.b.corp.example', 'evilcorp.example', 'corp.example.evil.example'].map((name) => lookup.ownZoneOf(name)),
    ).toEqual(['corp.example', 'corp.example', null, null])
  })
})
