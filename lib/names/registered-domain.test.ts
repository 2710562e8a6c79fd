import fc from 'fast-check'
import { expect, test } from 'vitest'
import { registeredDomain } from './registered-domain'

// Public suffix list facts: https://publicsuffix.org/list/.
test.each([
  ['www.example.com', 'example.com'],
  ['a.b.c.example.co.uk', 'example.co.uk'],
  ['example.com', 'example.com'],
  ['x.y.city.kawasaki.jp', 'city.kawasaki.jp'],
  ['alice.github.io', 'alice.github.io'],
  ['t.alice.github.io', 'alice.github.io'],
  ['_ldap._tcp.corp.example.com', 'example.com'],
  ['\\200\\377.t.example.com', 'example.com'],
  ['host.unlisted', 'host.unlisted'],
  // Search lists as of resolv.conf and routers: the tail stays with the domain it was put behind.
  ['x.t.example.com.lan', 'example.com.lan'],
  ['x.t.example.co.uk.corp', 'example.co.uk.corp'],
  ['x.example.com.local', 'example.com.local'],
  ['example.com.lan', 'example.com.lan'],
  ['nas.attic.lan', 'attic.lan'],
  ['com.lan', 'com.lan'],
])('%s belongs to %s', (qname, zone) => {
  expect(registeredDomain(qname)).toBe(zone)
})

test.each([
  [''],
  ['.'],
  ['com'],
  ['co.uk'],
  ['github.io'],
  ['localhost'],
  ['192.0.2.1'],
  ['2001:db8::1'],
  ['1.2.0.192.in-addr.arpa'],
  ['8.b.d.0.1.0.0.2.ip6.arpa'],
  ['printer.local'],
  ['dc1.contoso.local'],
  ['com.local'],
  ['_ipp._tcp.local'],
])('nobody registered %j', (qname) => {
  expect(registeredDomain(qname)).toBeNull()
})

test('whatever a name holds, the answer is null or an ending of the name on a label boundary', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^([!-\-/-@[-~]{0,12}\.){0,5}[!-\-/-@[-~]{1,12}$/), (name) => {
      const zone = registeredDomain(name)
      expect(zone === null || name === zone || name.endsWith(`.${zone}`)).toBe(true)
    }),
    { numRuns: 5_000 },
  )
})
