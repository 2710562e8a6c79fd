import { BASE64, decodeText, readUint } from '../decode/base-n'
import type { Fingerprint, Identification } from './fingerprint'
import { MAX_PIECES, namesText } from './fingerprint'
import type { Carrier, Carriers } from './name-group'
import { commonest, neverFalls } from './sequence'

const KEYWORD = /^=(?:auth|connect|resource)$/
/** Session, acknowledgement and sequence number of 2 bytes each, type of 1. */
const HEADER = 7
/** OK, DESAUTH, ERR, NOP, CHECK_MTU, DATA, ACK, NACK of `common/includes/packet.h`, with or without USE_COMPRESS. */
const TYPES: ReadonlySet<number> = new Set([0, 1, 2, 4, 6, 8, 16, 32])
const USE_COMPRESS = 64
const DATA = 8
/** Lower-cased logs: a header of type NOP ends in `BA`, one of type DATA goes on with `C` and one of `A` to `P`. */
const BARE = /^[a-z0-9+/]{8}ba$/
const FILLED = /^[a-z0-9+/]{8}c[a-p]/
const BASE64_TEXT = /^[a-z0-9+/]+={0,2}$/

interface Packet {
  readonly at: number
  readonly session: number
  readonly sequence: number
  readonly type: number
  readonly data: Uint8Array
}

/** @see `common/includes/packet.h` and `client/requests.c` of dns2tcp. */
export const dns2tcp: Fingerprint = {
  tool: 'dns2tcp',
  identify(group) {
    const commands = commandsOf(group)
    const packets = group.keepsCase ? packetsOf(group) : []
    const session = sessionOf(packets)
    if (session !== null) {
      const rising = `${namesText(session.length)} decode to dns2tcp headers of one session whose sequence numbers never fall.`
      return found('certain', commands === null ? [rising] : [commands, rising], session)
    }
    if (commands !== null) return found('high', [commands], [])
    const folded = foldedHeaders(group)
    return folded === null ? null : found('high', [folded], [])
  },
}

const found = (confidence: 'certain' | 'high', proof: readonly string[], packets: readonly Packet[]): Identification => ({
  name: 'dns2tcp',
  confidence,
  proof,
  carried: packets.length === 0 ? null : { alphabet: BASE64, pieces: dataOf(packets) },
})

function commandsOf({ carriers }: Carriers): string | null {
  const names = carriers.filter(({ labels }) => labels.length > 1 && KEYWORD.test(labels.at(-1) ?? ''))
  const commands = [...new Set(names.map(({ labels }) => labels.at(-1)))].sort()
  return commands.length === 0 ? null : `${namesText(names.length)} hold the command label ${commands.join(' and ')} of dns2tcp.`
}

function packetsOf({ carriers }: Carriers): Packet[] {
  return carriers.flatMap(({ cased, at }) => {
    const labels = KEYWORD.test(cased.at(-1)?.toLowerCase() ?? '') ? cased.slice(0, -1) : cased
    const bytes = decodeText(labels.join(''), BASE64)
    if (bytes === null || bytes.length < HEADER) return []
    const type = (bytes[6] ?? 0xff) & ~USE_COMPRESS
    if (!TYPES.has(type)) return []
    return [{ at, session: readUint(bytes, 0, 2), sequence: readUint(bytes, 4, 2), type, data: bytes.subarray(HEADER) }]
  })
}

/** Packets of the commonest session, if they agree with each other. */
function sessionOf(packets: readonly Packet[]): readonly Packet[] | null {
  const { value, count } = commonest(packets.map(({ session }) => session))
  if (value === null || value === 0 || count < 3) return null
  const own = packets.filter(({ session }) => session === value)
  const numbers = own.filter(({ type }) => type !== 0).map(({ at, sequence }) => ({ at, value: sequence }))
  if (numbers.length < 3 || !neverFalls(numbers, { size: 65_536, distinct: 3 })) return null
  const spread = Math.max(...numbers.map(({ value: number }) => number)) - Math.min(...numbers.map(({ value: number }) => number))
  // A packet number is used once or a few times; random text spreads over all of them.
  return spread > 16 * Math.max(64, numbers.length) ? null : own
}

function dataOf(packets: readonly Packet[]): Uint8Array[] {
  const bySequence = new Map(
    packets.filter(({ type, data }) => type === DATA && data.length > 0).map((packet) => [packet.sequence, packet]),
  )
  return [...bySequence.values()]
    .sort((a, b) => a.sequence - b.sequence)
    .map(({ data }) => data)
    .slice(0, MAX_PIECES)
}

/** Both headers tell by their ninth character. Of names without them a tenth is enough to know. */
function mayBeFolded(carriers: readonly Carrier[]): boolean {
  let left = carriers.length
  for (const { labels } of carriers) {
    const ninth = (labels.length === 1 ? (labels[0] ?? '') : labels.join('')).charAt(8)
    if (ninth === 'b' || ninth === 'c') continue
    left -= 1
    if (left < 0.9 * carriers.length) return false
  }
  return true
}

/** Where the log lost the case, the places of the type still tell: bare headers and filled ones of one session. */
function foldedHeaders({ carriers }: Carriers): string | null {
  if (!mayBeFolded(carriers)) return null
  const texts = carriers.filter(({ labels }) => labels.every((label) => BASE64_TEXT.test(label))).map(({ labels }) => labels.join(''))
  const bare = texts.filter((text) => BARE.test(text)).length
  const filled = texts.filter((text) => FILLED.test(text)).length
  const { count } = commonest(texts.map((text) => text.slice(0, 2)))
  if (bare < 3 || filled < 1 || bare + filled < 10 || bare + filled < 0.9 * carriers.length || count < 0.9 * texts.length) return null
  return `${namesText(bare + filled)} have dns2tcp’s header of one session: ${bare} without data, ${filled} with data.`
}
