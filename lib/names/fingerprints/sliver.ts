import { decodeText, SLIVER32 } from '../decode/base-n'
import type { Fingerprint } from './fingerprint'
import { MAX_PIECES, namesText } from './fingerprint'
import type { Carrier } from './name-group'
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

/** @see `dnsclient.go`, `dnspb/dns.proto` and `util/encoders/base32.go` of Sliver: a protobuf message in its own base32. */
export const sliver: Fingerprint = {
  tool: 'Sliver',
  identify({ carriers }) {
    const messages = carriers.flatMap((carrier) => messageOf(carrier) ?? [])
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
        `${namesText(count)} decode, with Sliver’s alphabet without i, l, o and s, to protobuf messages of its DNS protocol.`,
        `All of them name session ${value.toString(16).padStart(6, '0')}.`,
      ],
      carried: { alphabet: SLIVER32, pieces },
    }
  },
}

function messageOf({ labels }: Carrier): Message | null {
  if (labels.slice(0, -1).some((label) => label.length !== LABEL)) return null
  const bytes = decodeText(labels.join(''), SLIVER32)
  return bytes === null || bytes.length < 5 ? null : parse(bytes)
}

/** A message that ends with its last field; protobuf writes fields in order and leaves zeros out. */
function parse(bytes: Uint8Array): Message | null {
  let at = 0
  let last = 0
  let type = 0
  let number: number | null = null
  let data: Uint8Array | null = null
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0
    const field = tag >> 3
    const wire = tag & 7
    if (field <= last || field > DATA_FIELD || wire !== (field === DATA_FIELD ? 2 : 0)) return null
    const value = varint(bytes, at + 1)
    if (value === null) return null
    at = value.end
    last = field
    if (field === 1) type = value.value
    if (field === 2) number = value.value
    if (field !== DATA_FIELD) continue
    data = bytes.subarray(at, at + value.value)
    if (data.length !== value.value) return null
    at += value.value
  }
  return number === null || !TYPES.has(type) ? null : { type, session: number % (SESSION + 1), data }
}

function varint(bytes: Uint8Array, from: number): { value: number; end: number } | null {
  let value = 0
  for (let i = 0; i < 5; i++) {
    const byte = bytes[from + i]
    if (byte === undefined) return null
    value += (byte & 0x7f) * 2 ** (7 * i)
    if (byte < 0x80) return value > 0xffffffff ? null : { value, end: from + i + 1 }
  }
  return null
}
