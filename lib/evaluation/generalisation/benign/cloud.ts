import type { Random } from '../../benign-week/random'
import { base32, base64url, hex } from '../encode'
import { cipher, type HonestKind, type HonestLookup, type HonestNetwork, someDomain, word } from '../kind'
import { instants } from './reputation'

const uuid = (random: Random): string => hex(cipher(random, 16)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
const BASE36 = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Hosts of a pool: popular ones again and again, by everybody. */
function pool(
  make: (random: Random) => string,
  { size, perHour, zone }: { size: number; perHour: number; zone: (random: Random) => string },
): HonestKind['make'] {
  return function* (network: HonestNetwork): Generator<HonestLookup> {
    const { random, clients } = network
    const below = zone(random)
    const hosts = Array.from({ length: size }, () => `${make(random)}.${below}`)
    for (let client = 0; client < clients; client++)
      for (const at of instants(network, perHour, 2)) {
        const name = hosts[Math.floor(size * random.next() ** 3)] ?? ''
        yield { at, client, name, qtype: 'A' }
        if (random.chance(0.7)) yield { at, client, name, qtype: 'AAAA' }
      }
  }
}

/** A new name at every visit, as trackers and measurements do. */
function fresh(make: (random: Random) => string, perHour: number, burst: number, share = 1): HonestKind['make'] {
  return function* (network: HonestNetwork): Generator<HonestLookup> {
    const { random, clients } = network
    const zone = someDomain(random)
    for (let client = 0; client < Math.max(1, share * clients); client++)
      for (const at of instants(network, perHour, burst)) yield { at, client, name: `${make(random)}.${zone}` }
  }
}

export const cloud: readonly HonestKind[] = [
  {
    id: 'content network with hashed hosts',
    what: 'One of 3,000 hosts of 13 characters, by everybody, popular ones often.',
    source: 'Shape of cloudfront.net and others; network invented',
    make: pool((r) => `d${r.text(BASE36, 13)}`, { size: 3_000, perHour: 20, zone: someDomain }),
  },
  {
    id: 'content network with UUID hosts',
    what: 'The same with UUIDs of customers.',
    source: 'The same',
    make: pool(uuid, { size: 1_500, perHour: 15, zone: (r) => `edge.${someDomain(r)}` }),
  },
  {
    id: 'buckets and instances of Amazon',
    what: 'ec2-…, hashed load balancers and buckets below amazonaws.com.',
    source: 'Amazon documentation of host names',
    make: pool(
      (r) =>
        r.pick([
          `ec2-${r.below(99)}-${r.below(255)}-${r.below(255)}-${r.below(255)}.compute-1`,
          `${hex(cipher(r, 16))}.eu-west-1.elb`,
          `${word(r)}-${hex(cipher(r, 10))}.s3`,
        ]),
      { size: 2_000, perHour: 25, zone: () => 'amazonaws.com' },
    ),
  },
  {
    id: 'accounts of Azure and Office',
    what: 'GUIDs and tenants below blob.core.windows.net, sharepoint.com and others.',
    source: 'misp-warninglists, microsoft-office365; Azure documentation',
    make: pool(
      (r) =>
        r
          .pick([
            `${r.text(BASE36, 20)}.blob.core.windows.net`,
            `${uuid(r)}.ods.opinsights.azure.com`,
            `${uuid(r)}.agentsvc.azure-automation.net`,
          ])
          .replace(/\.(?:net|com)$/, ''),
      { size: 800, perHour: 15, zone: (r) => r.pick(['net', 'com']) },
    ),
  },
  {
    id: 'video and game servers',
    what: 'Numbered and hashed nodes, 8 at the start of each session.',
    source: 'Shapes of googlevideo.com, nflxvideo.net and game consoles’ matchmaking; network invented',
    make: pool((r) => `${r.pick(['r', 'ipv4-c', 'mm'])}${r.below(40)}---sn-${r.text(BASE36, 6)}-${r.text(BASE36, 4)}`, {
      size: 2_000,
      perHour: 24,
      zone: someDomain,
    }),
  },
  {
    id: 'load balancer with client data',
    what: 'Location, network and a hash of the client in the name of every request for a page.',
    source: 'Practice of DNS-based load balancing (Conviva, Cedexis); network invented',
    make: fresh((r) => `c${r.below(9_999)}-${hex(cipher(r, 6))}-${r.text('0123456789', 8)}.lb`, 6, 2),
  },
  {
    id: 'tracker with a name per view',
    what: '32 hexadecimal characters in each, five a page.',
    source: 'Palo Alto Unit 42, Leveraging DNS Tunneling for Tracking and Scanning, 2024; tracker invented',
    make: fresh((r) => `${hex(cipher(r, 16))}.trk`, 12, 5),
  },
  {
    id: 'network measurement',
    what: 'Random name per test, three tests a visit, by a third of the people.',
    source: 'APNIC measurement, footprintdns.com; service invented',
    make: fresh((r) => `${r.text(BASE36, 10)}-u${r.text(BASE36, 8)}-c${r.below(300)}-s${r.below(99_999)}.t`, 4, 3, 0.3),
  },
  {
    id: 'advertising with generated domains',
    what: 'Registered domains of random letters, two names each.',
    source: 'Practice of circumvention of ad blockers',
    *make(network) {
      const { random, clients } = network
      const domains = Array.from(
        { length: 400 },
        () => `${random.text('abcdefghijklmnopqrstuvwxyz', 9 + random.below(6))}.${random.pick(['com', 'net', 'club'])}`,
      )
      for (let client = 0; client < clients; client++)
        for (const at of instants(network, 20, 4))
          yield { at, client, name: `${random.pick(['', 'cdn.', 'a.', `${random.text(BASE36, 6)}.`])}${domains[random.below(400)] ?? ''}` }
    },
  },
  {
    id: 'blog and shop hosts',
    what: 'Readable and transliterated tenants of a hosting service.',
    source: 'Shapes of myshopify.com, wordpress.com; service invented',
    make: pool((r) => `${word(r)}${r.pick(['-', '', 'ky', 'szcz', 'njo', 'xu'])}${word(r)}${r.chance(0.3) ? r.below(999) : ''}`, {
      size: 3_000,
      perHour: 20,
      zone: someDomain,
    }),
  },
  {
    id: 'crawler',
    what: 'Two names of each of thousands of sites, tenants of hosts among them, 40 a minute.',
    source: 'Practice of web crawling',
    *make(network) {
      const { random } = network
      const host = someDomain(random)
      for (const at of instants(network, 2_400, 4))
        yield {
          at,
          client: 0,
          name: random.chance(0.1)
            ? `${word(random)}${random.text(BASE36, 5)}.${host}`
            : `${random.pick(['www.', '', 'm.'])}${someDomain(random)}`,
        }
    },
  },
  {
    id: 'signed addresses of a cloud application',
    what: 'base64url of 24 bytes in front of each preview of a document.',
    source: 'Shape of googleusercontent.com preview hosts; service invented',
    make: fresh((r) => `${base64url(cipher(r, 18)).toLowerCase()}.u`, 10, 3, 0.4),
  },
  {
    id: 'names per user of a mailing',
    what: 'A link per reader, base32, one host each.',
    source: 'Practice of mail tracking',
    make: fresh((r) => `${base32(cipher(r, 10))}.link`, 1, 1),
  },
]
