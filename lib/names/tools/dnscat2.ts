import { commonest, decodeHex, type Payload } from './payload'
import type { ToolMatch } from './tool-match'

/** SYN, MSG, FIN, ENC, PING. */
const TYPES: ReadonlySet<number> = new Set([0x00, 0x01, 0x02, 0x03, 0xff])
/** Packet number (2 bytes), type (1), session (2) and at least a sequence pair. */
const SHORTEST = 9

/** dnscat2: see doc/protocol.md of its source. */
export function dnscat2(payloads: readonly Payload[]): ToolMatch | null {
  const packets = payloads.flatMap(({ labels }) => {
    const bytes = decodeHex((labels[0] === 'dnscat' ? labels.slice(1) : labels).join(''))
    if (bytes === null || bytes.length < SHORTEST || !TYPES.has(bytes[2] ?? -1)) return []
    return [{ packet: `${bytes[0]} ${bytes[1]}`, session: `${(bytes[3] ?? 0) * 256 + (bytes[4] ?? 0)}` }]
  })
  const { value, count } = commonest(packets.map(({ session }) => session))
  const numbers = new Set(packets.filter(({ session }) => session === value).map(({ packet }) => packet))
  if (count < 3 || numbers.size < 3 || packets.length < 0.8 * payloads.length) return null
  return {
    name: 'dnscat2',
    confidence: 'certain',
    proof: `${packets.length} names decode to dnscat2 packets, ${count} of session ${Number(value).toString(16)}`,
  }
}
