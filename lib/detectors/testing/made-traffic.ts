import type { DnsEvent } from '@/lib/domain/dns-event'

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export type Random = () => number

export const below = (random: Random, count: number): number => Math.floor(random() * count)

const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const DIGITS = '0123456789'

/** Alphabets that tools and scripts write data in. */
export const ALPHABETS = {
  hex: '0123456789abcdef',
  base32: `${LOWER}234567`,
  base32hex: '0123456789abcdefghijklmnopqrstuv',
  iodine32: `${LOWER}012345`,
  base36: `${DIGITS}${LOWER}`,
  base64url: `${LOWER.toUpperCase()}${LOWER}${DIGITS}-_`,
} as const
export type AlphabetName = keyof typeof ALPHABETS

export const textOf = (random: Random, symbols: string, length: number): string =>
  Array.from({ length }, () => symbols.charAt(below(random, symbols.length))).join('')

/** Text cut into labels of at most `longest` characters. */
export const inLabels = (text: string, longest: number): string => (text.match(new RegExp(`.{1,${longest}}`, 'g')) ?? []).join('.')

const WORDS = (
  'account archive backup branch cache calendar camera catalog center channel client cloud comment content cookie counter country ' +
  'customer delivery design desktop device domain download editor engine event family feature forum gallery garden gateway global ' +
  'health history home image index install invoice kitchen library login mail market media member message mobile monitor music network ' +
  'notice office online order partner payment people person photo picture player policy portal printer privacy product profile public ' +
  'radio remote report review route school script search secure server service session shop social sport static station status store ' +
  'stream student support survey system teacher ticket travel update user video weather window'
).split(' ')

export const wordsOf = (random: Random, count: number): string =>
  Array.from({ length: count }, () => WORDS[below(random, WORDS.length)] ?? 'word').join('-')

export interface MadeLookup {
  readonly at: number
  readonly source: string
  readonly qname: string
  readonly qtype?: string
  readonly rcode?: string | null
  readonly sensor?: string | null
  readonly raw?: string | null
}

let made = 0

/** A client's lookup as the analyser gets it. Ids count up over the whole process: only their being different matters. */
export function madeLookup({ at, source, qname, qtype = 'A', rcode = 'NOERROR', sensor = null, raw = null }: MadeLookup): DnsEvent {
  made += 1
  const lower = qname.toLowerCase()
  return {
    ...{ kind: 'dns', id: made, at, timeQuality: 'exact', source, clientIp: source, clientPort: null, serverIp: '10.0.0.53' },
    ...{ serverPort: 53, transport: 'udp', transactionId: null, qname: lower, qnameRaw: raw ?? (lower === qname ? null : qname) },
    ...{ qnameLossy: false, qtype, rcode, answers: [], answerCount: rcode === null ? null : 1, queryBytes: lower.length + 18 },
    ...{ responseBytes: rcode === null ? null : 120, hostId: null, hostName: null, userName: null, processName: null, sensor },
    ...{ scope: 'client', attempts: 1, format: 'test', recordNo: made },
  } as DnsEvent
}

export interface MadeTunnel {
  readonly seed: number
  readonly at: number
  readonly source?: string
  readonly zone: string
  readonly count: number
  readonly everyMs: number
  /** Share of the gap by which it varies, 0–1. */
  readonly jitter?: number
  readonly alphabet?: AlphabetName
  /** Characters of payload in a name. */
  readonly chars?: number
  readonly longest?: number
  readonly types?: readonly string[]
  /** Labels between payload and zone. */
  readonly below?: string
}

/** Data in names: every name new, one maker. */
export function madeTunnel(tunnel: MadeTunnel): DnsEvent[] {
  const { seed, source = '10.0.0.66', zone, count, everyMs, jitter = 0.2, alphabet = 'base32', chars = 32, longest = 60 } = tunnel
  const { types = ['A'], below: sub = 't' } = tunnel
  const random = seeded(seed)
  let at = tunnel.at
  return Array.from({ length: count }, (_, i) => {
    const label = inLabels(textOf(random, ALPHABETS[alphabet], chars), longest)
    const event = madeLookup({
      at: Math.round(at),
      source,
      qname: `${label}.${sub === '' ? '' : `${sub}.`}${zone}`,
      qtype: types[i % types.length] ?? 'A',
    })
    at += everyMs * (1 + jitter * (2 * random() - 1))
    return event
  })
}

const SITES = 300

/** People at work: few words below many sites, asked again and again; every tenth host is one of a content network. */
export function madeOffice({
  seed,
  at,
  minutes,
  clients = 8,
  perMinute = 4,
}: {
  readonly seed: number
  readonly at: number
  readonly minutes: number
  readonly clients?: number
  /** Lookups of one client. */
  readonly perMinute?: number
}): DnsEvent[] {
  const random = seeded(seed)
  const tlds = ['com', 'net', 'org', 'de', 'co.uk']
  const sites = Array.from({ length: SITES }, (_, i) => `${wordsOf(random, 2)}-${i}.${tlds[i % tlds.length]}`)
  const hosts = Array.from({ length: 40 }, () => `d${textOf(random, ALPHABETS.base36, 13)}.cloudfront.net`)
  const events: DnsEvent[] = []
  for (let i = 0; i < minutes * clients * perMinute; i++) {
    const popular = Math.floor(SITES * random() ** 3)
    const site = sites[popular] ?? 'example.com'
    const host =
      random() < 0.1 ? hosts[below(random, hosts.length)] : `${['www', 'api', 'static', 'img', 'login'][below(random, 5)]}.${site}`
    events.push(
      madeLookup({
        at: at + Math.floor(random() * minutes * 60_000),
        source: `10.0.0.${10 + below(random, clients)}`,
        qname: host ?? site,
        qtype: random() < 0.3 ? 'AAAA' : 'A',
      }),
    )
  }
  return events
}
