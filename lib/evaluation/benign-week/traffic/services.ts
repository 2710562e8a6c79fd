import { BASE36, fixed, HEX } from '../random'
import type { Traffic } from '../world'

const TELEMETRY = [
  'v10.events.data.microsoft.com',
  'settings-win.data.microsoft.com',
  'mobile.pipe.aria.microsoft.com',
  'incoming.telemetry.mozilla.org',
  'safebrowsing.googleapis.com',
  'clients4.google.com',
  'gateway.icloud.com',
  'mesu.apple.com',
  'telemetry.dropbox.com',
  'edge.skype.com',
] as const

export const telemetry: Traffic = {
  id: 'telemetry',
  what: `Every workstation, phone and device asks 4 of ${TELEMETRY.length} fixed names, each every 5 to 60 minutes, day and night; one device in four retries a dead name every 30 seconds`,
  source: 'Names: misp-warninglists, microsoft-win10-connection-endpoints; periods assumed',
  create({ of }) {
    const all = [...of('workstation'), ...of('phone'), ...of('device')].map((client, index) => {
      const own = fixed(`telemetry ${index}`)
      return { ...client, names: Array.from({ length: 4 }, () => ({ name: own.pick(TELEMETRY), every: 5 + own.below(56) })), own }
    })
    const stuck = of('device').filter((_, index) => index % 4 === 0)
    return ({ at, random, emit }) => {
      for (const { address, names } of all)
        for (const { name, every } of names) if (random.chance(1 / every)) emit(at + random.next() * 60_000, address, name, 'A')
      for (const { address } of stuck)
        for (const offset of [0, 30_000]) emit(at + offset + random.below(500), address, 'ota.firmware-vendor-example.net', 'A', 'SERVFAIL')
    }
  },
}

export const updates: Traffic = {
  id: 'updates',
  what: 'Once a day each workstation asks 6 to 20 numbered hosts of an update service; servers ask mirrors every six hours',
  source: 'Names: misp-warninglists, microsoft-win10-connection-endpoints; rate assumed',
  create({ of }) {
    const [workstations, servers] = [of('workstation'), of('server')]
    return ({ at, activity, random, emit }) => {
      for (const { address } of workstations) {
        if (!random.chance((activity + 0.05) / 600)) continue
        for (let i = 0; i < 6 + random.below(15); i++) {
          const host = `${random.pick(['geo', 'kv', 'cp', 'disc'])}${random.below(900)}.prod.do.dsp.mp.microsoft.com`
          const name = random.chance(0.5) ? host : `${1 + random.below(11)}.tlu.dl.delivery.mp.microsoft.com`
          emit(at + random.exponential(60_000), address, name, 'A')
        }
      }
      for (const { address } of servers) {
        if (!random.chance(1 / 360)) continue
        for (const name of ['deb.debian.org', 'security.debian.org', 'archive.ubuntu.com', 'download.docker.com'])
          emit(at + random.exponential(5_000), address, name, 'A')
      }
    }
  },
}

const TENANTS = 400

export const saas: Traffic = {
  id: 'saas',
  what: `People use 8 fixed shards of online services, 6 lookups an hour, and 5 % of lookups go to one of ${TENANTS} tenants of others; calls ask generated media hosts; 2 % of workstations measure latency with random names`,
  source: 'Name shapes: misp-warninglists, microsoft-office365; Azure Traffic Manager documentation (footprintdns.com); rates assumed',
  create({ of }) {
    const people = of('workstation').map((client, index) => {
      const own = fixed(`saas ${index}`)
      return { ...client, measures: own.chance(0.02), shards: Array.from({ length: 8 }, () => shard(own.below(TENANTS))) }
    })
    return ({ at, activity, random, emit }) => {
      for (const { address, shards, measures } of people) {
        for (let i = random.poisson((6 * activity) / 60); i > 0; i--) {
          const name = random.chance(0.05) ? shard(random.below(TENANTS)) : (shards[random.below(shards.length)] ?? '')
          emit(at + random.next() * 60_000, address, name, 'A')
        }
        if (random.chance((0.5 * activity) / 60))
          emit(
            at,
            address,
            `zoom${random.pick(['fr', 'am', 'ny', 'sj'])}${random.below(300)}mmr.${random.pick(['fr', 'am', 'ny'])}.zoom.us`,
            'A',
          )
        if (measures && random.chance((4 * activity) / 60))
          for (let i = 0; i < 3; i++) emit(at + i * 400, address, `${random.text(HEX, 32)}.clo.footprintdns.com`, 'A')
      }
    }
  },
}

function shard(tenant: number): string {
  const own = fixed(`tenant ${tenant}`)
  const id = own.text(BASE36, 8)
  return own.pick([
    `tenant${tenant}.sharepoint.com`,
    `${id}.eu-west-1.elb.amazonaws.com`,
    `s3-${id}.s3.amazonaws.com`,
    `${id}.blob.core.windows.net`,
    `acme${tenant}.service-now.com`,
    `${id}.trafficmanager.net`,
  ])
}
