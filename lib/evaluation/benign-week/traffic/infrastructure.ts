import { fixed } from '../random'
import type { Traffic } from '../world'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

export const ownNames: Traffic = {
  id: 'own-names',
  what: 'Workstations ask 300 hosts and the service records of the own domain, 10 an hour; one lookup in ten appends the search suffix to a name of the Internet, and gets NXDOMAIN',
  source: 'Windows and resolv.conf search lists as documented; share assumed from WRCCDC 2018, where suffixes were common',
  create({ clients, ownDomain, sites }) {
    const asking = clients.filter(({ role }) => role === 'workstation' || role === 'server')
    return ({ at, activity, random, emit }) => {
      for (const { address } of asking)
        for (let i = random.poisson((10 * activity + 1) / 60); i > 0; i--) {
          const when = at + random.next() * 60_000
          if (random.chance(0.1)) emit(when, address, `www.site${sites.draw(random)}.com.${ownDomain}`, 'A', 'NXDOMAIN')
          else if (random.chance(0.3)) emit(when, address, `_ldap._tcp.dc._msdcs.corp.${ownDomain}`, 'SRV')
          else emit(when, address, `${random.pick(['srv', 'nas', 'print', 'app', 'sql'])}-${random.below(60)}.corp.${ownDomain}`, 'A')
        }
    }
  },
}

export const browserProbes: Traffic = {
  id: 'browser-probes',
  what: 'Chromium asks three random names of 7 to 15 letters at every start (twice a working day); half the workstations append the search suffix',
  source: 'Thomas, Chromium’s impact on root DNS traffic, APNIC blog, 2020',
  create({ of, ownDomain }) {
    const browsers = of('workstation')
    return ({ at, activity, random, emit }) => {
      for (const [index, { address }] of browsers.entries()) {
        if (!random.chance((activity * 2) / 600)) continue
        for (let i = 0; i < 3; i++) {
          const name = random.text(LETTERS, 7 + random.below(9))
          emit(at + i, address, index % 2 === 0 ? `${name}.corp.${ownDomain}` : name, 'A', 'NXDOMAIN')
        }
      }
    }
  },
}

export const background: Traffic = {
  id: 'background',
  what: 'Reverse lookups (20 an hour and server), multicast names that leak to the resolver (1 device in 3, every 2 minutes), addresses of public DoH resolvers (1 % of workstations, hourly), mistyped and dead names (1 an hour, NXDOMAIN)',
  source: 'Jung et al., IEEE/ACM ToN 2002 (negative answers); RFC 6762 (multicast names); rates assumed',
  create({ of, sites }) {
    const [servers, devices, workstations] = [of('server'), of('device'), of('workstation')]
    return ({ at, activity, random, emit }) => {
      for (const { address } of servers)
        for (let i = random.poisson(20 / 60); i > 0; i--)
          emit(
            at + random.next() * 60_000,
            address,
            `${random.below(256)}.${random.below(256)}.${random.below(256)}.10.in-addr.arpa`,
            'PTR',
          )
      for (const [index, { address }] of devices.entries())
        if (index % 3 === 0 && random.chance(0.5)) emit(at, address, '_googlecast._tcp.local', 'PTR', 'NXDOMAIN')
      for (const [index, { address }] of workstations.entries()) {
        if (index % 100 === 0 && random.chance(activity / 60))
          for (const name of ['dns.google', 'mozilla.cloudflare-dns.com', 'use-application-dns.net']) emit(at, address, name, 'A')
        if (random.chance(activity / 60))
          emit(at, address, `www.${fixed(`dead ${sites.draw(random)}`).text(LETTERS, 9)}.com`, 'A', 'NXDOMAIN')
      }
    }
  },
}

export const monitoring: Traffic = {
  id: 'monitoring',
  what: 'Monitoring hosts ask 60 fixed names every minute, and one name with the time in it, so that no cache answers',
  source: 'RIPE Atlas, $t and $r in names of DNS measurements; rate assumed',
  create({ of, ownDomain }) {
    const hosts = of('monitor')
    return ({ at, emit }) => {
      for (const [index, { address }] of hosts.entries()) {
        for (let i = 0; i < 60; i++) emit(at + i * 900, address, `srv-${i}.corp.${ownDomain}`, 'A')
        emit(at + 500, address, `${Math.floor(at / 1_000)}-probe${index}.dnscheck.monitoring-example.net`, 'A')
      }
    }
  },
}
