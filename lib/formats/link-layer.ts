/** Where the IP packet starts in a captured frame, or why there is none. */
export type IpStart = number | 'not-ip' | 'unknown-link-type' | 'malformed-packet'

const ETHERTYPE_IPV4 = 0x0800
const ETHERTYPE_IPV6 = 0x86dd
/** 802.1Q, 802.1ad and the older stacked tag. */
const isVlanTag = (type: number): boolean => type === 0x8100 || type === 0x88a8 || type === 0x9100

/**
 * Skips the link layer. Numbers are the LINKTYPE_ values of the pcap format: 1 Ethernet, 0 and 108 loopback, 12, 14 and
 * 101 raw IP, 113 and 276 Linux cooked capture, 228 and 229 raw IPv4 and IPv6.
 */
export function ipStart(linkType: number, bytes: Buffer, start: number, end: number): IpStart {
  switch (linkType) {
    case 1:
      return afterEtherType(bytes, start + 12, start + 14, end)
    case 113:
      return afterEtherType(bytes, start + 14, start + 16, end)
    case 276:
      return afterEtherType(bytes, start, start + 20, end)
    case 0:
    case 108:
      return byVersion(bytes, start + 4, end)
    case 12:
    case 14:
    case 101:
    case 228:
    case 229:
      return byVersion(bytes, start, end)
    default:
      return 'unknown-link-type'
  }
}

function afterEtherType(bytes: Buffer, typeAt: number, payloadAt: number, end: number): IpStart {
  if (payloadAt > end) return 'malformed-packet'
  let type = bytes.readUInt16BE(typeAt)
  let at = payloadAt
  for (let tags = 0; isVlanTag(type) && tags < 4; tags++) {
    if (at + 4 > end) return 'malformed-packet'
    type = bytes.readUInt16BE(at + 2)
    at += 4
  }
  return type === ETHERTYPE_IPV4 || type === ETHERTYPE_IPV6 ? at : 'not-ip'
}

function byVersion(bytes: Buffer, at: number, end: number): IpStart {
  if (at >= end) return 'malformed-packet'
  const version = (bytes[at] ?? 0) >> 4
  return version === 4 || version === 6 ? at : 'not-ip'
}
