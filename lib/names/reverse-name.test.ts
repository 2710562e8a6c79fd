import { expect, it } from 'vitest'
import { addressOfReverseName } from './reverse-name'

it.each<[string, string | null]>([
  ['5.0.0.10.in-addr.arpa', '10.0.0.5'],
  // RFC 3596 §2.5.
  ['b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa', '4321:0000:0001:0002:0003:0004:0567:89ab'],
  ['0.0.10.in-addr.arpa', null],
  ['lb._dns-sd._udp.0.0.0.10.in-addr.arpa', null],
  // RFC 2317: a part of a network.
  ['5.0-25.0.0.10.in-addr.arpa', null],
  ['5.0.0.10.in-addr.arpa.evil.example', null],
  ['', null],
])('%s is %s', (name, address) => expect(addressOfReverseName(name)).toBe(address))
