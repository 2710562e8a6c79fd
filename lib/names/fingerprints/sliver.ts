import { BASE58, decodeBase58 } from '../decode/base-58'
import { type Alphabet, decodeText, SLIVER32 } from '../decode/base-n'
import type { Fingerprint, Identification } from './fingerprint'
import { MAX_PIECES, namesText } from './fingerprint'
import type { Carrier, Carriers } from './name-group'
import { messageFields } from './protobuf'
import { commonest } from './sequence'

/** Message types of `dnspb/dns.proto`; 5 does not exist. */
const TYPES: ReadonlySet<number> = new Set([0, 1, 2, 3, 4, 6, 7, 8, 9])
const DATA_FIELD = 6
/** Of the 32-bit message number, what names the session. */
const SESSION = 0xffffff
const LABEL = 63

interface Message {
  readonly type: number
  readonly session: number
  readonly data: Uint8Array | null
}

/**
 * @see `dnsclient.go`, `dnspb/dns.proto`, `util/encoders/base32.go` and `base58.go` of Sliver: a protobuf message in its own
 * base32, or in base58 where resolvers keep the case of letters.
 */
export const sliver: Fingerprint = {
  tool: 'Sliver',
  identify: (group) => implantOf(group, SLIVER32) ?? (group.keepsCase ? implantOf(group, BASE58) : null),
}

function implantOf({ carriers }: Carriers, alphabet: Alphabet): Identification | null {
  const messages = carriers.flatMap((carrier) => messageOf(carrier, alphabet) ?? [])
  const { value, count } = commonest(messages.map(({ session }) => session))
  if (value === null || value === 0 || count < 3 || count < 0.3 * carriers.length) return null
  const pieces = messages
    .filter(({ session }) => session === value)
    .flatMap(({ data }) => data ?? [])
    .slice(0, MAX_PIECES)
  return {
    name: 'Sliver',
    confidence: 'certain',
    proof: [
      `${namesText(count)} decode, with ${alphabet === SLIVER32 ? 'Sliver’s alphabet without i, l, o and s' : 'base58'}, to protobuf messages of its DNS protocol.`,
      `All of them name session ${value.toString(16).padStart(6, '0')}.`,
    ],
    carried: { alphabet, pieces },
  }
}

function messageOf({ labels, cased }: Carrier, alphabet: Alphabet): Message | null {
  if (labels.slice(0, -1).some((label) => label.length !== LABEL)) return null
  const bytes = alphabet === BASE58 ? decodeBase58(cased.join('')) : decodeText(labels.join(''), alphabet)
  return bytes === null || bytes.length < 5 ? null : parse(bytes)
}

/** A message that ends with its last field. */
function parse(bytes: Uint8Array): Message | null {
  const fields = messageFields(bytes, DATA_FIELD)
  const number = fields?.numbers.get(2)
  const type = fields?.numbers.get(1) ?? 0
  return fields === null || number === undefined || !TYPES.has(type) ? null : { type, session: number % (SESSION + 1), data: fields.data }
}
