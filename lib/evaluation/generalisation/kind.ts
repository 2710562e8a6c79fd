import type { Random } from '../benign-week/random'

/** One lookup of a made-up program; `after` milliseconds since its one before. */
export interface MadeQuery {
  readonly after: number
  /** In front of the session's zone; or the whole name when `zone` is given. In the case asked, bytes above ASCII as `\DDD`. */
  readonly name: string
  readonly qtype?: string
  readonly rcode?: string
  readonly zone?: string
  /** The client, when the program forges addresses or a resolver hides it. */
  readonly source?: string
  readonly responseBytes?: number
}

export interface Session {
  readonly random: Random
  readonly zone: string
  /** Lookups it will make. */
  readonly queries: number
}

/** A tunnelling program, written from its published protocol. */
export interface TunnelKind {
  readonly id: string
  /** The name that a fingerprint may give; null: every name is wrong. */
  readonly tool: string | null
  readonly what: string
  readonly source: string
  /** Domains it uses, when they are not a plain registered one. */
  readonly zones?: (random: Random) => readonly string[]
  /** It forges addresses, or its client cannot be seen: alarms are not asked to name it. */
  readonly hidesClient?: boolean
  /** Called once a session; the result gives the lookups one after another. */
  readonly start: (session: Session) => (index: number) => MadeQuery
}

/** One lookup of an honest program. */
export interface HonestLookup {
  readonly at: number
  readonly client: number
  readonly name: string
  readonly qtype?: string
  readonly rcode?: string
}

export interface HonestNetwork {
  readonly random: Random
  readonly clients: number
  readonly hours: number
}

/** A kind of honest traffic that looks like a tunnel. */
export interface HonestKind {
  readonly id: string
  readonly what: string
  readonly source: string
  /** Lookups in any order, `at` in milliseconds from the start. */
  readonly make: (network: HonestNetwork) => Iterable<HonestLookup>
}

export const SECOND = 1_000
export const MINUTE = 60_000
export const HOUR = 3_600_000

const SYLLABLES = [
  'al',
  'ber',
  'cor',
  'dan',
  'el',
  'fen',
  'gar',
  'hol',
  'in',
  'jo',
  'kel',
  'lum',
  'mar',
  'nor',
  'ol',
  'par',
  'quin',
  'ros',
  'sil',
  'tor',
  'un',
  'ver',
  'wil',
  'yor',
  'zen',
] as const
const ENDINGS = ['com', 'net', 'org', 'info', 'io', 'de', 'co.uk', 'com.au', 'xyz', 'top'] as const

/** A registered domain that nobody has heard of; readable, as most are. */
export function someDomain(random: Random): string {
  const word = Array.from({ length: 2 + random.below(3) }, () => random.pick(SYLLABLES)).join('')
  return `${word}${random.chance(0.3) ? `-${random.pick(SYLLABLES)}` : ''}.${random.pick(ENDINGS)}`
}

export const WORDS =
  'account archive backup branch cache calendar camera catalog center channel client cloud comment content counter country customer delivery design desktop device domain download editor engine event family feature forum gallery garden gateway global health history image index install invoice kitchen library login market media member message mobile monitor music network notice office online order partner payment people person photo picture player policy portal printer privacy product profile public radio remote report review route school script search secure server service session shop social sport static station status store stream student support survey system teacher ticket travel update user video weather window'.split(
    ' ',
  )

export const word = (random: Random): string => WORDS[random.below(WORDS.length)] ?? 'word'

/** What is stolen or typed: lines of text. */
export function plainText(random: Random, bytes: number): Buffer {
  let text = ''
  while (text.length < bytes)
    text += `${word(random)}${random.pick([' ', ',', ':', '\\', '\r\n'])}${random.chance(0.2) ? random.below(9_999) : word(random)} `
  return Buffer.from(text.slice(0, bytes))
}

/** Encrypted or compressed. */
export const cipher = (random: Random, bytes: number): Buffer => Buffer.from(Array.from({ length: bytes }, () => random.below(256)))

/** A gap around `ms`, by at most `share` of it. */
export const around = (random: Random, ms: number, share = 0.25): number =>
  Math.max(1, Math.round(ms * (1 + share * (2 * random.next() - 1))))
