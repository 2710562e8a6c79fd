import { ipv4At, ipv6At } from './address'

export const UDP = 17
export const TCP = 6

/** An IP packet's addresses and payload as offsets into the captured bytes. */
export interface IpPacket {
  readonly src: string
  readonly dst: string
  readonly protocol: number
  /** Payload `[from, to)`; `to` is cut where the capture ends. */
  readonly from: number
  readonly to: number
  /** Payload bytes the sender sent. */
  readonly length: number
  readonly fragment: Fragment | null
}

export interface Fragment {
  /** Identification, unique with the addresses and protocol for a while. */
  readonly id: number
  readonly offset: number
  readonly more: boolean
}

/** @returns null when the header is cut or impossible. */
export function readIpPacket(bytes: Buffer, start: number, end: number): IpPacket | null {
  if (start >= end) return null
  return (bytes[start] ?? 0) >> 4 === 4 ? readIpv4(bytes, start, end) : readIpv6(bytes, start, end)
}

function readIpv4(bytes: Buffer, start: number, end: number): IpPacket | null {
  const headerBytes = ((bytes[start] ?? 0) & 0x0f) * 4
  if (headerBytes < 20 || start + headerBytes > end) return null
  // 0 means the card fills it in on sending (segmentation offload): the capture's length is all there is.
  const total = bytes.readUInt16BE(start + 2) || end - start
  if (total < headerBytes) return null
  const flags = bytes.readUInt16BE(start + 6)
  const offset = (flags & 0x1fff) * 8
  const more = (flags & 0x2000) !== 0
  return {
    src: ipv4At(bytes, start + 12),
    dst: ipv4At(bytes, start + 16),
    protocol: bytes[start + 9] ?? 0,
    from: start + headerBytes,
    to: Math.min(end, start + total),
    length: total - headerBytes,
    fragment: more || offset > 0 ? { id: bytes.readUInt16BE(start + 4), offset, more } : null,
  }
}

const HOP_BY_HOP = 0
const ROUTING = 43
const FRAGMENT = 44
const AUTHENTICATION = 51
const DESTINATION = 60
const MOBILITY = 135
/** No stack sends more; it bounds the walk. */
const MAX_EXTENSIONS = 12

function readIpv6(bytes: Buffer, start: number, end: number): IpPacket | null {
  if (start + 40 > end) return null
  const declaredEnd = start + 40 + bytes.readUInt16BE(start + 4)
  const sentEnd = declaredEnd === start + 40 ? end : declaredEnd
  const to = Math.min(end, sentEnd)
  let protocol = bytes[start + 6] ?? 0
  let at = start + 40
  let fragment: Fragment | null = null
  for (let seen = 0; isExtension(protocol) && seen < MAX_EXTENSIONS; seen++) {
    if (at + 8 > to) return null
    const size = protocol === FRAGMENT ? 8 : protocol === AUTHENTICATION ? ((bytes[at + 1] ?? 0) + 2) * 4 : ((bytes[at + 1] ?? 0) + 1) * 8
    if (protocol === FRAGMENT) {
      const field = bytes.readUInt16BE(at + 2)
      const more = (field & 1) !== 0
      // An atomic fragment (RFC 6946) is the whole packet.
      if (more || field >> 3 > 0) fragment = { id: bytes.readUInt32BE(at + 4), offset: field & 0xfff8, more }
    }
    protocol = bytes[at] ?? 0
    at += size
    // Headers behind a later fragment's own belong to the reassembled packet.
    if (fragment !== null) break
  }
  if (at > to) return null
  return { src: ipv6At(bytes, start + 8), dst: ipv6At(bytes, start + 24), protocol, from: at, to, length: sentEnd - at, fragment }
}

const isExtension = (protocol: number): boolean =>
  protocol === HOP_BY_HOP ||
  protocol === ROUTING ||
  protocol === FRAGMENT ||
  protocol === DESTINATION ||
  protocol === AUTHENTICATION ||
  protocol === MOBILITY
