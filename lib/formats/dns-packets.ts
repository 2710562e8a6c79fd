import { readDnsMessage } from './dns-message'
import type { FormatSink, ParsedDns } from './format'
import { IpFragments } from './ip-fragments'
import { type IpPacket, readIpPacket, TCP, UDP } from './ip-packet'
import { ipStart } from './link-layer'
import { scopeOfPorts } from './scope'
import { TcpStreams } from './tcp-streams'

const DNS_PORT = 53
/** UDP ports that carry DNS messages: DNS, mDNS, LLMNR, NetBIOS name service. */
const isDnsPort = (port: number): boolean => port === DNS_PORT || port === 5353 || port === 5355 || port === 137
const ICMP = 1
const ICMPV6 = 58

/** A captured packet: `[start, end)` of `bytes`, and how long it was on the wire. */
export interface CapturedPacket {
  readonly linkType: number
  readonly bytes: Buffer
  readonly start: number
  readonly end: number
  readonly at: number
  readonly recordNo: number
}

interface Endpoints {
  readonly src: string
  readonly srcPort: number
  readonly dst: string
  readonly dstPort: number
}

/**
 * Finds DNS messages in captured packets: over UDP and TCP, through VLAN tags, IP fragments and TCP segments. What an
 * ICMP error quotes is not traffic and is skipped. Shared by pcap and pcapng.
 */
export class DnsPackets {
  private readonly fragments = new IpFragments()
  private readonly streams = new TcpStreams()

  constructor(
    private readonly format: string,
    private readonly sink: FormatSink,
  ) {}

  accept(packet: CapturedPacket): void {
    const { bytes, end } = packet
    const start = ipStart(packet.linkType, bytes, packet.start, end)
    if (start === 'malformed-packet') {
      this.malformed(packet, 'the link-layer header is cut')
      return
    }
    if (typeof start === 'string') {
      this.sink.skip(start)
      return
    }
    const ip = readIpPacket(bytes, start, end)
    if (ip === null) {
      this.malformed(packet, 'the IP header is cut or impossible')
      return
    }
    if (ip.protocol !== UDP && ip.protocol !== TCP) {
      this.sink.skip(ip.protocol === ICMP || ip.protocol === ICMPV6 ? 'icmp' : 'other-protocol')
      return
    }
    if (ip.fragment === null) {
      this.transport(packet, ip, bytes, ip.from, ip.to, ip.length)
      return
    }
    const whole = this.fragments.accept(ip, bytes, packet.at)
    if (whole === null) {
      this.sink.skip('ip-fragment')
      return
    }
    this.transport(packet, ip, whole, 0, whole.length, whole.length)
  }

  private transport(packet: CapturedPacket, ip: IpPacket, bytes: Buffer, from: number, to: number, length: number): void {
    if (from + 8 > to) {
      this.malformed(packet, 'the UDP or TCP header is cut')
      return
    }
    const ends = { src: ip.src, srcPort: bytes.readUInt16BE(from), dst: ip.dst, dstPort: bytes.readUInt16BE(from + 2) }
    if (ip.protocol === UDP) {
      this.udp(packet, ends, bytes, from, to, length)
      return
    }
    if (ends.srcPort !== DNS_PORT && ends.dstPort !== DNS_PORT) {
      this.sink.skip('not-dns')
      return
    }
    this.tcp(packet, ends, bytes, from, to)
  }

  private udp(packet: CapturedPacket, ends: Endpoints, bytes: Buffer, from: number, to: number, length: number): void {
    if (!isDnsPort(ends.srcPort) && !isDnsPort(ends.dstPort)) {
      this.sink.skip('not-dns')
      return
    }
    const declared = bytes.readUInt16BE(from + 4)
    // 0 is a jumbogram or an offloaded datagram: the IP length counts.
    const sent = (declared >= 8 && declared <= length ? declared : length) - 8
    const messageEnd = Math.min(to, from + 8 + sent)
    const message = readDnsMessage(bytes, from + 8, messageEnd)
    if (message === 'malformed-dns') {
      const cut = messageEnd < from + 8 + sent
      this.reject(packet, cut ? 'truncated' : 'malformed-dns', cut ? CUT : MALFORMED)
      return
    }
    if (typeof message === 'string') {
      this.sink.skip(message)
      return
    }
    this.sink.event(this.toEvent(packet, ends, message, 'udp', sent))
  }

  private tcp(packet: CapturedPacket, ends: Endpoints, bytes: Buffer, from: number, to: number): void {
    const headerBytes = from + 13 <= to ? ((bytes[from + 12] ?? 0) >> 4) * 4 : 0
    if (headerBytes < 20 || from + headerBytes > to) {
      this.malformed(packet, 'the TCP header is cut')
      return
    }
    const segment = {
      flow: `${ends.src} ${ends.srcPort} ${ends.dst} ${ends.dstPort}`,
      sequence: bytes.readUInt32BE(from + 4),
      isSyn: ((bytes[from + 13] ?? 0) & 0x02) !== 0,
      from: from + headerBytes,
      to,
    }
    let messages = 0
    this.streams.accept(segment, bytes, (stream, start, end) => {
      const message = readDnsMessage(stream, start, end)
      messages += 1
      if (message === 'malformed-dns') {
        this.reject(packet, 'malformed-dns', MALFORMED)
        return false
      }
      if (typeof message === 'string') this.sink.skip(message)
      else this.sink.event(this.toEvent(packet, ends, message, 'tcp', end - start))
      return true
    })
    if (messages === 0) this.sink.skip('tcp-without-message')
  }

  private toEvent(
    packet: CapturedPacket,
    ends: Endpoints,
    message: Exclude<ReturnType<typeof readDnsMessage>, string>,
    transport: 'udp' | 'tcp',
    messageBytes: number,
  ): ParsedDns {
    // The QR bit decides who asked: both ports can be 53.
    const asked = !message.isResponse
    const clientIp = asked ? ends.src : ends.dst
    const clientPort = asked ? ends.srcPort : ends.dstPort
    const serverPort = asked ? ends.dstPort : ends.srcPort
    return {
      kind: 'dns',
      at: packet.at,
      timeQuality: 'exact',
      source: clientIp,
      clientIp,
      clientPort,
      serverIp: asked ? ends.dst : ends.src,
      serverPort,
      transport,
      transactionId: message.transactionId,
      qname: message.qname,
      qnameRaw: message.qnameRaw,
      qnameLossy: false,
      qtype: message.qtype,
      rcode: message.rcode,
      answers: message.answers,
      answerCount: message.answerCount,
      queryBytes: asked ? messageBytes : null,
      responseBytes: asked ? null : messageBytes,
      hostId: null,
      hostName: null,
      userName: null,
      processName: null,
      sensor: null,
      scope: scopeOfPorts(clientPort, serverPort),
      attempts: 1,
      format: this.format,
      recordNo: packet.recordNo,
      role: asked ? 'query' : 'response',
      truncated: message.isResponse && message.truncated,
    }
  }

  private malformed(packet: CapturedPacket, detail: string): void {
    this.reject(packet, 'malformed-packet', detail)
  }

  private reject(packet: CapturedPacket, reason: string, detail: string): void {
    const sample = packet.bytes.toString('hex', packet.start, Math.min(packet.end, packet.start + 256))
    this.sink.reject({ reason, recordNo: packet.recordNo, detail, sample })
  }
}

const MALFORMED = 'the DNS header or question cannot be read'
const CUT = 'the capture kept too little of the packet to read the question'
