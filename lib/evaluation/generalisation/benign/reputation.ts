import type { Random } from '../../benign-week/random'
import { base32, base64url, cut, hex } from '../encode'
import { around, cipher, HOUR, type HonestKind, type HonestLookup, type HonestNetwork, someDomain, word } from '../kind'

/** Instants of a client that does something `perHour` times, in bursts when it opens a page or a folder. */
export function* instants({ random, hours }: HonestNetwork, perHour: number, burst = 1): Generator<number> {
  for (let at = random.exponential(HOUR / perHour); at < hours * HOUR; at += random.exponential((burst * HOUR) / perHour))
    for (let i = 0; i < burst; i++) yield Math.min(hours * HOUR - 1, Math.round(at + i * around(random, 150, 0.9)))
}

/** Shapes in which vendors write a file's hash, an address or a page into a name. */
const SHAPES: readonly ((random: Random) => readonly [string, string])[] = [
  (random) => [`${base32(cipher(random, 22))}.a.q`, 'TXT'],
  (random) => [`${hex(cipher(random, 16))}.f`, 'A'],
  (random) => [`${hex(cipher(random, 20))}`, 'A'],
  (random) => [`${cut(base64url(cipher(random, 45)), 40)}.w.03`, 'TXT'],
  (random) => [
    `p-0.${1 + random.below(30)}-${hex(cipher(random, 4))}.${hex(cipher(random, 3))}.${hex(cipher(random, 2))}.${base32(cipher(random, 16))}`,
    'A',
  ],
  (random) => [`${cut(hex(cipher(random, 32)), 32)}.sha`, 'A'],
]

function vendor(share: number, perHour: number, burst: number): HonestKind['make'] {
  return function* (network): Generator<HonestLookup> {
    const { random, clients } = network
    const zone = someDomain(random)
    const shape = random.pick(SHAPES as [(typeof SHAPES)[number], ...typeof SHAPES])
    const known = Array.from({ length: 400 }, () => shape(random))
    const users = Math.max(1, Math.round(share * clients))
    for (let client = 0; client < users; client++)
      for (const at of instants(network, perHour, burst)) {
        // Most files and pages are known to the network; popular ones come again.
        const [name, qtype] = random.chance(0.5) ? (known[Math.floor(known.length * random.next() ** 2)] ?? shape(random)) : shape(random)
        yield { at, client, name: `${name}.${zone}`, qtype }
      }
  }
}

const address = (random: Random): string => Array.from({ length: 4 }, () => random.below(256)).join('.')
const nibbles = (random: Random): string => Array.from({ length: 32 }, () => random.text('0123456789abcdef', 1)).join('.')

export const reputation: readonly HonestKind[] = [
  {
    id: 'reputation service of an unknown vendor, on half of the hosts',
    what: 'Six shapes of names with hashes; 30 an hour and host, half of them asked before by somebody.',
    source: 'Shapes as documented for Sophos, ESET, McAfee, Cymru; vendor invented',
    make: vendor(0.5, 30, 1),
  },
  {
    id: 'the same in bursts',
    what: 'Twenty names within seconds when a folder is scanned.',
    source: 'The same',
    make: vendor(0.4, 60, 20),
  },
  {
    id: 'the same on one host',
    what: 'One host of all; nothing but knowledge tells it from a tunnel.',
    source: 'NDSS 2024: e5.sk and mcafee.com behave identically',
    make: vendor(0.01, 40, 1),
  },
  {
    id: 'known reputation services',
    source: 'Azure Sentinel DNS Essentials exclusion list; nDPI',
    what: 'sophosxl.net, avqs.mcafee.com, e5.sk and Trend Micro as documented, 60 an hour and host.',
    *make(network) {
      const { random, clients } = network
      for (let client = 0; client < clients / 2; client++)
        for (const at of instants(network, 60, 3)) {
          const kind = client % 4
          const name =
            [
              `${cut(base64url(cipher(random, 48)), 40)}.w.03.l0.sophosxl.net`,
              `a-0.19-${hex(cipher(random, 4))}.${hex(cipher(random, 3))}.1518.19d4.${base32(cipher(random, 16))}.avqs.mcafee.com`,
              `${base32(cipher(random, 22))}.a.e.e5.sk`,
              `${hex(cipher(random, 16))}.icrc.trendmicro.com`,
            ][kind] ?? ''
          yield { at, client, name, qtype: kind === 2 ? 'TXT' : 'A' }
        }
    },
  },
  {
    id: 'mail server with lists nobody knows',
    source: 'RFC 5782; documentation of DNS lists; lists invented',
    what: 'Every mail: reversed address below three lists, domain and hash below two, PTR, SPF, DKIM, DMARC.',
    *make(network) {
      const { random } = network
      const [lists, names, hashes] = [
        [someDomain(random), someDomain(random), someDomain(random)],
        [someDomain(random)],
        [someDomain(random)],
      ]
      for (const at of instants(network, 150)) {
        const [ip, from] = [address(random), someDomain(random)]
        for (const list of lists)
          yield { at, client: 0, name: `${random.chance(0.1) ? nibbles(random) : ip}.bl.${list}`, rcode: 'NXDOMAIN' }
        for (const list of names) yield { at, client: 0, name: `${from}.uri.${list}`, rcode: 'NXDOMAIN' }
        if (random.chance(0.5))
          for (const list of hashes) yield { at, client: 0, name: `${hex(cipher(random, 20))}.ebl.${list}`, rcode: 'NXDOMAIN' }
        yield { at, client: 0, name: from, qtype: 'MX' }
        yield { at, client: 0, name: `_dmarc.${from}`, qtype: 'TXT' }
        yield {
          at,
          client: 0,
          name: `${random.pick(['s1', 'google', 'selector1', hex(cipher(random, 4))])}._domainkey.${from}`,
          qtype: 'TXT',
        }
      }
    },
  },
  {
    id: 'SPF with macros',
    source: 'RFC 7208 section 7: exists:%{i}._spf.%{d} and %{l}',
    what: 'A resolver of a mail server asks addresses and senders below a few senders’ _spf zones.',
    *make(network) {
      const { random } = network
      const senders = Array.from({ length: 12 }, () => someDomain(random))
      for (const at of instants(network, 200)) {
        const sender = senders[Math.floor(12 * random.next() ** 2)] ?? ''
        yield { at, client: 0, name: `${address(random)}._ip.${word(random)}${random.below(99)}._spf.${sender}` }
        yield {
          at,
          client: 0,
          name: `bounce-${random.text('0123456789', 9)}-${random.text('0123456789', 5)}.${address(random)}.spf.${sender}`,
        }
      }
    },
  },
  {
    id: 'mail policies and reports',
    source: 'RFC 6376, 7489, 8461, 8460',
    what: 'DKIM selectors made of hashes, MTA-STS, TLSRPT and report addresses of many domains, TXT.',
    *make(network) {
      const { random } = network
      const big = someDomain(random)
      for (const at of instants(network, 200)) {
        const domain = random.chance(0.5) ? big : someDomain(random)
        yield { at, client: 0, name: `${hex(cipher(random, 16))}._domainkey.${domain}`, qtype: 'TXT' }
        yield { at, client: 0, name: `${random.pick(['_mta-sts', '_smtp._tls', '_dmarc'])}.${domain}`, qtype: 'TXT' }
        yield { at, client: 0, name: `${someDomain(random)}._report._dmarc.${big}`, qtype: 'TXT' }
      }
    },
  },
  {
    id: 'sandbox',
    source: 'Practice of detonating samples: generated domains, dead controllers',
    what: 'A host that runs malware for study: a burst of generated domains, each asked once.',
    *make(network) {
      const { random } = network
      for (const at of instants(network, 400, 60))
        yield {
          at,
          client: 0,
          name: `${random.text('abcdefghijklmnopqrstuvwxyz', 8 + random.below(9))}.${random.pick(['com', 'net', 'biz', 'ru', 'top'])}`,
          rcode: 'NXDOMAIN',
        }
    },
  },
]
