import { base32, hex } from '../encode'
import { cipher, HOUR, type HonestKind, MINUTE, SECOND, someDomain, word } from '../kind'
import { instants } from './reputation'

const BASE36 = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Devices, probes, attacks by name server and views that carry nothing in names. */
export const devices: readonly HonestKind[] = [
  {
    ...{ id: 'television with its number', source: 'Practice of televisions and players: a host per device and start, against caches' },
    what: 'One device: a random number below its own, every ten minutes and at every start.',
    *make(network) {
      const { random } = network
      const zone = someDomain(random)
      const id = hex(cipher(random, 8))
      for (const at of instants(network, 6)) yield { at, client: 0, name: `${hex(cipher(random, 4))}.${id}.tv.${zone}` }
    },
  },
  {
    ...{ id: 'farm of numbered hosts', source: 'Practice of fleet tools (Ansible, Prometheus): every host in order, A and AAAA' },
    what: '60 numbered hosts, one after the other, every five minutes.',
    *make({ random, hours }) {
      const zone = someDomain(random)
      for (let at = 0; at < hours * HOUR; at += 5 * MINUTE)
        for (let i = 1; i <= 60; i++) {
          yield { at: at + 50 * i, client: 0, name: `node-${i}.prod.${zone}`, qtype: 'A' }
          yield { at: at + 50 * i + 1, client: 0, name: `node-${i}.prod.${zone}`, qtype: 'AAAA' }
        }
    },
  },
  {
    ...{ id: 'hosts with IPv6 alone', source: 'RFC 6147, RFC 8683: behind DNS64 some programs ask for AAAA only' },
    what: 'Half of the clients ask for AAAA alone: sites, numbered images of pages, content hosts.',
    *make(network) {
      const { random, clients } = network
      const sites = Array.from({ length: 60 }, () => someDomain(random))
      for (let client = 0; client < clients / 2; client++)
        for (const at of instants(network, 40, 6)) {
          const site = sites[Math.floor(60 * random.next() ** 2)] ?? ''
          const host = random.pick(['www', word(random), `img${random.below(12)}`, `${random.text(BASE36, 8)}.cdn`])
          yield { at, client, name: `${host}.${site}`, qtype: 'AAAA' }
        }
    },
  },
  {
    ...{ id: 'attack on a name server', source: 'Practice of random-subdomain floods (water torture) by bots in the network' },
    what: 'Three clients ask random letters below one victim’s domain, 5 a second for ten minutes; most fail.',
    *make(network) {
      const { random } = network
      const victim = someDomain(random)
      for (let at = 20 * MINUTE; at < 30 * MINUTE; at += 200)
        yield {
          at,
          client: random.below(3),
          name: `${random.text('abcdefghijklmnopqrstuvwxyz', 8 + random.below(8))}.${victim}`,
          rcode: random.chance(0.6) ? 'NXDOMAIN' : 'SERVFAIL',
        }
    },
  },
  {
    ...{ id: 'generated hosts of dynamic DNS', source: 'DGArchive: families that generate names below ddns.net, dyndns.org and others' },
    what: 'A bot asks 250 random names below free DNS zones every hour, all missing.',
    *make(network) {
      const { random, hours } = network
      for (let hour = 0; hour < hours; hour++)
        for (let i = 0; i < 250; i++)
          yield {
            at: hour * HOUR + 10 * MINUTE + 300 * i,
            client: 0,
            name: `${random.text('abcdefghijklmnopqrstuvwxyz', 8 + random.below(6))}.${random.pick(['ddns.net', 'dyndns.org', 'duckdns.org'])}`,
            rcode: 'NXDOMAIN',
          }
    },
  },
  {
    ...{ id: 'spam filter with hashes', source: 'Hash block lists: SHA-256 in base32 below a key; answers 127.0.0.x or none' },
    what: 'Two hashes for every mail, TXT and A, below a list with the customer’s key.',
    *make(network) {
      const { random } = network
      const [list, key] = [someDomain(random), random.text('abcdefghijklmnopqrstuvwxyz234567', 26)]
      for (const at of instants(network, 120))
        for (let i = 0; i < 2; i++)
          yield {
            at: at + i,
            client: 0,
            name: `${base32(cipher(random, 32))}._cw.${key}.hbl.${list}`,
            rcode: random.chance(0.97) ? 'NXDOMAIN' : 'NOERROR',
          }
    },
  },
  {
    ...{ id: 'telephone numbers', source: 'RFC 6116, ENUM in a carrier’s own tree' },
    what: 'A telephone exchange asks digits backwards as NAPTR, a number a call.',
    *make(network) {
      const { random } = network
      const carrier = someDomain(random)
      for (const at of instants(network, 90))
        yield { at, client: 0, name: `${random.text('0123456789', 11).split('').join('.')}.e164.${carrier}`, qtype: 'NAPTR' }
    },
  },
  {
    ...{ id: 'campus resolver', source: 'A university’s log of one resolver that asks for thousands' },
    what: 'One address asks hashed content hosts, trackers and lists for everybody, many a second.',
    *make(network) {
      const { random } = network
      const zones = Array.from({ length: 40 }, () => someDomain(random))
      const [tracker, list] = [someDomain(random), someDomain(random)]
      for (const at of instants(network, 6_000)) {
        const zone = zones[Math.floor(40 * random.next() ** 2)] ?? ''
        const pick = random.below(20)
        if (pick < 14) yield { at, client: 0, name: `${random.pick(['www', word(random), `d${random.below(900)}`])}.${zone}` }
        else if (pick < 17) yield { at, client: 0, name: `d${random.text(BASE36, 13)}.cloudfront.net` }
        else if (pick < 18) yield { at, client: 0, name: `${hex(cipher(random, 8))}.t.${tracker}` }
        else yield { at, client: 0, name: `${Array.from({ length: 4 }, () => random.below(256)).join('.')}.bl.${list}`, rcode: 'NXDOMAIN' }
      }
    },
  },
  {
    ...{ id: 'certificates by delegated challenge', source: 'joohoi/acme-dns README: a UUID for each name, TXT' },
    what: 'Forty UUIDs as TXT, each asked some times when certificates are renewed.',
    *make(network) {
      const { random } = network
      const zone = `auth.${someDomain(random)}`
      const ids = Array.from({ length: 40 }, () => hex(cipher(random, 16)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'))
      for (const id of ids)
        for (let i = 0; i < 4; i++) yield { at: 15 * MINUTE + random.below(40) * SECOND, client: 0, name: `${id}.${zone}`, qtype: 'TXT' }
    },
  },
  {
    ...{ id: 'monitoring against caches, answered', source: 'The same check as above against a wildcard record' },
    what: 'Random letters below the monitor’s own domain every 60 s; the name exists.',
    *make({ random, hours }) {
      const zone = someDomain(random)
      for (let at = 0; at < hours * HOUR; at += MINUTE)
        yield { at, client: 0, name: `${random.text('abcdefghijklmnopqrstuvwxyz', 8)}.probe.${zone}` }
    },
  },
]
