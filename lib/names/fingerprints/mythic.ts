import { BASE32, decodeText } from '../decode/base-n'
import type { Fingerprint } from './fingerprint'
import { MAX_PIECES, namesText } from './fingerprint'
import type { Carrier } from './name-group'
import { messageFields } from './protobuf'
import { commonest } from './sequence'

const SESSION = 2
const MESSAGE = 3
const TOTAL = 4
const CHUNK = 5
const DATA = 6
const ACTION = 1
/** AgentToServer, ServerToAgent, ReTransmit and MessageLost. */
const ACTIONS = 4
/** A message of a megabyte needs as many pieces. */
const MOST_CHUNKS = 16_384

interface Packet {
  readonly session: number
  readonly message: number
  readonly total: number
  readonly chunk: number
  readonly data: Uint8Array | null
}

/** @see `dns.proto` and the documentation of Mythic’s DNS profile: a protobuf packet in base32, cut into labels. */
export const mythic: Fingerprint = {
  tool: 'Mythic',
  identify({ carriers }) {
    const packets = carriers.flatMap((carrier) => packetOf(carrier) ?? [])
    const { value, count } = commonest(packets.map(({ session }) => session))
    if (value === null || count < 3 || count < 0.5 * carriers.length) return null
    const own = packets.filter(({ session }) => session === value)
    const places = new Set(own.map(({ message, chunk }) => `${message} ${chunk}`))
    // Every packet has a place of its own, and the pieces of a message agree how many there are.
    if (places.size < 0.9 * count || !agreeOnTotals(own)) return null
    const messages = new Set(own.map(({ message }) => message)).size
    return {
      name: 'Mythic',
      confidence: 'certain',
      proof: [
        `${namesText(count)} decode from base32 to packets of Mythic’s DNS profile, all of session ${value.toString(16).padStart(8, '0')}.`,
        `They are numbered pieces of ${messages} ${messages === 1 ? 'message' : 'messages'}, each below the number announced.`,
      ],
      carried: { alphabet: BASE32, pieces: own.flatMap(({ data }) => data ?? []).slice(0, MAX_PIECES) },
    }
  },
}

function agreeOnTotals(packets: readonly Packet[]): boolean {
  const totals = new Map<number, number>()
  for (const { message, total } of packets) if ((totals.get(message) ?? total) === total) totals.set(message, total)
  return packets.filter(({ message, total }) => totals.get(message) === total).length >= 0.9 * packets.length
}

function packetOf({ labels }: Carrier): Packet | null {
  const bytes = decodeText(labels.join(''), BASE32)
  const fields = bytes === null || bytes.length < 8 ? null : messageFields(bytes, DATA)
  const session = fields?.numbers.get(SESSION) ?? 0
  const message = fields?.numbers.get(MESSAGE) ?? 0
  if (fields === null || session === 0 || message === 0 || (fields.numbers.get(ACTION) ?? 0) >= ACTIONS) return null
  const total = fields.numbers.get(TOTAL) ?? 0
  const chunk = fields.numbers.get(CHUNK) ?? 0
  if (total > MOST_CHUNKS || chunk > Math.max(total, MOST_CHUNKS) || (total > 0 && chunk >= total)) return null
  return { session, message, total, chunk, data: fields.data }
}
