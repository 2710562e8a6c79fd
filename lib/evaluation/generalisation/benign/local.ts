import type { Random } from '../../benign-week/random'
import { hex } from '../encode'
import { cipher, HOUR, type HonestKind, MINUTE, SECOND, someDomain, WORDS, word } from '../kind'
import { instants } from './reputation'

const uuid = (random: Random): string => hex(cipher(random, 16)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
const BASE36 = 'abcdefghijklmnopqrstuvwxyz0123456789'

export const local: readonly HonestKind[] = [
  {
    id: 'directory domain',
    source: 'Microsoft, DNS records registered by Netlogon',
    what: 'SRV below _msdcs, sites and GUIDs of domains and controllers, CNAME of controllers.',
    *make(network) {
      const { random, clients } = network
      const domain = `ad.${someDomain(random)}`
      const ids = Array.from({ length: 30 }, () => uuid(random))
      for (let client = 0; client < clients; client++)
        for (const at of instants(network, 12, 3)) {
          const id = ids[random.below(30)] ?? ''
          const [name = '', qtype = 'A'] = random.pick<readonly string[]>([
            [`_ldap._tcp.site${random.below(9)}._sites.dc._msdcs`, 'SRV'],
            [`_ldap._tcp.${id}.domains._msdcs`, 'SRV'],
            [`${id}._msdcs`, 'CNAME'],
            ['_kerberos._tcp', 'SRV'],
            [`pc-${hex(cipher(random, 3))}`, 'A'],
          ] as const)
          yield { at, client, name: `${name}.${domain}`, qtype }
        }
    },
  },
  {
    id: 'cluster with search domains',
    source: 'Kubernetes documentation, DNS for Services and Pods: ndots 5',
    what: 'Every name is first asked below three suffixes; pods and services have hashed names.',
    *make(network) {
      const { random, clients } = network
      const own = someDomain(random)
      const services = Array.from({ length: 60 }, () => `${word(random)}-${random.text(BASE36, 9)}-${random.text(BASE36, 5)}`)
      const outer = Array.from({ length: 40 }, () => `${hex(cipher(random, 12))}.db.${someDomain(random)}`)
      for (let client = 0; client < clients; client++)
        for (const at of instants(network, 40, 4)) {
          const name = random.chance(0.6) ? `${services[random.below(60)]}.prod` : (outer[random.below(40)] ?? '')
          for (const tail of ['prod.svc.cluster.local', 'svc.cluster.local', `eu-west-1.compute.internal`, own])
            yield { at, client, name: `${name}.${tail}`, rcode: 'NXDOMAIN' }
          yield { at, client, name }
        }
    },
  },
  {
    id: 'service discovery',
    source: 'Consul documentation, DNS interface',
    what: 'Tags, nodes named by hash and prepared queries below a domain of its own, SRV and A.',
    *make(network) {
      const { random, clients } = network
      const zone = `consul.${someDomain(random)}`
      const nodes = Array.from({ length: 150 }, () => `ip-${hex(cipher(random, 4))}.node.dc1`)
      for (let client = 0; client < clients; client++)
        for (const at of instants(network, 60, 3))
          yield {
            at,
            client,
            name: `${random.chance(0.5) ? `${word(random)}.service` : nodes[random.below(150)]}.${zone}`,
            qtype: random.pick(['A', 'SRV']),
          }
    },
  },
  {
    id: 'devices with their numbers',
    source: 'Practice of IoT clouds: a host per device; cloud invented',
    what: 'Each device asks its own host, hexadecimal, every few minutes; a fleet of them.',
    *make(network) {
      const { random, clients } = network
      const zone = someDomain(random)
      for (let client = 0; client < clients; client++) {
        const own = [hex(cipher(random, 8)), hex(cipher(random, 16))]
        for (const at of instants(network, 20)) yield { at, client, name: `${own[random.below(2)]}.iot.${zone}` }
      }
    },
  },
  {
    id: 'gateway for devices',
    source: 'The same behind one gateway',
    what: 'One client asks for 80 devices, each with a host of its own, again and again.',
    *make(network) {
      const { random } = network
      const zone = someDomain(random)
      const ids = Array.from({ length: 80 }, () => hex(cipher(random, 8)))
      for (const at of instants(network, 600)) yield { at, client: 0, name: `${ids[random.below(80)]}.mqtt.${zone}` }
    },
  },
  {
    id: 'monitoring against caches',
    source: 'Nagios check_dns, dnsperf and resolver monitors: a random first label',
    what: 'A name with random letters every 20 s below the monitor’s own domain.',
    *make({ random, hours }) {
      const zone = someDomain(random)
      for (let at = 0; at < hours * HOUR; at += 20 * SECOND)
        yield { at, client: 0, name: `${random.text('abcdefghijklmnopqrstuvwxyz', 8)}.probe.${zone}`, rcode: 'NXDOMAIN' }
    },
  },
  {
    id: 'monitoring with the time in the name',
    source: 'RIPE Atlas: $t and $p in measured names',
    what: 'A number that counts seconds and a probe’s number, every minute.',
    *make({ random, hours }) {
      const zone = someDomain(random)
      for (let at = 0; at < hours * HOUR; at += MINUTE)
        yield { at, client: 0, name: `p${random.below(9)}-${1_760_000_000 + at / 1_000}.m.${zone}` }
    },
  },
  {
    id: 'browsers and portals',
    source: 'APNIC blog 2020, Chromium’s impact on root DNS traffic',
    what: 'Three random labels at every start, plain and below the search domain; captive portal tests.',
    *make(network) {
      const { random, clients } = network
      const own = `corp.${someDomain(random)}`
      for (let client = 0; client < clients; client++)
        for (const at of instants(network, 2))
          for (let i = 0; i < 3; i++) {
            const label = random.text('abcdefghijklmnopqrstuvwxyz', 7 + random.below(9))
            yield { at, client, name: label, rcode: 'NXDOMAIN' }
            yield { at, client, name: `${label}.${own}`, rcode: 'NXDOMAIN' }
          }
    },
  },
  {
    id: 'certificates',
    source: 'RFC 8555; OCSP and CRL hosts of certificate authorities',
    what: 'Challenges as TXT and hashed hosts of an authority, on renewal of 40 names.',
    *make(network) {
      const { random } = network
      const [own, authority] = [someDomain(random), someDomain(random)]
      for (const at of instants(network, 20, 40)) {
        yield { at, client: 0, name: `_acme-challenge.${word(random)}${random.below(40)}.${own}`, qtype: 'TXT' }
        yield { at, client: 0, name: `_${hex(cipher(random, 16))}.${word(random)}.${own}`, qtype: 'CNAME' }
        yield { at, client: 0, name: `r${random.below(12)}.${random.pick(['o', 'c', 'i'])}.${authority}` }
      }
    },
  },
  {
    id: 'scan of an own domain',
    source: 'Practice of subdomain enumeration (amass, dnsx word lists)',
    what: '3,000 words and permutations below the organisation’s domain, 20 a second.',
    *make({ random }) {
      const own = someDomain(random)
      for (let i = 0; i < 3_000; i++)
        yield {
          at: 10 * MINUTE + i * 50,
          client: 0,
          name: `${WORDS[i % WORDS.length]}${random.chance(0.5) ? `-${random.pick(['dev', 'stg', 'uat', 'k8s', 'fw01', 'x2'])}` : ''}${Math.floor(i / 100)}.${own}`,
          rcode: random.chance(0.02) ? 'NOERROR' : 'NXDOMAIN',
        }
    },
  },
  {
    id: 'reverse names of providers',
    source: 'Forward-confirmed reverse DNS of mail and SSH servers',
    what: 'pool-1-2-3-4 hosts of a few big providers, each checked once.',
    *make(network) {
      const { random } = network
      const providers = Array.from({ length: 6 }, () => someDomain(random))
      for (const at of instants(network, 240)) {
        const ip = Array.from({ length: 4 }, () => random.below(256)).join('-')
        const provider = providers[random.below(6)] ?? ''
        yield {
          at,
          client: 0,
          name: `${random.pick([`pool-${ip}`, `${ip}.dsl.dyn`, `p${hex(cipher(random, 4))}.dip0`, `static.${ip}.clients`])}.${provider}`,
        }
      }
    },
  },
  {
    id: 'dynamic DNS and remote access',
    source: 'Vendor remote-access hosts below a domain of theirs; names per device',
    what: 'A router’s own name every 5 minutes, and a few friends’.',
    *make(network) {
      const { random, clients } = network
      const zone = someDomain(random)
      for (let client = 0; client < clients; client++) {
        const names = Array.from({ length: 3 }, () => random.text(BASE36, 12))
        for (const at of instants(network, 24)) yield { at, client, name: `${names[random.below(3)]}.${zone}` }
      }
    },
  },
  {
    id: 'peers and pools',
    source: 'BitTorrent trackers, bootstrap seeds of crypto currencies',
    what: 'Trackers by dozens, pools and seeds again and again, AAAA as well.',
    *make(network) {
      const { random } = network
      const names = Array.from(
        { length: 60 },
        () => `${random.pick(['tracker', 'seed', 'stratum', 'pool'])}${random.below(20)}.${someDomain(random)}`,
      )
      for (const at of instants(network, 300, 20))
        yield {
          at,
          client: random.below(3),
          name: names[random.below(60)] ?? '',
          qtype: random.pick(['A', 'AAAA']),
          rcode: random.chance(0.4) ? 'NXDOMAIN' : 'NOERROR',
        }
    },
  },
  {
    id: 'hidden services by proxy',
    source: 'Tor2web: version 3 addresses of 56 base32 characters',
    what: 'A handful of hidden services through a proxy domain, each asked again and again.',
    *make(network) {
      const { random } = network
      const zone = someDomain(random)
      const hosts = Array.from({ length: 8 }, () => random.text('abcdefghijklmnopqrstuvwxyz234567', 56))
      for (const at of instants(network, 40, 2)) yield { at, client: 0, name: `${hosts[random.below(8)]}.${zone}` }
    },
  },
  {
    id: 'split tunnel of a VPN',
    source: 'Practice of split DNS: the suffix of the other side is tried first',
    what: 'Everyday names below a partner’s suffix, NXDOMAIN, then plain.',
    *make(network) {
      const { random, clients } = network
      const partner = `int.${someDomain(random)}`
      const names = Array.from({ length: 300 }, () =>
        random.pick([
          `www.${someDomain(random)}`,
          `${hex(cipher(random, 8))}.cdn.${someDomain(random)}`,
          `d${random.text(BASE36, 13)}.cloudfront.net`,
        ]),
      )
      for (let client = 0; client < clients; client++)
        for (const at of instants(network, 30, 3)) {
          const name = names[Math.floor(300 * random.next() ** 2)] ?? ''
          yield { at, client, name: `${name}.${partner}`, rcode: 'NXDOMAIN' }
          yield { at, client, name }
        }
    },
  },
]
