import { type Alphabet, decodeText, IODINE32, IODINE64, IODINE64U, IODINE128, readUint } from '../decode/base-n'
import type { Carried, Fingerprint, Identification } from './fingerprint'
import { MAX_PIECES, namesText } from './fingerprint'
import type { Carrier, Carriers } from './name-group'
import { commonest, countsUp } from './sequence'

/** Version 0x00000502 and two counted bytes; the last symbol of a field holds the bits that are left, so few are possible. */
const VERSION = /^vaaaaka[q-x][a-z0-5]{2}[aeimquy2]$/
/** User, MD5 of the password, two counted bytes. */
const LOGIN = /^l[ab][a-z0-5]{29}[aiqy]$/
const TYPE_TEST = /^y[tsuvr]b[a-z0-5]{3}$/
/** Fixed texts that show which bytes survive the way to the server. */
const CODEC_TEST = /^z[a-z0-5]{3}aa(?:-aaahhh-drink-mal-ein-j|-la-fl|bbccddee|0123456789|\xd0\xd1\xd2)/
/** Repeated pattern that fills the name to find the largest answer. */
const SIZE_TEST = /^r[ab][a-z0-5]{2}d.{40}/
const PING = /^p[ab][a-z0-5]{5}[aiqy]$/
const DATA = /^[0-9a-f][a-z0-5]{3}[a-z0-9]/
const COUNTER = 'abcdefghijklmnopqrstuvwxyz0123456789'
/** Values of the counter that must have been seen: a decimal digit that counts takes ten. */
const FEWEST_COUNTED = 11
const CODECS: readonly Alphabet[] = [IODINE32, IODINE64, IODINE64U, IODINE128]

const HANDSHAKE: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['version 0x502', VERSION],
  ['login', LOGIN],
  ['codec test', CODEC_TEST],
  ['type test', TYPE_TEST],
  ['size test', SIZE_TEST],
]
/** Letter that each of them begins with, in the same order. */
const INITIALS = 'vlzyr'

/** @see `doc/proto_00000502.txt` and `src/client.c` of iodine. */
export const iodine: Fingerprint = {
  tool: 'iodine',
  identify(group) {
    const data = dataNames(group)
    const proofs = [handshake(group), pings(group), packets(data)].filter((proof) => proof !== null)
    if (proofs.length > 0) return found('certain', proofs, data)
    const counted = counter(group, data)
    return counted === null ? null : found('high', [counted], data)
  },
}

const found = (confidence: 'certain' | 'high', proof: readonly string[], data: readonly DataName[]): Identification => ({
  name: 'iodine',
  confidence,
  proof,
  carried: carriedBy(data),
})

function handshake({ carriers }: Carriers): string | null {
  const counts = new Map<string, number>()
  for (const { labels } of carriers) {
    const [first = ''] = labels
    const [what, pattern] = HANDSHAKE[first === '' ? -1 : INITIALS.indexOf(first.charAt(0))] ?? []
    if (what === undefined || (what !== 'size test' && labels.length > 1)) continue
    if (pattern?.test(first)) counts.set(what, (counts.get(what) ?? 0) + 1)
  }
  const kinds = HANDSHAKE.flatMap(([what]) => (counts.has(what) ? [{ what, count: counts.get(what) ?? 0 }] : []))
  const total = kinds.reduce((sum, { count }) => sum + count, 0)
  const isTelling = kinds.some(({ what }) => what === 'version 0x502' || what === 'codec test')
  if (!isTelling || kinds.length < 2 || total < 3) return null
  return `${namesText(total)} of iodine’s handshake: ${kinds.map(({ what, count }) => `${what} (${count})`).join(', ')}.`
}

/** Keep-alives: user, acknowledged packet, and a number that counts every request. */
function pings({ carriers }: Carriers): string | null {
  const decoded = carriers.flatMap(({ labels, at }) => {
    const label = labels[0] ?? ''
    const bytes = labels.length === 1 && PING.test(label) ? decodeText(label.slice(1), IODINE32) : null
    const user = bytes?.[0] ?? 255
    return bytes !== null && user < 16 && (bytes[1] ?? 255) < 128 ? [{ user, at, value: readUint(bytes, 2, 2) }] : []
  })
  const { value: user, count } = commonest(decoded.map((ping) => ping.user))
  const own = decoded.filter((ping) => ping.user === user)
  if (count < 3 || !countsUp(own, { size: 65_536, maxStep: 1_023 })) return null
  return `${namesText(count)} decode to iodine keep-alives of user ${user} whose counter rises with time.`
}

interface DataName extends Carrier {
  readonly user: string
  readonly packet: number
  readonly fragment: number
  readonly counter: number
  /** What follows the five header symbols, without dots, in the case asked. */
  readonly text: string
}

function dataNames({ carriers }: Carriers): DataName[] {
  return carriers.flatMap(({ labels, cased, qtype, at }) => {
    const [first = ''] = labels
    if (first.length < 8 || !DATA.test(first)) return []
    const high = IODINE32.symbols.indexOf(first.charAt(1))
    const middle = IODINE32.symbols.indexOf(first.charAt(2))
    return [
      {
        labels,
        cased,
        qtype,
        at,
        user: first.charAt(0),
        packet: high >> 2,
        fragment: ((high & 3) << 2) | (middle >> 3),
        counter: COUNTER.indexOf(first.charAt(4)),
        text: cased.join('').slice(5),
      },
    ]
  })
}

/** iodine compresses every packet with zlib at its highest level: a first fragment begins with 78 DA in any codec. */
const isCompressed = ({ text }: DataName): boolean => /^(?:pdn[a-p]|EnO|EnP|EnQ|EnR|en[o-r]|82)/.test(text)

function packets(data: readonly DataName[]): string | null {
  const firsts = data.filter(({ fragment }) => fragment === 0)
  const compressed = firsts.filter(isCompressed)
  const users = commonest(data.map(({ user }) => user))
  if (compressed.length < 3 || compressed.length < 0.8 * firsts.length || users.count < 0.9 * data.length) return null
  // A constant beginning is another program's prefix: iodine's header counts.
  if (new Set(compressed.map(({ counter: value }) => value)).size < 3) return null
  return `${compressed.length} of ${firsts.length} first fragments begin with a zlib header after iodine’s packet header.`
}

function counter({ carriers }: Carriers, data: readonly DataName[]): string | null {
  const own = commonest(data.map(({ user }) => user))
  if (data.length < FEWEST_COUNTED || data.length < 0.6 * carriers.length || own.count < 0.9 * data.length) return null
  const numbers = data.map(({ at, counter: value }) => ({ at, value }))
  const isRaw = data.filter(({ text }) => /[\xbc-\xfd]/.test(text)).length >= 0.5 * data.length
  if (!isRaw && new Set(data.map(({ counter: value }) => value)).size < FEWEST_COUNTED) return null
  // A beginning that stays is another program's: iodine's packets and fragments have numbers.
  if (new Set(data.map(({ packet, fragment }) => 16 * packet + fragment)).size < 3) return null
  if (!countsUp(numbers, { size: 36, maxStep: 3 })) return null
  return `${namesText(data.length)} have iodine’s data header of one user, its counter running through a–z and 0–9.`
}

/** Whole packets of one fragment; the codec that decodes the most first fragments to a zlib header is taken. */
function carriedBy(data: readonly DataName[]): Carried | null {
  const firsts = data.filter((name) => name.fragment === 0 && isCompressed(name)).slice(0, MAX_PIECES)
  let best: Carried | null = null
  for (const alphabet of CODECS) {
    const pieces = firsts.flatMap(({ text }) => {
      const bytes = decodeText(alphabet === IODINE32 ? text.toLowerCase() : text, alphabet)
      return bytes !== null && bytes[0] === 0x78 && bytes[1] === 0xda ? [bytes] : []
    })
    if (pieces.length > (best?.pieces.length ?? 0)) best = { alphabet, pieces }
  }
  return best
}
