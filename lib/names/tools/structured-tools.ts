import { commonest, decodeBase32, decodeHex, type Payload, RFC_BASE32 } from './payload'
import type { ToolMatch } from './tool-match'

const SLIVER_BASE32 = 'ab1c2d3e4f5g6h7j8k9m0npqrtuvwxyz'

/** dnstt: every name begins with the 8 bytes of one client, then 0xE0 + length of padding; see dnstt-client/dns.go. */
export function dnstt(payloads: readonly Payload[]): ToolMatch | null {
  const packets = payloads.flatMap(({ text }) => {
    const bytes = decodeBase32(text, RFC_BASE32)
    return bytes !== null && bytes.length >= 10 && (bytes[8] ?? 0) >= 0xe0 ? [bytes.slice(0, 8).join(' ')] : []
  })
  const { count } = commonest(packets)
  if (count < 5 || count < 0.8 * payloads.length) return null
  return { name: 'dnstt', confidence: 'certain', proof: `${count} names decode to packets of one dnstt client` }
}

/** Sliver: base32 with an alphabet of its own around a protobuf message; see util/encoders/base32.go and dnspb/dns.proto. */
export function sliver(payloads: readonly Payload[]): ToolMatch | null {
  const used = new Set(payloads.flatMap(({ text }) => [...text]))
  const fitting = payloads.filter(({ text }) => {
    const bytes = decodeBase32(text, SLIVER_BASE32)
    if (bytes === null || bytes.length < 4) return false
    return bytes[0] === 0x10 || (bytes[0] === 0x08 && (bytes[1] ?? 99) <= 9 && bytes[2] === 0x10)
  })
  if (fitting.length < 3 || fitting.length < 0.9 * payloads.length || used.size < 24) return null
  return { name: 'Sliver', confidence: 'certain', proof: `${fitting.length} names decode to messages of Sliver’s DNS protocol` }
}

const GODOH = /^([0-9a-f]{4})\.(?:be|ef|ca)\.\d{1,6}\.([0-9a-f]{1,8})\.[0-3]\.[0-3](?:\.[0-9a-f]{1,60}){3}$/

/** CRC-32 of IEEE 802.3. */
function crc32(bytes: readonly number[]): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

/** goDoH: identifier, kind, number, checksum, flags and three data labels; see protocol/data.go of its source. */
export function godoh(payloads: readonly Payload[]): ToolMatch | null {
  const fitting = payloads.flatMap(({ host }) => {
    const parts = GODOH.exec(host.slice(0, 9).join('.'))
    return parts === null ? [] : [{ sum: Number.parseInt(parts[2] ?? '', 16), labels: host.slice(6, 9) }]
  })
  const checked = fitting.filter(({ sum, labels }) => {
    const used = labels.filter((label) => label !== '0')
    const bytes = decodeHex(used.join(''))
    return bytes !== null && bytes.length > 0 && crc32(bytes) === sum
  }).length
  if (fitting.length < 3 || fitting.length < 0.8 * payloads.length) return null
  if (checked >= 3) return { name: 'goDoH', confidence: 'certain', proof: `the checksums in ${checked} names fit their data, as in goDoH` }
  return { name: 'goDoH', confidence: 'high', proof: `${fitting.length} names have goDoH’s nine labels` }
}

const OZYMAN = /^\d{1,10}-\d{1,10}\.id-\d{1,10}\.(?:up|down)$/

/** OzymanDNS: `….<number>-<n>.id-<session>.up` or `.down`. */
export function ozymanDns(payloads: readonly Payload[]): ToolMatch | null {
  const fitting = payloads.filter(({ host }) => host.some((_, i) => OZYMAN.test(host.slice(i, i + 3).join('.')))).length
  if (fitting < 3 || fitting < 0.8 * payloads.length) return null
  return { name: 'OzymanDNS', confidence: 'high', proof: `${fitting} names carry OzymanDNS’s number, session and direction` }
}

const COBALT_STRIKE =
  /^(?:api|cdn|www6|www|post)\.(?:[1-4][0-9a-f]{1,62}\.(?:[0-9a-f]{1,62}\.){0,3})?([0-9a-f]{1,9})\.([0-9a-f]{7,8})(?:\.|$)/

/** Cobalt Strike’s DNS beacon with its default words: a changing number, then the beacon’s constant one. */
export function cobaltStrike(payloads: readonly Payload[]): ToolMatch | null {
  const fitting = payloads.flatMap(({ host }) => {
    const parts = COBALT_STRIKE.exec(host.join('.'))
    return parts === null ? [] : [{ changing: parts[1] ?? '', beacon: parts[2] ?? '' }]
  })
  const { value, count } = commonest(fitting.map(({ beacon }) => beacon))
  const changing = new Set(fitting.filter(({ beacon }) => beacon === value).map((one) => one.changing))
  if (count < 5 || changing.size < 5 || count < 0.8 * payloads.length) return null
  return { name: 'Cobalt Strike', confidence: 'high', proof: `${count} names of a beacon ${value} with a changing number` }
}
