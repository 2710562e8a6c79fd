import { decodeText, HEX, readUint } from '../decode/base-n'
import type { Fingerprint } from './fingerprint'
import { MAX_PIECES, namesText } from './fingerprint'
import type { Carriers } from './name-group'
import { commonest, neverFalls } from './sequence'

const SYN = 0x00
const MSG = 0x01
const FIN = 0x02
const ENC = 0x03
const TYPES: ReadonlySet<number> = new Set([SYN, MSG, FIN, ENC])
/** Packet number (2), type (1), session (2) and two 16-bit fields. */
const SHORTEST = 9
/** A signature (6 bytes) and a number (2) stand in front of the fields of an encrypted session. */
const NONCE_AT = 11
const ENCRYPTED_DATA_AT = 13

interface Packet {
  readonly at: number
  readonly number: number
  readonly type: number
  readonly session: number
  readonly bytes: Uint8Array
}

/** @see `doc/protocol.md`, `client/controller/packet.c` and `client/tunnel_drivers/driver_dns.c` of dnscat2. */
export const dnscat2: Fingerprint = {
  tool: 'dnscat2',
  identify(group) {
    const packets = packetsOf(group)
    const { value: session, count } = commonest(packets.map((packet) => packet.session))
    if (session === null || count < 3) return null
    const own = packets.filter((packet) => packet.session === session)
    if (new Set(own.map(({ number }) => number)).size < 3) return null
    const fields = consistentFields(own)
    if (fields === null) return null
    const id = session.toString(16).padStart(4, '0')
    return {
      name: 'dnscat2',
      confidence: 'certain',
      proof: [
        `${namesText(count)} decode to dnscat2 packets of session ${id}, each with a number of its own.`,
        fields.isEncrypted
          ? `The numbers of ${namesText(fields.count)} in the encrypted header rise with time.`
          : `Sequence and acknowledgement numbers of ${namesText(fields.count)} never fall.`,
      ],
      carried: { alphabet: HEX, pieces: carried(packets, fields.isEncrypted) },
    }
  },
}

function packetsOf({ carriers }: Carriers): Packet[] {
  return carriers.flatMap(({ labels, at }) => {
    const text = (labels[0] === 'dnscat' ? labels.slice(1) : labels).join('')
    if (text.length < 2 * SHORTEST || text.length % 2 !== 0) return []
    const bytes = decodeText(text, HEX)
    const type = bytes?.[2] ?? -1
    if (bytes === null || !TYPES.has(type)) return []
    return [{ at, number: readUint(bytes, 0, 2), type, session: readUint(bytes, 3, 2), bytes }]
  })
}

/** Packets of one session agree: either their encrypted numbers rise, or plain sequence numbers never fall. */
function consistentFields(own: readonly Packet[]): { count: number; isEncrypted: boolean } | null {
  const messages = own.filter(({ type }) => type === MSG || type === FIN)
  const encrypted = own.filter(({ type, bytes }) => (type === SYN ? bytes.length > 20 : type !== ENC) && bytes.length >= ENCRYPTED_DATA_AT)
  const numbers = encrypted.map(({ at, bytes }) => ({ at, value: readUint(bytes, NONCE_AT, 2) }))
  const isNumbered = new Set(numbers.map(({ value }) => value)).size === numbers.length
  if (numbers.length >= 3 && isNumbered && neverFalls(numbers, { size: 65_536, distinct: 3 }) && isDense(numbers.map(({ value }) => value)))
    return { count: numbers.length, isEncrypted: true }
  const plain = messages.filter(({ type, bytes }) => type === MSG && bytes.length >= SHORTEST)
  const fields = [5, 7].map((offset) => plain.map(({ at, bytes }) => ({ at, value: readUint(bytes, offset, 2) })))
  const isPlain = plain.length >= 3 && fields.every((field) => neverFalls(field, { size: 65_536, distinct: 1 }) && isSteady(field))
  return isPlain ? { count: plain.length, isEncrypted: false } : null
}

/** Numbers of one session lie together: a client needs hours to count through its 65,536. */
function isDense(values: readonly number[]): boolean {
  const span = Math.max(...values) - Math.min(...values)
  return span <= Math.max(64, 40 * values.length)
}

/** A packet carries at most some 110 bytes, so a sequence number moves on in small steps: three in four steps at most 255. */
function isSteady(numbers: readonly { readonly at: number; readonly value: number }[]): boolean {
  const steps = numbers.slice(1).map(({ value }, i) => (value - (numbers[i]?.value ?? 0) + 65_536) % 65_536)
  return steps.filter((step) => step <= 4_096).length >= 0.75 * steps.length
}

function carried(packets: readonly Packet[], isEncrypted: boolean): Uint8Array[] {
  return packets
    .filter(({ type }) => type === MSG || (!isEncrypted && type === SYN))
    .map(({ bytes }) => bytes.subarray(isEncrypted ? ENCRYPTED_DATA_AT : SHORTEST))
    .filter((bytes) => bytes.length > 0)
    .slice(0, MAX_PIECES)
}
