import { fixed, type Random, Zipf } from './random'

export type Role = 'workstation' | 'phone' | 'server' | 'device' | 'mail' | 'monitor' | 'scanner' | 'forwarder'

export interface Client {
  readonly address: string
  readonly role: Role
  /** How busy it is beside others of its role; mean near 1. */
  readonly busy: number
  /** Reputation service its security product asks; null when none. */
  readonly reputation: 'eset' | 'sophos' | 'mcafee' | null
  readonly asksIpv6: boolean
  readonly asksHttps: boolean
}

export interface World {
  readonly clients: readonly Client[]
  readonly of: (role: Role) => readonly Client[]
  readonly sites: Zipf
  /** The organisation's own domain, appended as search suffix. */
  readonly ownDomain: string
}

/** A moment of traffic: a minute, and how awake the office is in it. */
export interface Moment {
  readonly at: number
  /** 1 at the busiest hour of a working day. */
  readonly activity: number
  readonly random: Random
  /** Instants outside the minute's next hour are moved into it. */
  readonly emit: (at: number, source: string, name: string, qtype: string, rcode?: string) => void
}

/** One kind of ordinary traffic. */
export interface Traffic {
  readonly id: string
  /** What it does, with its numbers. */
  readonly what: string
  /** Where the numbers come from; `assumed` when they are ours. */
  readonly source: string
  create(world: World): (moment: Moment) => void
}

export const MINUTE_MS = 60_000
export const SITES = 200_000
/** Exponent of site popularity. */
export const POPULARITY = 0.91

/** Shares of the clients by what they are; the rest are workstations. */
const SHARES: readonly (readonly [Role, number])[] = [
  ['phone', 0.1],
  ['device', 0.05],
  ['server', 0.05],
]
/** Few of these in any network. */
const SPECIAL: readonly (readonly [Role, number])[] = [
  ['mail', 3],
  ['monitor', 2],
  ['scanner', 1],
  ['forwarder', 3],
]

function roleOf(index: number, clients: number): Role {
  let at = 0
  for (const [role, count] of SPECIAL) {
    at += Math.max(1, Math.round((count * Math.min(clients, 1_000)) / 1_000))
    if (index < at) return role
  }
  for (const [role, share] of SHARES) {
    at += Math.round(share * clients)
    if (index < at) return role
  }
  return 'workstation'
}

function makeClient(index: number, clients: number): Client {
  const random = fixed(`client ${index}`)
  const role = roleOf(index, clients)
  const product = random.next()
  const isManaged = role === 'workstation' || role === 'server' || role === 'mail'
  const reputation = !isManaged ? null : product < 0.2 ? 'sophos' : product < 0.3 ? 'eset' : product < 0.4 ? 'mcafee' : null
  return {
    ...{ address: `10.${20 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`, role, reputation },
    busy: random.logNormal(0.8, 0.7),
    asksIpv6: random.chance(0.9),
    asksHttps: random.chance(0.6),
  }
}

/** @param count - Clients, special hosts included. */
export function makeWorld(count: number): World {
  const clients = Array.from({ length: count }, (_, index) => makeClient(index, count))
  const byRole = new Map<Role, Client[]>()
  for (const client of clients) byRole.set(client.role, [...(byRole.get(client.role) ?? []), client])
  return { clients, of: (role) => byRole.get(role) ?? [], sites: new Zipf(SITES, POPULARITY), ownDomain: 'northfield-example.com' }
}

/** Share of the busiest hour by hour of a working day, local time. */
const WORKDAY = [6, 5, 5, 5, 6, 8, 18, 45, 80, 98, 100, 97, 78, 88, 98, 95, 85, 60, 35, 24, 18, 14, 10, 8].map((percent) => percent / 100)
/** On Saturday and Sunday. */
const WEEKEND = 0.12

/** @param at - Epoch ms, taken as local time. */
export function activityAt(at: number): number {
  const day = new Date(at).getUTCDay()
  const hour = new Date(at).getUTCHours()
  const now = WORKDAY[hour] ?? 0
  const next = WORKDAY[(hour + 1) % 24] ?? 0
  const smooth = now + ((next - now) * (at % 3_600_000)) / 3_600_000
  return day === 0 || day === 6 ? smooth * WEEKEND + 0.03 : smooth
}
