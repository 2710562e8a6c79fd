import { BASE32, decodeText } from '../decode/base-n'
import type { Fingerprint } from './fingerprint'
import { MAX_PIECES, namesText } from './fingerprint'
import { commonest } from './sequence'

const CLIENT = 8
/** A length octet from here on announces padding of the rest; below, a packet. */
const PADDING = 0xe0

/** @see `dnstt-client/dns.go` of dnstt: client (8 bytes), random padding, then length and packet, in lower-case base32. */
export const dnstt: Fingerprint = {
  tool: 'dnstt',
  identify({ carriers }) {
    const names = carriers.flatMap(({ labels }) => {
      const bytes = decodeText(labels.join(''), BASE32)
      const packets = bytes === null || bytes.length < CLIENT + 2 ? null : packetsOf(bytes)
      return bytes === null || packets === null ? [] : [{ client: [...bytes.subarray(0, CLIENT)].join(' '), packets }]
    })
    const { value, count } = commonest(names.map(({ client }) => client))
    if (count < 3 || count < 0.5 * carriers.length) return null
    const own = names.filter(({ client }) => client === value)
    return {
      name: 'dnstt',
      confidence: 'certain',
      proof: [
        `${namesText(count)} begin with the same 8-byte client number, and the length fields in each add up to its end, as in dnstt.`,
      ],
      carried: { alphabet: BASE32, pieces: own.flatMap(({ packets }) => packets).slice(0, MAX_PIECES) },
    }
  },
}

/** Packets of a name; null unless padding comes first and every length field fits. */
function packetsOf(bytes: Uint8Array): Uint8Array[] | null {
  if ((bytes[CLIENT] ?? 0) <= PADDING) return null
  const packets: Uint8Array[] = []
  let at = CLIENT
  while (at < bytes.length) {
    const length = bytes[at] ?? 0
    const size = length >= PADDING ? length - PADDING : length
    const packet = bytes.subarray(at + 1, at + 1 + size)
    if (packet.length !== size) return null
    if (length < PADDING) packets.push(packet)
    at += 1 + size
  }
  return packets
}
