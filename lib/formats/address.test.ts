import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { describe, expect, test } from 'vitest'
import { canonicalIp, ipv4At, ipv6At } from './address'

describe('canonicalIp', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['010.000.000.001', '10.0.0.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::', '::'],
  ])('%s is %s', (text, canonical) => {
    expect(canonicalIp(text)).toBe(canonical)
  })

  test.each([
    '',
    '-',
    '1.2.3',
    '1.2.3.4.5',
    '256.0.0.1',
    '1.2.3.256',
    '1..2.3',
    '1.2.3.',
    '.1.2.3',
    '127.1',
    '0x7f.0.0.1',
    'a:b',
    ':::',
    '1:2:3',
    'example.com',
    `${'1:'.repeat(60)}1`,
  ])('%j is no address', (text) => {
    expect(canonicalIp(text)).toBeNull()
  })

  test('agrees with octets on the wire', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (octets) => {
        const bytes = Buffer.from(octets)
        expect(canonicalIp(ipaddr.fromByteArray([...octets]).toNormalizedString())).toBe(ipv6At(bytes, 0))
        expect(canonicalIp(ipaddr.fromByteArray([...octets.subarray(0, 4)]).toString())).toBe(ipv4At(bytes, 0))
      }),
    )
  })
})
